"""Statements about what polls are answered that the database refuses, with what they break."""

BAD_ANSWERS = {
    "a step of a poll that is none": (
        "INSERT INTO poll_steps (poll_id, person_id, taken_at, kind, reason, platform) "
        "VALUES (1, 1, now(), 'danced', NULL, 'web')",
        "ck_poll_steps_kind",
    ),
    "a poll's reason at too great length": (
        "INSERT INTO poll_steps (poll_id, person_id, taken_at, kind, reason, platform) "
        "VALUES (1, 1, now(), 'closed', repeat('å', 3001), 'web')",
        "ck_poll_steps_lengths",
    ),
    "a poll extended without a reason": (
        "INSERT INTO poll_steps (poll_id, person_id, taken_at, kind, reason, platform) "
        "VALUES (1, 1, now(), 'extended', ' ', 'web')",
        "ck_poll_steps_reason_said",
    ),
    "a step that nobody took": (
        "INSERT INTO poll_steps (poll_id, person_id, taken_at, kind, reason, platform) "
        "VALUES (1, NULL, now(), 'decided', NULL, 'web')",
        "ck_poll_steps_by_time",
    ),
    "a seal that is none": (
        "INSERT INTO poll_outcomes (poll_id, sealed_at, result, seal) VALUES (1, now(), '{}', 'x')",
        "ck_poll_outcomes_seal",
    ),
    "a verdict that is none": (
        "INSERT INTO poll_decisions (poll_id, body_id, decided_on, paragraph, verdict, "
        "why, recorded_by, recorded_at) VALUES (1, 101, '2026-03-02', '14', 'maybe', 'x', "
        "1, now())",
        "ck_poll_decisions_verdict",
    ),
    "a decision that differs for no reason": (
        "INSERT INTO poll_decisions (poll_id, body_id, decided_on, paragraph, verdict, "
        "why, recorded_by, recorded_at) VALUES (1, 101, '2026-03-02', '14', 'declined', ' "
        "', 1, now())",
        "ck_poll_decisions_why_it_differs",
    ),
    "a decision under no paragraph": (
        "INSERT INTO poll_decisions (poll_id, body_id, decided_on, paragraph, verdict, "
        "why, recorded_by, recorded_at) VALUES (1, 101, '2026-03-02', ' ', 'as_outcome', "
        "NULL, 1, now())",
        "ck_poll_decisions_paragraph",
    ),
    "a decision at too great length": (
        "INSERT INTO poll_decisions (poll_id, body_id, decided_on, paragraph, verdict, "
        "why, recorded_by, recorded_at) VALUES (1, 101, '2026-03-02', '14', 'declined', "
        "repeat('å', 3001), 1, now())",
        "ck_poll_decisions_lengths",
    ),
    "a template without a name": (
        "UPDATE poll_templates SET name = ' '",
        "ck_poll_templates_name",
    ),
    "a template of no kind": (
        "UPDATE poll_templates SET kind = 'duel'",
        "ck_poll_templates_kind",
    ),
    "two templates of one name": (
        "INSERT INTO poll_templates (name, kind, said, made_by, made_at) VALUES ('VARJE "
        "ÅR', 'priority', '{}', 1, now())",
        "uq_poll_templates_name",
    ),
    "a proposal before the first": (
        "INSERT INTO poll_proposals (poll_id, version, purpose, total, funded, asked, "
        "sharing_key, equal_percent, pays, hourly_rate, made_by, made_at) VALUES (1, 0, "
        "'x', 100, 0, 100, 'equal', NULL, 'money', NULL, 1, now())",
        "ck_poll_proposals_version",
    ),
    "a proposal for nothing": (
        "INSERT INTO poll_proposals (poll_id, version, purpose, total, funded, asked, "
        "sharing_key, equal_percent, pays, hourly_rate, made_by, made_at) VALUES (1, 2, ' "
        "', 100, 0, 100, 'equal', NULL, 'money', NULL, 1, now())",
        "ck_poll_proposals_purpose",
    ),
    "a proposal that asks for nothing": (
        "INSERT INTO poll_proposals (poll_id, version, purpose, total, funded, asked, "
        "sharing_key, equal_percent, pays, hourly_rate, made_by, made_at) VALUES (1, 2, "
        "'x', 100, 0, 0, 'equal', NULL, 'money', NULL, 1, now())",
        "ck_poll_proposals_asked",
    ),
    "a proposal that asks for more than it costs": (
        "INSERT INTO poll_proposals (poll_id, version, purpose, total, funded, asked, "
        "sharing_key, equal_percent, pays, hourly_rate, made_by, made_at) VALUES (1, 2, "
        "'x', 100, 1, 100, 'equal', NULL, 'money', NULL, 1, now())",
        "ck_poll_proposals_within_the_total",
    ),
    "a key that is none": (
        "INSERT INTO poll_proposals (poll_id, version, purpose, total, funded, asked, "
        "sharing_key, equal_percent, pays, hourly_rate, made_by, made_at) VALUES (1, 2, "
        "'x', 100, 0, 100, 'luck', NULL, 'money', NULL, 1, now())",
        "ck_poll_proposals_sharing_key",
    ),
    "an equal part of an equal key": (
        "INSERT INTO poll_proposals (poll_id, version, purpose, total, funded, asked, "
        "sharing_key, equal_percent, pays, hourly_rate, made_by, made_at) VALUES (1, 2, "
        "'x', 100, 0, 100, 'equal', 10, 'money', NULL, 1, now())",
        "ck_poll_proposals_equal_percent",
    ),
    "a proposal paid in kind words": (
        "INSERT INTO poll_proposals (poll_id, version, purpose, total, funded, asked, "
        "sharing_key, equal_percent, pays, hourly_rate, made_by, made_at) VALUES (1, 2, "
        "'x', 100, 0, 100, 'equal', NULL, 'praise', 500, 1, now())",
        "ck_poll_proposals_pays",
    ),
    "own time at no rate": (
        "INSERT INTO poll_proposals (poll_id, version, purpose, total, funded, asked, "
        "sharing_key, equal_percent, pays, hourly_rate, made_by, made_at) VALUES (1, 2, "
        "'x', 100, 0, 100, 'equal', NULL, 'time', NULL, 1, now())",
        "ck_poll_proposals_hourly_rate",
    ),
    "a share of a region": (
        "INSERT INTO poll_shares (poll_id, version, organisation_id, organisation_kind, "
        "weight, inhabitants, counted_on, amount) VALUES (1, 1, 102, 'region', NULL, "
        "NULL, NULL, 1)",
        "ck_poll_shares_municipality",
    ),
    "a share below zero": (
        "INSERT INTO poll_shares (poll_id, version, organisation_id, organisation_kind, "
        "weight, inhabitants, counted_on, amount) VALUES (1, 1, 102, 'municipality', "
        "NULL, NULL, NULL, -1)",
        "ck_poll_shares_amount",
    ),
    "a weight below zero": (
        "INSERT INTO poll_shares (poll_id, version, organisation_id, organisation_kind, "
        "weight, inhabitants, counted_on, amount) VALUES (1, 1, 102, 'municipality', -1, "
        "NULL, NULL, 1)",
        "ck_poll_shares_weight",
    ),
    "a share of nobody": (
        "INSERT INTO poll_shares (poll_id, version, organisation_id, organisation_kind, "
        "weight, inhabitants, counted_on, amount) VALUES (1, 1, 102, 'municipality', "
        "NULL, 0, '2019-12-31', 1)",
        "ck_poll_shares_inhabitants",
    ),
    "inhabitants of no date": (
        "INSERT INTO poll_shares (poll_id, version, organisation_id, organisation_kind, "
        "weight, inhabitants, counted_on, amount) VALUES (1, 1, 102, 'municipality', "
        "NULL, 10, NULL, 1)",
        "ck_poll_shares_counted_on",
    ),
    "an answer that is none": (
        "UPDATE poll_answers SET kind = 'perhaps', amount = NULL",
        "ck_poll_answers_kind",
    ),
    "an answer of less than nothing": (
        "UPDATE poll_answers SET amount = -1",
        "ck_poll_answers_amount",
    ),
    "a yes to no amount": (
        "UPDATE poll_answers SET amount = NULL",
        "ck_poll_answers_amount_of_a_yes",
    ),
    "no hours of own time": (
        "UPDATE poll_answers SET hours = 0",
        "ck_poll_answers_hours",
    ),
    "a yes that waits for a decision": (
        "UPDATE poll_answers SET expected_on = '2026-03-02'",
        "ck_poll_answers_expected_on",
    ),
    "a comment at too great length": (
        "UPDATE poll_answers SET comment = repeat('å', 3001)",
        "ck_poll_answers_lengths",
    ),
    "a plain yes with a condition": (
        "UPDATE poll_answers SET condition = 'x'",
        "ck_poll_answers_condition",
    ),
    "an answer heard in a dream": (
        "UPDATE poll_answers SET heard_by = 'dream', said_by = 'x', said_on = '2026-03-02'",
        "ck_poll_answers_heard_by",
    ),
    "an answer by somebody, somehow": (
        "UPDATE poll_answers SET heard_by = 'phone'",
        "ck_poll_answers_on_behalf_with_how",
    ),
    "a suggestion by phone": (
        "UPDATE poll_answers SET suggestion = true, heard_by = 'phone', said_by = 'x', "
        "said_on = '2026-03-02'",
        "ck_poll_answers_suggestion",
    ),
    "two answers that stand": (
        "INSERT INTO poll_answers (id, voter_id, version, kind, person_id, answered_at, "
        "platform) VALUES (900, 1, 1, 'no', 1, now(), 'web')",
        "uq_poll_answers_standing",
    ),
    "a what-if without a name": (
        "UPDATE poll_scenarios SET name = ' '",
        "ck_poll_scenarios_name",
    ),
}
