"""Statements about polls that the database refuses, with what they break."""

BAD_POLLS = {
    "a poll without a title": (
        "UPDATE polls SET title = ' '",
        "ck_polls_title",
    ),
    "a poll described at too great length": (
        "UPDATE polls SET description = repeat('å', 3001)",
        "ck_polls_lengths",
    ),
    "a poll's link that leads nowhere": (
        "UPDATE polls SET link = 'javascript:x'",
        "ck_polls_link",
    ),
    "a poll of no kind": (
        "UPDATE polls SET kind = 'duel' WHERE id = 2",
        "ck_polls_kind",
    ),
    "a poll with no way to answer": (
        "UPDATE polls SET method = 'duel' WHERE id = 2",
        "ck_polls_method",
    ),
    "a question that is pledged to": (
        "UPDATE polls SET method = 'pledge', points = NULL WHERE id = 2",
        "ck_polls_method_of_kind",
    ),
    "a poll of nobody": (
        "UPDATE polls SET voters = 'dogs' WHERE id = 2",
        "ck_polls_voters",
    ),
    "people who pledge": (
        "UPDATE polls SET voters = 'person', body_id = 101 WHERE id = 1",
        "ck_polls_municipalities_pledge",
    ),
    "a secrecy that is none": (
        "UPDATE polls SET secrecy = 'mostly'",
        "ck_polls_secrecy",
    ),
    "a secret pledge": (
        "UPDATE polls SET secrecy = 'always' WHERE id = 1",
        "ck_polls_secret_when_priority",
    ),
    "a poll that is nowhere": (
        "UPDATE polls SET state = 'lost'",
        "ck_polls_state",
    ),
    "a poll that closes before it opens": (
        "UPDATE polls SET closes_at = opens_at",
        "ck_polls_period",
    ),
    "a poll without a seat": (
        "UPDATE polls SET seats = 0",
        "ck_polls_seats",
    ),
    "points to spread that are not said": (
        "UPDATE polls SET points = NULL WHERE id = 2",
        "ck_polls_points_to_spread",
    ),
    "no point to spread": (
        "UPDATE polls SET points = 0 WHERE id = 2",
        "ck_polls_points",
    ),
    "money where points are spread": (
        "UPDATE polls SET money = 100 WHERE id = 2",
        "ck_polls_money_to_spread",
    ),
    "no money to spread": (
        "UPDATE polls SET method = 'budget', points = NULL, money = 0 WHERE id = 2",
        "ck_polls_money",
    ),
    "a quorum of nobody": (
        "UPDATE polls SET quorum = 0",
        "ck_polls_quorum",
    ),
    "lines by secret voters": (
        "UPDATE polls SET secrecy = 'always', may_add = true WHERE id = 2",
        "ck_polls_no_lines_of_secret_voters",
    ),
    "a priority that binds nobody": (
        "UPDATE polls SET binding = false WHERE id = 2",
        "ck_polls_sounding",
    ),
    "a poll about two things": (
        "UPDATE polls SET need_id = 1 WHERE id = 1",
        "ck_polls_about_one",
    ),
    "a pledge for nothing": (
        "UPDATE polls SET activity_id = NULL WHERE id = 1",
        "ck_polls_pays_for_something",
    ),
    "people of no body": (
        "UPDATE polls SET body_id = NULL WHERE id = 2",
        "ck_polls_people_of_a_body",
    ),
    "a sounding made formal twice": (
        "INSERT INTO polls (id, kind, method, title, activity_id, voters, state_since, "
        "opens_at, closes_at, started_by, started_at, sounding_id) SELECT 900 + n, kind, "
        "method, title, activity_id, voters, state_since, opens_at, closes_at, "
        "started_by, started_at, 1 FROM polls, generate_series(1, 2) n WHERE id = 1",
        "uq_polls_sounding_id",
    ),
    "a voter who is nobody": (
        "UPDATE poll_voters SET person_id = NULL WHERE id = 2",
        "ck_poll_voters_one",
    ),
    "a voter that is no municipality": (
        "UPDATE poll_voters SET organisation_kind = 'region' WHERE id = 1",
        "ck_poll_voters_municipality",
    ),
    "a municipality that votes twice": (
        "INSERT INTO poll_voters (id, poll_id, organisation_id, organisation_kind) VALUES "
        "(900, 1, 101, 'municipality')",
        "uq_poll_voters_poll_id_organisation_id",
    ),
    "a person who votes twice": (
        "INSERT INTO poll_voters (id, poll_id, person_id) VALUES (900, 2, 1)",
        "uq_poll_voters_poll_id_person_id",
    ),
    "an option without a name": (
        "UPDATE poll_options SET label = ' '",
        "ck_poll_options_label",
    ),
    "an option that is two things": (
        "UPDATE poll_options SET need_id = 1, activity_id = 1",
        "ck_poll_options_one_thing",
    ),
    "an option that costs nothing": (
        "UPDATE poll_options SET cost = 0",
        "ck_poll_options_cost",
    ),
    "an option that ends before it starts": (
        "UPDATE poll_options SET starts_at = now(), ends_at = now()",
        "ck_poll_options_hours",
    ),
    "two options in one place": (
        "UPDATE poll_options SET position = 1",
        "uq_poll_options_poll_id_position",
    ),
    "two ballots that stand": (
        "INSERT INTO poll_ballots (id, voter_id, person_id, cast_at, choices) VALUES "
        "(900, 2, 1, now(), '{}')",
        "uq_poll_ballots_standing",
    ),
}
