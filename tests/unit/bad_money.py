"""Statements about money that the database refuses, with what they break."""

BAD_MONEY = {
    "an application to nobody": (
        "UPDATE applications SET fund = ' '",
        "ck_applications_fund",
    ),
    "an application noted at too great length": (
        "UPDATE applications SET note = repeat('å', 3001)",
        "ck_applications_lengths",
    ),
    "an application's link that leads nowhere": (
        "UPDATE applications SET link = 'x'",
        "ck_applications_link",
    ),
    "an application for nothing": (
        "UPDATE applications SET amount = 0",
        "ck_applications_amount",
    ),
    "match funding below zero": (
        "UPDATE applications SET match_demanded = -1",
        "ck_applications_match_demanded",
    ),
    "an application that is nowhere": (
        "UPDATE applications SET state = 'lost', applied_on = '2026-03-02'",
        "ck_applications_state",
    ),
    "granted without an amount": (
        "UPDATE applications SET state = 'granted', applied_on = '2026-03-02', "
        "answered_on = '2026-03-02'",
        "ck_applications_granted",
    ),
    "applied for on no day": (
        "UPDATE applications SET state = 'applied'",
        "ck_applications_applied_on",
    ),
    "rejected on no day": (
        "UPDATE applications SET state = 'rejected', applied_on = '2026-03-02'",
        "ck_applications_answered_on",
    ),
    "a step of an application that is none": (
        "INSERT INTO application_steps (application_id, person_id, taken_at, kind, "
        "platform) VALUES (1, 1, now(), 'danced', 'web')",
        "ck_application_steps_kind",
    ),
    "an application's reason at too great length": (
        "INSERT INTO application_steps (application_id, person_id, taken_at, kind, "
        "reason, platform) VALUES (1, 1, now(), 'edited', repeat('å', 3001), 'web')",
        "ck_application_steps_lengths",
    ),
    "a resource of long ago": (
        "UPDATE resource_costs SET year = 1999",
        "ck_resource_costs_year",
    ),
    "a resource without a name": (
        "UPDATE resource_costs SET name = ' '",
        "ck_resource_costs_name",
    ),
    "a resource that nobody pays": (
        "UPDATE resource_costs SET funded_by = ' '",
        "ck_resource_costs_funded_by",
    ),
    "a resource that costs nothing": (
        "UPDATE resource_costs SET amount = 0",
        "ck_resource_costs_amount",
    ),
    "a resource twice in a year": (
        "INSERT INTO resource_costs (id, year, name, amount, funded_by, entered_by, "
        "entered_at) VALUES (900, 2026, 'CHEF', 1, 'x', 1, now())",
        "uq_resource_costs_name",
    ),
    "a cost of two things": (
        "UPDATE actual_costs SET resource_id = 1",
        "ck_actual_costs_of_one",
    ),
    "a cost of nothing": (
        "UPDATE actual_costs SET amount = 0",
        "ck_actual_costs_amount",
    ),
    "a cost for nothing": (
        "UPDATE actual_costs SET name = ' '",
        "ck_actual_costs_name",
    ),
    "a reference to nothing": (
        "UPDATE actual_costs SET reference = ' '",
        "ck_actual_costs_reference",
    ),
    "a cost counted twice": (
        "INSERT INTO actual_costs (id, activity_id, spent_on, amount, name, reference, "
        "entered_by, entered_at) VALUES (900, 1, '2026-03-02', 1, 'x', 'v1', 1, now())",
        "uq_actual_costs_reference",
    ),
    "funding that stands nowhere": (
        "UPDATE funding_lines SET activity_id = NULL WHERE id = 101",
        "ck_funding_lines_one_place",
    ),
    "funding beside the plan from nowhere": (
        "UPDATE funding_lines SET poll_answer_id = NULL WHERE id = 101",
        "ck_funding_lines_where_it_came_from",
    ),
    "an answer that funds twice": (
        "INSERT INTO funding_lines (activity_id, poll_answer_id, source, kind, amount, "
        "state) VALUES (1, 1, 'Hjo', 'co_financing', 1, 'pledged')",
        "uq_funding_lines_poll_answer_id",
    ),
    "an application that funds twice": (
        "INSERT INTO funding_lines (activity_id, application_id, source, kind, amount, "
        "state) VALUES (1, 1, 'x', 'external', 1, 'applied')",
        "uq_funding_lines_application_id",
    ),
}
