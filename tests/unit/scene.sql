-- One of each thing, for the statements of bad_statements.py to break.

INSERT INTO organisations (id, kind, name, code) VALUES
  (101, 'municipality', 'Hjo', '1497'), (102, 'region', 'Regionen', NULL);
INSERT INTO people (id, name, email) VALUES
  (1, 'Ada', 'ada@hjo.example.se'), (2, 'Bo', 'bo@hjo.example.se');
INSERT INTO employments (person_id, organisation_id, starts_on, ends_on)
  VALUES (1, 101, '2026-01-01', '2026-06-30');
INSERT INTO bodies (id, kind, name) VALUES (101, 'network', 'Kompetens');
INSERT INTO memberships (person_id, body_id, capacity, starts_on, given_by)
  VALUES (1, 101, 'member', '2026-01-01', 'test');
INSERT INTO post_holdings (post_id, person_id, acting, starts_on, given_by)
  SELECT id, 1, false, '2026-01-01', 'test' FROM posts WHERE kind = 'manager';
INSERT INTO mandates (person_id, organisation_id, organisation_kind, kind, starts_on, given_by)
  VALUES (1, 101, 'municipality', 'co_financing', '2026-01-01', 'test');
INSERT INTO focus_areas (id, name) VALUES (1, 'Kompetens');
INSERT INTO directions (id, focus_area_id, name) VALUES (1, 1, 'Vux');
INSERT INTO plan_versions (id, year) VALUES (1, 2026);
INSERT INTO activities (id, code) VALUES (1, 'KOM-01');
INSERT INTO activity_values (id, plan_version_id, activity_id, direction_id, title, description,
  responsible_id, coordinator_id, starts_on, ends_on, budget, imported)
  VALUES (1, 1, 1, 1, 'Rådet', '', 1, 101, '2026-01-01', '2026-12-31', 100, '{}');
INSERT INTO milestones (id, activity_id, title) VALUES (1, 1, 'Halvtid');
INSERT INTO status_reports (id, activity_id, person_id, status, situation, deviation, measure,
  decision_from, decision, reported_at, platform)
  VALUES (1, 1, 1, 'on_track', 'Går bra', '', '', 'nobody', '', now(), 'web');
INSERT INTO milestone_changes (milestone_id, kind, reason, person_id, changed_at)
  VALUES (1, 'reached', '', 1, now());
INSERT INTO audit_lines (at, person_id, actor, action, thing, thing_id, fields, source)
  VALUES (now(), 1, 'web', 'reported', 'activity', 1, '{}', 'web');
INSERT INTO connections (id, platform, tenant) VALUES (101, 'web', 'x');
INSERT INTO conversations (id, connection_id, kind, address, name)
  VALUES (101, 101, 'channel', 'kom', 'Kompetens');
INSERT INTO posted_cards (conversation_id, kind, subject_id, wanted, shown)
  VALUES (101, 'activity', 1, 1, 0);
INSERT INTO messages (id, conversation_id, view) VALUES (1, 101, '{}');
INSERT INTO web_posts (conversation_id, card_id, view) SELECT 101, id, '{}' FROM posted_cards;
INSERT INTO web_posts (conversation_id, message_id, view) VALUES (101, 1, '{}');
INSERT INTO channel_bindings (conversation_id, body_id, bound_by) VALUES (101, 101, 'test');
INSERT INTO channel_bindings (conversation_id, post_id, bound_by)
  SELECT 101, id, 'test' FROM posts WHERE kind = 'manager';
INSERT INTO installations (connection_id, secret, details) VALUES (101, 'x', '{}');
INSERT INTO accounts (id, person_id, platform, tenant, user_id, linked_by)
  VALUES (1, 1, 'web', 'x', 'ada', 'test');
INSERT INTO web_sessions (token_hash, account_id, expires_at) VALUES ('x', 1, now());
INSERT INTO sign_in_links (token_hash, person_id, made_by, expires_at)
  VALUES ('x', 1, 'test', now());
INSERT INTO sign_in_states (purpose, state_hash, browser_hash, details, expires_at)
  VALUES ('x', 'x', 'x', '{}', now());
INSERT INTO turns (key, person_id, request, answer, received_at) VALUES ('k', 1, '{}', '{}', now());
INSERT INTO drafts (person_id, form, arguments, answers, changed_at)
  VALUES (1, 'report', '{}', '{}', now());
INSERT INTO roles (person_id, role, starts_on, given_by) VALUES (1, 'staff', '2026-01-01', 'test');
INSERT INTO status_reports (id, activity_id, person_id, status, replaces_id, reported_at, platform)
  VALUES (2, 1, 1, 'done', 1, now(), 'web');
INSERT INTO meetings (body_id, title, held_on, starts_at, kind)
  VALUES (101, 'Kompetens', '2026-03-02', '09:00', 'ordinary'),
         (NULL, 'Gemensam dag', '2026-03-02', '09:00', 'joint_day');
INSERT INTO digests (audience, period, covers_from, covers_to, made_at, view, told)
  VALUES ('manager', '2026-W10', '2026-03-02', '2026-03-09', '2026-03-09', '{}', '{}');
INSERT INTO account_requests (platform, tenant, user_id, person_id, name, language, address, place, token_hash, asked_at, expires_at)
  VALUES ('slack', 'T1', 'U1', 1, 'Anna', 'sv', 'D1', '', 'x', now(), now());
INSERT INTO install_links (platform, token_hash, made_by, expires_at) VALUES ('slack', 'x', 'test', now());
