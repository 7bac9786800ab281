"""What tables alone cannot say: rows that nobody may change or take away."""

APPEND_ONLY = (
    "audit_lines",
    "status_reports",
    "milestone_changes",
    "need_comments",
    "need_steps",
    "assignment_steps",
    "poll_proposals",
    "poll_shares",
    "poll_steps",
    "poll_outcomes",
    "poll_decisions",
    "application_steps",
)
"""Tables whose rows stand as written; disposal works through a function of its own."""

REFUSE_CHANGE = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def append_only(table: str) -> tuple[str, str]:
    """The two triggers that make `table` refuse UPDATE, DELETE and TRUNCATE."""
    return (
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    )


GROW_REVISION = """
CREATE FUNCTION grow_plan_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO revisions (name, number) VALUES ('plan', 1)
    ON CONFLICT (name) DO UPDATE SET number = revisions.number + 1;
  RETURN NULL;
END $$
"""

IN_THE_PLAN = (
    "organisations",
    "people",
    "bodies",
    "focus_areas",
    "directions",
    "plan_versions",
    "activities",
    "activity_values",
    "participations",
    "funding_lines",
    "milestones",
    "planned_milestones",
    "milestone_changes",
    "marks",
    "employments",
    "post_holdings",
)
"""Tables that the plan in memory and the names that questions hold are read from; a change in one
makes every replica read anew."""


def grows_revision(table: str) -> str:
    """The trigger that lets the plan's revision grow with each statement on `table`."""
    return (
        f"CREATE TRIGGER {table}_grow_plan_revision AFTER INSERT OR UPDATE OR DELETE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION grow_plan_revision()"
    )


KNOW_CONNECTION = """
CREATE FUNCTION know_connection() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.connection_id := (SELECT connection_id FROM conversations WHERE id = NEW.conversation_id);
  RETURN NEW;
END $$
"""

MESSAGES_KNOW_CONNECTION = (
    "CREATE TRIGGER messages_know_connection BEFORE INSERT OR UPDATE OF state ON messages "
    "FOR EACH ROW WHEN (NEW.connection_id IS NULL) EXECUTE FUNCTION know_connection()"
)


STAND_BY_REPORT = """
CREATE FUNCTION stand_by_report() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO activity_standings AS s
    (activity_id, report_id, status, decision_from, reported_at, reported_on, before_known)
  VALUES (NEW.activity_id, NEW.id, NEW.status, NEW.decision_from, NEW.reported_at,
    CAST(NEW.reported_at AT TIME ZONE 'Europe/Stockholm' AS date), true)
  ON CONFLICT (activity_id) DO UPDATE SET report_id = excluded.report_id,
    status = excluded.status, decision_from = excluded.decision_from,
    reported_at = excluded.reported_at, reported_on = excluded.reported_on,
    before_known = true, before_status = s.status, before_at = s.reported_at
  WHERE NEW.replaces_id IS NULL
    AND (excluded.reported_at, excluded.report_id) > (s.reported_at, s.report_id);
  IF NOT FOUND THEN
    UPDATE activity_standings s SET report_id = r.id, status = r.status,
      decision_from = r.decision_from, reported_at = r.reported_at,
      reported_on = CAST(r.reported_at AT TIME ZONE 'Europe/Stockholm' AS date),
      before_known = false, before_status = NULL, before_at = NULL
    FROM (SELECT l.id, l.status, l.decision_from, l.reported_at FROM status_reports l
      WHERE l.activity_id = NEW.activity_id
        AND NOT EXISTS (SELECT FROM status_reports x WHERE x.replaces_id = l.id)
      ORDER BY l.reported_at DESC, l.id DESC LIMIT 1) r
    WHERE s.activity_id = NEW.activity_id;
  END IF;
  RETURN NULL;
END $$
"""
"""The latest report that no correction has replaced stands, whichever of two at once is written
last: the first statement locks the row, so that the second sees what others have written."""

REPORTS_STAND = (
    "CREATE TRIGGER status_reports_stand AFTER INSERT ON status_reports "
    "FOR EACH ROW EXECUTE FUNCTION stand_by_report()"
)


def all_statements() -> list[str]:
    """Every function and trigger, in the order they are made."""
    return [
        REFUSE_CHANGE,
        *(statement for table in APPEND_ONLY for statement in append_only(table)),
        GROW_REVISION,
        *(grows_revision(table) for table in IN_THE_PLAN),
        KNOW_CONNECTION,
        MESSAGES_KNOW_CONNECTION,
        STAND_BY_REPORT,
        REPORTS_STAND,
    ]
