"""Statements about questions in plain Swedish that the database refuses."""

ASKED = (
    "INSERT INTO last_questions (person_id, conversation_id, intent, filters, asked_at) "
    "SELECT 1, id, 'status', '{}', now() FROM conversations "
)
NOT_ANSWERED = (
    "INSERT INTO unanswered_questions (words, reason, times, first_at, last_at) "
    "VALUES ({}, now(), now())"
)
SYNONYM = "INSERT INTO question_synonyms (phrase, means, made_by, made_at) VALUES ({}, 1, now())"

BAD_QUESTIONS = {
    "a question left for no reason": (
        NOT_ANSWERED.format("'nar ar det jul', 'lazy', 1"),
        "ck_unanswered_questions_reason",
    ),
    "a question never asked": (
        NOT_ANSWERED.format("'nar ar det jul', 'outside', 0"),
        "ck_unanswered_questions_times",
    ),
    "a question of no words": (
        NOT_ANSWERED.format("'', 'outside', 1"),
        "ck_unanswered_questions_words",
    ),
    "the same question twice on the list": (
        NOT_ANSWERED.format(
            "'nar ar det jul', 'outside', 1, now(), now()), ('nar ar det jul', 'outside', 1"
        ),
        "uq_unanswered_questions_words",
    ),
    "a synonym of nothing": (
        SYNONYM.format("'', 'KOM-03'"),
        "ck_question_synonyms_phrase",
    ),
    "a synonym for nothing": (
        SYNONYM.format("'batteriet', ''"),
        "ck_question_synonyms_means",
    ),
    "a synonym for two things": (
        SYNONYM.format("'batteriet', 'KOM-03', 1, now()), ('batteriet', 'KOM-04'"),
        "uq_question_synonyms_phrase",
    ),
}
