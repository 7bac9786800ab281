"""Statements about absences, reminders and questions that the database refuses."""

AWAY = (
    "INSERT INTO absences (person_id, starts_on, ends_on, deputy_id, source, noted_at) "
    "VALUES (1, {}, now())"
)
REMINDED = "INSERT INTO reminders (person_id, day, made_at) VALUES (1, '2026-03-02', now())"
THING = (
    "WITH reminded AS (INSERT INTO reminders (person_id, day, made_at) VALUES (1, {}, now()) "
    "RETURNING id) INSERT INTO reminder_things (reminder_id, thing, person_id, step, answer, "
    "answered_at) SELECT id, {} FROM reminded"
)
ASKED = (
    "INSERT INTO report_questions (report_id, activity_id, asked_by, question, asked_at, "
    "answered_by, answer, answered_at) VALUES (1, 1, 1, {}) "
)

BAD_REMINDERS = {
    "a letter of a kind that nobody can stop": (
        "UPDATE messages SET letter = 'advertisement'",
        "ck_messages_letter",
    ),
    "reminders of a kind that there is none of": (
        "UPDATE bodies SET reminder_level = 'loud'",
        "ck_bodies_reminder_level",
    ),
    "away for no time": (
        AWAY.format("'2026-03-02', '2026-03-02', NULL, 'person'"),
        "ck_absences_period",
    ),
    "one's own deputy": (
        AWAY.format("'2026-03-02', '2026-03-03', 1, 'person'"),
        "ck_absences_deputy_is_another",
    ),
    "away by hearsay": (
        AWAY.format("'2026-03-02', '2026-03-03', NULL, 'hearsay'"),
        "ck_absences_source",
    ),
    "away twice at once": (
        AWAY.format(
            "'2026-03-02', '2026-03-09', NULL, 'person', now()), "
            "(1, '2026-03-05', '2026-03-12', NULL, 'status'"
        ),
        "ex_absences_overlap",
    ),
    "two reminders on one day": (
        f"{REMINDED}, (1, '2026-03-02', now())",
        "uq_reminders_person_id_day",
    ),
    "one step of a thing twice": (
        THING.format("'2026-03-02', now()), (1, '2026-03-03'", "'x', 1, '1', NULL, NULL"),
        "uq_reminder_things_person_id_thing_step",
    ),
    "an answer that nobody can give": (
        THING.format("'2026-03-02'", "'x', 1, '1', 'never', now()"),
        "ck_reminder_things_answer",
    ),
    "an answer at no time": (
        THING.format("'2026-03-02'", "'x', 1, '1', 'later', NULL"),
        "ck_reminder_things_answered_at",
    ),
    "a question of nothing": (
        ASKED.format("' ', now(), NULL, NULL, NULL"),
        "ck_report_questions_question",
    ),
    "an answer of nothing": (
        ASKED.format("'x', now(), 1, ' ', now()"),
        "ck_report_questions_answer",
    ),
    "an answer by nobody": (
        ASKED.format("'x', now(), NULL, 'y', now()"),
        "ck_report_questions_answered",
    ),
}
