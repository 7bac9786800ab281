"""A scene, and for each promise of the database a statement that would break it."""

from pathlib import Path

from tests.unit.bad_access import BAD_ACCESS
from tests.unit.bad_answers import BAD_ANSWERS
from tests.unit.bad_digests import BAD_DIGESTS
from tests.unit.bad_money import BAD_MONEY
from tests.unit.bad_needs import BAD_NEEDS
from tests.unit.bad_polls import BAD_POLLS
from tests.unit.bad_questions import BAD_QUESTIONS
from tests.unit.bad_reminders import BAD_REMINDERS

SCENE = Path(__file__).with_name("scene.sql").read_text(encoding="utf-8").encode()

REPORT = (
    "INSERT INTO status_reports (activity_id, person_id, status, situation, deviation, measure, "
    "decision_from, decision, percent, replaces_id, reported_at, platform) "
    "VALUES (1, 1, {}, now(), 'web')"
)

BAD = (
    BAD_ACCESS
    | BAD_NEEDS
    | BAD_POLLS
    | BAD_ANSWERS
    | BAD_MONEY
    | BAD_DIGESTS
    | BAD_REMINDERS
    | BAD_QUESTIONS
    | {
        "a state nobody knows": (
            REPORT.format("'green', 'x', '', '', 'nobody', '', NULL, NULL"),
            "ck_status_reports_status",
        ),
        "a risk without what deviates": (
            REPORT.format("'at_risk', 'x', ' ', '', 'nobody', '', NULL, NULL"),
            "ck_status_reports_deviation_said",
        ),
        "more than all of it": (
            REPORT.format("'on_track', 'x', '', '', 'nobody', '', 101, NULL"),
            "ck_status_reports_percent",
        ),
        "a text of 3,001 characters": (
            REPORT.format("'on_track', repeat('å', 3001), '', '', 'nobody', '', NULL, NULL"),
            "ck_status_reports_lengths",
        ),
        "a decision from somebody who decides nothing": (
            REPORT.format("'on_track', 'x', '', '', 'mayor', '', NULL, NULL"),
            "ck_status_reports_decision_from",
        ),
        "a code in no known form": (
            "INSERT INTO activities (code) VALUES ('kom-1')",
            "ck_activities_code",
        ),
        "a code twice": (
            "INSERT INTO activities (id, code) VALUES (9, 'KOM-01')",
            "uq_activities_code",
        ),
        "an end before the start": (
            "UPDATE activity_values SET ends_on = '2025-12-31'",
            "ck_activity_values_period",
        ),
        "a negative budget": (
            "UPDATE activity_values SET budget = -1",
            "ck_activity_values_budget",
        ),
        "funding of nothing": (
            "INSERT INTO funding_lines (activity_values_id, source, kind, amount, state) "
            "VALUES (1, 'x', 'external', 0, 'planned')",
            "ck_funding_lines_amount",
        ),
        "funding in a state nobody knows": (
            "INSERT INTO funding_lines (activity_values_id, source, kind, amount, state) "
            "VALUES (1, 'x', 'external', 1, 'lacking')",
            "ck_funding_lines_state",
        ),
        "two drafts of a year": (
            "INSERT INTO plan_versions (id, year) VALUES (9, 2026)",
            "uq_plan_versions_one_draft",
        ),
        "adopted without a paragraph": (
            "UPDATE plan_versions SET adopted_on = '2026-02-20'",
            "ck_plan_versions_adopted_with_paragraph",
        ),
        "a municipality without a code": (
            "INSERT INTO organisations (kind, name) VALUES ('municipality', 'Skövde')",
            "ck_organisations_code_of_municipality",
        ),
        "a second federation": (
            "INSERT INTO organisations (kind, name) VALUES ('federation', 'Ett till')",
            "uq_organisations_one_federation",
        ),
        "an address in capitals": (
            "UPDATE people SET email = 'Ada@hjo.example.se' WHERE id = 1",
            "ck_people_email",
        ),
        "an address that two have": (
            "UPDATE people SET email = 'bo@hjo.example.se' WHERE id = 1",
            "uq_people_email",
        ),
        "an employment twice at once": (
            "INSERT INTO employments (person_id, organisation_id, starts_on) "
            "VALUES (1, 101, '2026-06-29')",
            "ex_employments_overlap",
        ),
        "a membership twice at once": (
            "INSERT INTO memberships (person_id, body_id, capacity, starts_on, given_by) "
            "VALUES (1, 101, 'chair', '2027-01-01', 'test')",
            "ex_memberships_overlap",
        ),
        "two managers at once": (
            "INSERT INTO post_holdings (post_id, person_id, acting, starts_on, given_by) "
            "SELECT id, 2, false, '2026-05-01', 'test' FROM posts WHERE kind = 'manager'",
            "ex_post_holdings_one_holder",
        ),
        "a mandate for a region": (
            "INSERT INTO mandates (person_id, organisation_id, organisation_kind, kind, starts_on, "
            "given_by) VALUES (2, 102, 'region', 'co_financing', '2026-01-01', 'test')",
            "ck_mandates_municipality",
        ),
        "a mandate that calls a region a municipality": (
            "INSERT INTO mandates (person_id, organisation_id, organisation_kind, kind, starts_on, "
            "given_by) VALUES (2, 102, 'municipality', 'co_financing', '2026-01-01', 'test')",
            "fk_mandates_organisation_id_organisation_kind",
        ),
        "a milestone moved to nowhere": (
            "INSERT INTO milestone_changes (milestone_id, kind, reason, person_id, changed_at) "
            "VALUES (1, 'moved', 'x', 1, now())",
            "ck_milestone_changes_moved_to",
        ),
        "a milestone moved without a reason": (
            "INSERT INTO milestone_changes (milestone_id, kind, reason, moved_to, person_id, "
            "changed_at) VALUES (1, 'moved', ' ', '2026-08-01', 1, now())",
            "ck_milestone_changes_reason",
        ),
        "a second living card in one channel": (
            "INSERT INTO posted_cards (conversation_id, kind, subject_id, wanted, shown) "
            "VALUES (101, 'activity', 1, 1, 0)",
            "uq_posted_cards_living",
        ),
        "a card shown before it was wanted": (
            "UPDATE posted_cards SET shown = 2",
            "ck_posted_cards_shown_not_ahead",
        ),
        "one week's digest twice": (
            "INSERT INTO digests (audience, period, covers_from, covers_to, made_at, view, told) "
            "VALUES ('manager', '2026-W10', '2026-03-02', '2026-03-09', now(), '{}', '{}')",
            "uq_digests_audience_period",
        ),
        "a private conversation of nobody": (
            "UPDATE conversations SET kind = 'private' WHERE id = 101",
            "ck_conversations_private_of_person",
        ),
        "a channel bound to body and post": (
            "INSERT INTO channel_bindings (conversation_id, body_id, post_id, bound_by) "
            "SELECT 101, 101, id, 'test' FROM posts LIMIT 1",
            "ck_channel_bindings_one_of_body_or_post",
        ),
        "a rhythm nobody knows": (
            "UPDATE activities SET rhythm = 'daily'",
            "ck_activities_rhythm",
        ),
        "a rhythm of 53 weeks": (
            "UPDATE activities SET rhythm_weeks = 53",
            "ck_activities_rhythm_weeks",
        ),
        "a body of no known kind": (
            "UPDATE bodies SET kind = 'club' WHERE id = 101",
            "ck_bodies_kind",
        ),
        "a body named as another, in other letters": (
            "INSERT INTO bodies (kind, name) VALUES ('network', 'KOMPETENS')",
            "uq_bodies_name",
        ),
        "a second board": (
            "INSERT INTO bodies (kind, name) VALUES ('board', 'En till')",
            "uq_bodies_one_of_a_kind",
        ),
        "a conversation of no known kind": (
            "UPDATE conversations SET kind = 'group' WHERE id = 101",
            "ck_conversations_kind",
        ),
        "a digest that covers nothing": (
            "UPDATE digests SET covers_to = covers_from",
            "ck_digests_span",
        ),
        "an employment that ends before it starts": (
            "UPDATE employments SET ends_on = '2025-12-31'",
            "ck_employments_period",
        ),
        "a membership that ends before it starts": (
            "UPDATE memberships SET ends_on = '2025-12-31'",
            "ck_memberships_period",
        ),
        "a post held until before it began": (
            "UPDATE post_holdings SET ends_on = '2025-12-31'",
            "ck_post_holdings_period",
        ),
        "a mandate that ends before it starts": (
            "UPDATE mandates SET ends_on = '2025-12-31'",
            "ck_mandates_period",
        ),
        "a role that ends before it starts": (
            "UPDATE roles SET ends_on = '2025-12-31'",
            "ck_roles_period",
        ),
        "funding of no known kind": (
            "INSERT INTO funding_lines (activity_values_id, source, kind, amount, state) "
            "VALUES (1, 'x', 'loan', 1, 'planned')",
            "ck_funding_lines_kind",
        ),
        "a mandate of no known kind": (
            "UPDATE mandates SET kind = 'everything'",
            "ck_mandates_kind",
        ),
        "a meeting of nobody": (
            "UPDATE meetings SET body_id = NULL WHERE body_id = 101",
            "ck_meetings_body_or_joint_day",
        ),
        "documents due after the meeting": (
            "UPDATE meetings SET documents_due_on = '2026-03-03'",
            "ck_meetings_documents_due",
        ),
        "a meeting that ends as it starts": (
            "UPDATE meetings SET ends_at = starts_at",
            "ck_meetings_hours",
        ),
        "a meeting of no known kind": (
            "UPDATE meetings SET kind = 'party' WHERE body_id = 101",
            "ck_meetings_kind",
        ),
        "a body that meets twice a day": (
            "INSERT INTO meetings (body_id, title, held_on, kind) VALUES (101, 'Igen', "
            "'2026-03-02', 'ordinary')",
            "uq_meetings_body",
        ),
        "a joint day twice": (
            "INSERT INTO meetings (title, held_on, kind) VALUES ('GEMENSAM DAG', "
            "'2026-03-02', 'joint_day')",
            "uq_meetings_title",
        ),
        "a capacity nobody knows": (
            "UPDATE memberships SET capacity = 'guest'",
            "ck_memberships_capacity",
        ),
        "a message in a state nobody knows": (
            "UPDATE messages SET state = 'lost'",
            "ck_messages_state",
        ),
        "a milestone changed in no known way": (
            "INSERT INTO milestone_changes (milestone_id, kind, reason, person_id, "
            "changed_at) VALUES (1, 'removed', 'x', 1, now())",
            "ck_milestone_changes_kind",
        ),
        "a code that is no municipality's": (
            "UPDATE organisations SET code = '14' WHERE id = 101",
            "ck_organisations_code",
        ),
        "an organisation of no known kind": (
            "UPDATE organisations SET kind = 'club' WHERE id = 102",
            "ck_organisations_kind",
        ),
        "a language that is not spoken": (
            "UPDATE people SET language = 'fi'",
            "ck_people_language",
        ),
        "a plan for the year 26": (
            "UPDATE plan_versions SET year = 26",
            "ck_plan_versions_year",
        ),
        "a municipality without inhabitants": (
            "INSERT INTO populations VALUES (101, '2026-01-01', 0)",
            "ck_populations_inhabitants",
        ),
        "a post nobody knows": (
            "INSERT INTO posts (kind) VALUES ('mayor')",
            "ck_posts_kind",
        ),
        "a post twice": (
            "INSERT INTO posts (kind) VALUES ('manager')",
            "uq_posts_kind",
        ),
        "a role nobody knows": (
            "UPDATE roles SET role = 'king'",
            "ck_roles_role",
        ),
        "a role twice": (
            "INSERT INTO roles (person_id, role, starts_on, given_by) VALUES (1, 'staff', "
            "'2026-06-01', 'test')",
            "uq_roles_current",
        ),
        "a correction of what comes later": (
            REPORT.format("'done', 'x', '', '', 'nobody', '', NULL, 1000"),
            "ck_status_reports_replaces_earlier",
        ),
        "a report corrected twice": (
            REPORT.format("'done', 'x', '', '', 'nobody', '', NULL, 1"),
            "uq_status_reports_replaces_id",
        ),
        "a post on the web of nothing": (
            "INSERT INTO web_posts (conversation_id, view) VALUES (101, '{}')",
            "ck_web_posts_message_or_card",
        ),
        "a card twice on the web": (
            "INSERT INTO web_posts (conversation_id, card_id, view) SELECT 101, id, '{}' "
            "FROM posted_cards",
            "uq_web_posts_card_id",
        ),
        "a message twice on the web": (
            "INSERT INTO web_posts (conversation_id, message_id, view) VALUES (101, 1, '{}')",
            "uq_web_posts_message_id",
        ),
        "an account of two people": (
            "INSERT INTO accounts (id, person_id, platform, tenant, user_id, linked_by) VALUES "
            "(9, 2, 'web', 'x', 'ada', 'test')",
            "uq_accounts_platform_tenant_user_id",
        ),
        "an activity twice in a version": (
            "INSERT INTO activity_values (id, plan_version_id, activity_id, direction_id, "
            "title, responsible_id, coordinator_id, starts_on, ends_on, budget) VALUES (9, "
            "1, 1, 1, 'x', 1, 101, '2026-01-01', '2026-01-01', 0)",
            "uq_activity_values_plan_version_id_activity_id",
        ),
        "a channel bound to a body twice": (
            "INSERT INTO channel_bindings (conversation_id, body_id, bound_by) VALUES (101, "
            "101, 'test')",
            "uq_channel_bindings_conversation_id_body_id",
        ),
        "a channel bound to a post twice": (
            "INSERT INTO channel_bindings (conversation_id, post_id, bound_by) SELECT 101, "
            "id, 'test' FROM posts WHERE kind = 'manager'",
            "uq_channel_bindings_conversation_id_post_id",
        ),
        "a connection twice": (
            "INSERT INTO connections (platform, tenant) VALUES ('web', 'x')",
            "uq_connections_platform_tenant",
        ),
        "a conversation twice": (
            "INSERT INTO conversations (connection_id, kind, address, name) VALUES (101, "
            "'channel', 'kom', 'x')",
            "uq_conversations_connection_id_address",
        ),
        "a direction named as another": (
            "INSERT INTO directions (id, focus_area_id, name) VALUES (9, 1, 'VUX')",
            "uq_directions_name",
        ),
        "a focus area named as another": (
            "INSERT INTO focus_areas (id, name) VALUES (9, 'KOMPETENS')",
            "uq_focus_areas_name",
        ),
        "two drafts of one form": (
            "INSERT INTO drafts (person_id, form, arguments, answers, changed_at) VALUES "
            "(1, 'report', '{}', '{}', now())",
            "uq_drafts_person_id_form_arguments",
        ),
        "an installation twice": (
            "INSERT INTO installations (connection_id, secret, details) VALUES (101, 'y', '{}')",
            "uq_installations_connection_id",
        ),
        "a mandate twice": (
            "INSERT INTO mandates (person_id, organisation_id, kind, starts_on, given_by) "
            "VALUES (1, 101, 'co_financing', '2026-06-01', 'test')",
            "uq_mandates_current",
        ),
        "a milestone twice": (
            "INSERT INTO milestones (id, activity_id, title) VALUES (9, 1, 'Halvtid')",
            "uq_milestones_activity_id_title",
        ),
        "a municipality's code twice": (
            "INSERT INTO organisations (kind, name, code) "
            "VALUES ('municipality', 'Skövde', '1497')",
            "uq_organisations_code",
        ),
        "an organisation named as another": (
            "INSERT INTO organisations (kind, name) VALUES ('state', 'HJO')",
            "uq_organisations_name",
        ),
        "a link to sign in twice": (
            "INSERT INTO sign_in_links (token_hash, person_id, made_by, expires_at) VALUES "
            "('x', 2, 'test', now())",
            "uq_sign_in_links_token_hash",
        ),
        "a sign-in twice": (
            "INSERT INTO sign_in_states (purpose, state_hash, browser_hash, details, "
            "expires_at) VALUES ('x', 'x', 'y', '{}', now())",
            "uq_sign_in_states_state_hash",
        ),
        "an event answered twice": (
            "INSERT INTO turns (key, person_id, request, answer, received_at) VALUES ('k', "
            "2, '{}', '{}', now())",
            "uq_turns_key",
        ),
        "a session twice": (
            "INSERT INTO web_sessions (token_hash, account_id, expires_at) VALUES ('x', 1, now())",
            "uq_web_sessions_token_hash",
        ),
    }
)
