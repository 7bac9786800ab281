"""Statements about choices for digests and reports to meetings that the database refuses."""

CHOSEN = (
    "INSERT INTO digest_settings (audience, rhythm, rhythm_since, changed_by, changed_at) "
    "VALUES ('network:1', {}, 1, now())"
)
DRAFTED = (
    "INSERT INTO meeting_reports (meeting_id, kind, state, covers_from, covers_to, sections, told, "
    "drafted_at, edited_by, sent_by) SELECT id, {}, NULL FROM meetings LIMIT 1"
)
SPAN = "'2026-01-01', '2026-02-01', '{}', '{}', now()"

BAD_DIGESTS = {
    "a digest every day": (CHOSEN.format("'daily', now()"), "ck_digest_settings_rhythm"),
    "a rhythm since no time": (CHOSEN.format("'weekly', NULL"), "ck_digest_settings_rhythm_since"),
    "a report of a kind that there is none of": (
        DRAFTED.format(f"'gossip', 'drafted', {SPAN}, NULL"),
        "ck_meeting_reports_kind",
    ),
    "a report in no known state": (
        DRAFTED.format(f"'status', 'lost', {SPAN}, NULL"),
        "ck_meeting_reports_state",
    ),
    "a report of no time": (
        DRAFTED.format("'status', 'drafted', now(), now(), '{}', '{}', now(), NULL"),
        "ck_meeting_reports_span",
    ),
    "a report edited at no time": (
        DRAFTED.format(f"'status', 'drafted', {SPAN}, 1"),
        "ck_meeting_reports_edited",
    ),
    "a report sent by nobody": (
        DRAFTED.format(f"'status', 'sent', {SPAN}, NULL"),
        "ck_meeting_reports_sent",
    ),
    "two reports to a meeting": (
        DRAFTED.format(f"'status', 'drafted', {SPAN}, NULL").replace(
            "FROM meetings LIMIT 1", "FROM (SELECT id FROM meetings LIMIT 1) m, (VALUES (1), (2)) v"
        ),
        "uq_meeting_reports_meeting_id",
    ),
}
