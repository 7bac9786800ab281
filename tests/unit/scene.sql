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
INSERT INTO needs (id, title, description, registered_by, registered_at, stage_since)
  VALUES (1, 'Gemensam upphandling', 'Vi behöver den.', 1, now(), now()),
         (2, 'Samma upphandling', 'Vi också.', 2, now(), now());
INSERT INTO need_municipalities (need_id, organisation_id) VALUES (1, 101);
INSERT INTO need_supports (need_id, organisation_id, person_id, supported_at) VALUES (1, 101, 1, now());
INSERT INTO need_comments (need_id, person_id, text, written_at) VALUES (1, 1, 'Bra.', now());
INSERT INTO need_notes (need_id, person_id, text, written_at) VALUES (1, 1, 'Ring Bo.', now());
INSERT INTO need_texts (need_id, name, text, person_id, written_at) VALUES (1, 'summary', 'Kort.', 1, now());
INSERT INTO need_steps (id, need_id, person_id, taken_at, kind, to_stage, platform)
  VALUES (1, 1, 1, now(), 'registered', 'registered', 'web');
INSERT INTO need_steps (id, need_id, person_id, taken_at, kind, reason, takes_back_id, platform)
  VALUES (2, 1, 1, now(), 'taken_back', 'Fel dag.', 1, 'web');
INSERT INTO assignments (id, title, due_on, person_id, asked_by, asked_at, state_since)
  VALUES (1, 'Samla underlag', '2026-05-01', 2, 1, now(), now());
INSERT INTO assignment_parts (id, assignment_id, person_id, state, state_since)
  VALUES (1, 1, 2, 'asked', now());
INSERT INTO assignment_steps (assignment_id, part_id, person_id, taken_at, kind, platform)
  VALUES (1, 1, 1, now(), 'asked', 'web');
INSERT INTO polls (id, kind, method, title, activity_id, voters, state_since, opens_at, closes_at,
  started_by, started_at)
  VALUES (1, 'co_financing', 'pledge', 'Vem betalar?', 1, 'municipality', now(), now(),
    now() + interval '1 day', 1, now());
INSERT INTO polls (id, kind, method, title, body_id, voters, points, state_since, opens_at,
  closes_at, started_by, started_at)
  VALUES (2, 'priority', 'points', 'Vad först?', 101, 'person', 10, now(), now(),
    now() + interval '1 day', 1, now());
INSERT INTO poll_proposals (poll_id, version, purpose, total, funded, asked, sharing_key, pays,
  made_by, made_at) VALUES (1, 1, 'Upphandling', 100, 0, 100, 'equal', 'money', 1, now());
INSERT INTO poll_shares (poll_id, version, organisation_id, amount) VALUES (1, 1, 101, 100);
INSERT INTO poll_voters (id, poll_id, organisation_id, organisation_kind)
  VALUES (1, 1, 101, 'municipality');
INSERT INTO poll_voters (id, poll_id, person_id) VALUES (2, 2, 1), (3, 2, 2);
INSERT INTO poll_answers (id, voter_id, version, kind, amount, person_id, answered_at, platform)
  VALUES (1, 1, 1, 'yes', 100, 1, now(), 'web');
INSERT INTO poll_options (id, poll_id, position, label, added_by, added_at)
  VALUES (1, 2, 1, 'Ett', 1, now()), (2, 2, 2, 'Två', 1, now());
INSERT INTO poll_ballots (id, voter_id, person_id, cast_at, choices) VALUES (1, 2, 1, now(), '{}');
INSERT INTO poll_steps (poll_id, person_id, taken_at, kind, platform)
  VALUES (1, 1, now(), 'started', 'web');
INSERT INTO poll_outcomes (poll_id, sealed_at, result, seal)
  VALUES (1, now(), '{}', repeat('0', 64));
INSERT INTO poll_decisions (poll_id, body_id, decided_on, paragraph, verdict, recorded_by,
  recorded_at) VALUES (1, 101, '2026-03-02', '14', 'as_outcome', 1, now());
INSERT INTO poll_templates (name, kind, said, made_by, made_at)
  VALUES ('Varje år', 'priority', '{}', 1, now());
INSERT INTO poll_scenarios (poll_id, name, supposed, made_by, made_at)
  VALUES (1, 'Utan Hjo', '{}', 1, now());
INSERT INTO applications (id, activity_id, fund, amount, writer_id, state_since, registered_by,
  registered_at) VALUES (1, 1, 'Fonden', 100, 1, now(), 1, now());
INSERT INTO funder_reports (application_id, due_on) VALUES (1, '2027-03-01');
INSERT INTO application_steps (application_id, person_id, taken_at, kind, platform)
  VALUES (1, 1, now(), 'registered', 'web');
INSERT INTO resource_costs (id, year, name, amount, funded_by, entered_by, entered_at)
  VALUES (1, 2026, 'Chef', 100, 'Medlemsavgift', 1, now());
INSERT INTO actual_costs (id, activity_id, spent_on, amount, name, reference, entered_by,
  entered_at) VALUES (1, 1, '2026-03-02', 100, 'Konsult', 'V1', 1, now());
INSERT INTO funding_lines (id, activity_id, poll_answer_id, source, kind, amount, state)
  VALUES (101, 1, 1, 'Hjo', 'co_financing', 100, 'pledged');
INSERT INTO funding_lines (id, activity_id, application_id, source, kind, amount, state)
  VALUES (102, 1, 1, 'Fonden', 'external', 100, 'applied');
