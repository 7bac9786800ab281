"""Statements about needs and assignments that the database refuses, with what they break."""

BAD_NEEDS = {
    "a need without a title": (
        "UPDATE needs SET title = ' '",
        "ck_needs_title",
    ),
    "a need that does not say what is needed": (
        "UPDATE needs SET description = ' '",
        "ck_needs_description",
    ),
    "a need described at too great length": (
        "UPDATE needs SET reason = repeat('å', 3001)",
        "ck_needs_lengths",
    ),
    "a need that costs less than nothing": (
        "UPDATE needs SET cost = -1",
        "ck_needs_cost",
    ),
    "words of somebody who is not credited": (
        "UPDATE needs SET quoted_text = 'x'",
        "ck_needs_author_credited",
    ),
    "a stage that is none": (
        "UPDATE needs SET stage = 'forgotten'",
        "ck_needs_stage",
    ),
    "a need that rests from nowhere": (
        "UPDATE needs SET stage = 'resting'",
        "ck_needs_resting_from_somewhere",
    ),
    "a need that rests from its end": (
        "UPDATE needs SET stage = 'resting', rested_from = 'declined'",
        "ck_needs_rested_from",
    ),
    "a preparer without a date": (
        "UPDATE needs SET preparer_id = 1",
        "ck_needs_preparer_with_a_date",
    ),
    "a need that nobody prepares": (
        "UPDATE needs SET stage = 'preparing'",
        "ck_needs_prepared_by_one",
    ),
    "a need accepted without date and paragraph": (
        "UPDATE needs SET stage = 'accepted', decided_on = '2026-03-02'",
        "ck_needs_accepted_with_paragraph",
    ),
    "a paragraph of nothing": (
        "UPDATE needs SET paragraph = ' '",
        "ck_needs_paragraph",
    ),
    "a need declined without a reason": (
        "UPDATE needs SET stage = 'declined'",
        "ck_needs_declined_with_a_reason",
    ),
    "a need merged into itself": (
        "UPDATE needs SET merged_into_id = id",
        "ck_needs_merged_into_another",
    ),
    "a need both withdrawn and merged": (
        "UPDATE needs SET withdrawn_at = now(), merged_into_id = 2 WHERE id = 1",
        "ck_needs_one_mark",
    ),
    "an activity of a need that is not accepted": (
        "UPDATE needs SET activity_id = 1",
        "ck_needs_made_when_accepted",
    ),
    "a need that became two things": (
        "UPDATE needs SET stage = 'accepted', decided_on = '2026-03-02', paragraph = '1', "
        "activity_id = 1, made_area_id = 1",
        "ck_needs_made_one_thing",
    ),
    "a need about something that is no municipality": (
        "INSERT INTO need_municipalities (need_id, organisation_id, organisation_kind) VALUES "
        "(1, 102, 'region')",
        "ck_need_municipalities_municipality",
    ),
    "support from something that is no municipality": (
        "INSERT INTO need_supports (need_id, organisation_id, organisation_kind, person_id, "
        "supported_at) VALUES (1, 102, 'region', 1, now())",
        "ck_need_supports_municipality",
    ),
    "a second support from a municipality": (
        "INSERT INTO need_supports (need_id, organisation_id, person_id, supported_at) VALUES "
        "(1, 101, 2, now())",
        "uq_need_supports_standing",
    ),
    "support that nobody withdrew": (
        "UPDATE need_supports SET withdrawn_at = now()",
        "ck_need_supports_withdrawn_by_somebody",
    ),
    "a comment that says nothing": (
        "INSERT INTO need_comments (need_id, person_id, text, written_at) VALUES (1, 1, ' ', "
        "now())",
        "ck_need_comments_text",
    ),
    "a note that says nothing": (
        "UPDATE need_notes SET text = ' '",
        "ck_need_notes_text",
    ),
    "a text for a field that no template can name": (
        "UPDATE need_texts SET name = 'Ärende'",
        "ck_need_texts_name",
    ),
    "a text that says nothing": (
        "UPDATE need_texts SET text = ''",
        "ck_need_texts_text",
    ),
    "a step of a kind that is none": (
        "INSERT INTO need_steps (need_id, person_id, taken_at, kind, from_stage, to_stage, "
        "body, met_on, paragraph, reason, takes_back_id, platform) VALUES (1, 1, now(), 'lost',"
        " NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'web')",
        "ck_need_steps_kind",
    ),
    "a step from a stage that is none": (
        "INSERT INTO need_steps (need_id, person_id, taken_at, kind, from_stage, to_stage, "
        "body, met_on, paragraph, reason, takes_back_id, platform) VALUES (1, 1, now(), "
        "'moved', 'lost', NULL, NULL, NULL, NULL, NULL, NULL, 'web')",
        "ck_need_steps_from_stage",
    ),
    "a step to a stage that is none": (
        "INSERT INTO need_steps (need_id, person_id, taken_at, kind, from_stage, to_stage, "
        "body, met_on, paragraph, reason, takes_back_id, platform) VALUES (1, 1, now(), "
        "'moved', NULL, 'lost', NULL, NULL, NULL, NULL, NULL, 'web')",
        "ck_need_steps_to_stage",
    ),
    "a step of a network": (
        "INSERT INTO need_steps (need_id, person_id, taken_at, kind, from_stage, to_stage, "
        "body, met_on, paragraph, reason, takes_back_id, platform) VALUES (1, 1, now(), "
        "'moved', NULL, 'presidium', 'network', NULL, NULL, NULL, NULL, 'web')",
        "ck_need_steps_body",
    ),
    "a step taken back that is not named": (
        "INSERT INTO need_steps (need_id, person_id, taken_at, kind, from_stage, to_stage, "
        "body, met_on, paragraph, reason, takes_back_id, platform) VALUES (1, 1, now(), "
        "'taken_back', NULL, NULL, NULL, NULL, NULL, 'x', NULL, 'web')",
        "ck_need_steps_takes_back",
    ),
    "a step that takes back a later one": (
        "INSERT INTO need_steps (id, need_id, person_id, taken_at, kind, from_stage, to_stage, "
        "body, met_on, paragraph, reason, takes_back_id, platform) VALUES (50, 1, 1, now(), "
        "'taken_back', NULL, NULL, NULL, NULL, NULL, 'x', 9999, 'web')",
        "ck_need_steps_takes_back_earlier",
    ),
    "a step taken back twice": (
        "INSERT INTO need_steps (need_id, person_id, taken_at, kind, from_stage, to_stage, "
        "body, met_on, paragraph, reason, takes_back_id, platform) VALUES (1, 1, now(), "
        "'taken_back', NULL, NULL, NULL, NULL, NULL, 'x', 1, 'web')",
        "uq_need_steps_takes_back_id",
    ),
    "a step to rest without a reason": (
        "INSERT INTO need_steps (need_id, person_id, taken_at, kind, from_stage, to_stage, "
        "body, met_on, paragraph, reason, takes_back_id, platform) VALUES (1, 1, now(), "
        "'moved', 'board', 'resting', NULL, NULL, NULL, ' ', NULL, 'web')",
        "ck_need_steps_reason_said",
    ),
    "a reason of 3,001 characters": (
        "INSERT INTO need_steps (need_id, person_id, taken_at, kind, from_stage, to_stage, "
        "body, met_on, paragraph, reason, takes_back_id, platform) VALUES (1, 1, now(), "
        "'moved', 'board', 'resting', NULL, NULL, NULL, repeat('å', 3001), NULL, 'web')",
        "ck_need_steps_lengths",
    ),
    "a decision without its paragraph": (
        "INSERT INTO need_steps (need_id, person_id, taken_at, kind, from_stage, to_stage, "
        "body, met_on, paragraph, reason, takes_back_id, platform) VALUES (1, 1, now(), "
        "'moved', 'board', 'accepted', 'board', '2026-03-02', NULL, NULL, NULL, 'web')",
        "ck_need_steps_accepted_with_paragraph",
    ),
    "an assignment without a title": (
        "UPDATE assignments SET title = ' '",
        "ck_assignments_title",
    ),
    "an assignment explained at too great length": (
        "UPDATE assignments SET reason = repeat('å', 3001)",
        "ck_assignments_lengths",
    ),
    "an assignment of no hours": (
        "UPDATE assignments SET hours = 0",
        "ck_assignments_hours",
    ),
    "an assignment for nobody": (
        "UPDATE assignments SET person_id = NULL, network_id = 101, wanted = 0",
        "ck_assignments_wanted",
    ),
    "an assignment for several that asks one": (
        "UPDATE assignments SET wanted = 2",
        "ck_assignments_several_of_a_network",
    ),
    "an assignment that asks both a person and a network": (
        "UPDATE assignments SET network_id = 101",
        "ck_assignments_one_asked",
    ),
    "an assignment asked of something that is no municipality": (
        "UPDATE assignments SET person_id = NULL, organisation_id = 102, organisation_kind = "
        "'region'",
        "ck_assignments_municipality",
    ),
    "a milestone of no activity": (
        "UPDATE assignments SET milestone_id = 1",
        "ck_assignments_milestone",
    ),
    "an assignment in a state that is none": (
        "UPDATE assignments SET state = 'lost'",
        "ck_assignments_state",
    ),
    "a part in a state that is none": (
        "UPDATE assignment_parts SET state = 'lost'",
        "ck_assignment_parts_state",
    ),
    "a promise of less than no hours": (
        "UPDATE assignment_parts SET hours = -1",
        "ck_assignment_parts_hours",
    ),
    "another date proposed that is none": (
        "UPDATE assignment_parts SET state = 'proposed', director_id = 1",
        "ck_assignment_parts_proposed",
    ),
    "a question of priority to no director": (
        "UPDATE assignment_parts SET state = 'priority'",
        "ck_assignment_parts_director",
    ),
    "a second part of the same person": (
        "INSERT INTO assignment_parts (id, assignment_id, person_id, state, state_since) VALUES"
        " (50, 1, 2, 'accepted', now())",
        "uq_assignment_parts_living",
    ),
    "something done to an assignment that is nothing": (
        "INSERT INTO assignment_steps (assignment_id, person_id, taken_at, kind, from_state, "
        "to_state, hours, reason, platform) VALUES (1, 1, now(), 'lost', NULL, NULL, NULL, "
        "NULL, 'web')",
        "ck_assignment_steps_kind",
    ),
    "a part that leaves a state that is none": (
        "INSERT INTO assignment_steps (assignment_id, person_id, taken_at, kind, from_state, "
        "to_state, hours, reason, platform) VALUES (1, 1, now(), 'done', 'lost', NULL, NULL, "
        "NULL, 'web')",
        "ck_assignment_steps_from_state",
    ),
    "a part that comes to a state that is none": (
        "INSERT INTO assignment_steps (assignment_id, person_id, taken_at, kind, from_state, "
        "to_state, hours, reason, platform) VALUES (1, 1, now(), 'done', NULL, 'lost', NULL, "
        "NULL, 'web')",
        "ck_assignment_steps_to_state",
    ),
    "less than no hours used": (
        "INSERT INTO assignment_steps (assignment_id, person_id, taken_at, kind, from_state, "
        "to_state, hours, reason, platform) VALUES (1, 1, now(), 'progress', NULL, NULL, -1, "
        "NULL, 'web')",
        "ck_assignment_steps_hours",
    ),
    "an answer of 3,001 characters": (
        "INSERT INTO assignment_steps (assignment_id, person_id, taken_at, kind, from_state, "
        "to_state, hours, reason, platform) VALUES (1, 1, now(), 'progress', NULL, NULL, NULL, "
        "repeat('å', 3001), 'web')",
        "ck_assignment_steps_lengths",
    ),
    "an assignment declined without a reason": (
        "INSERT INTO assignment_steps (assignment_id, person_id, taken_at, kind, from_state, "
        "to_state, hours, reason, platform) VALUES (1, 1, now(), 'declined', NULL, NULL, NULL, "
        "' ', 'web')",
        "ck_assignment_steps_reason_said",
    ),
}
