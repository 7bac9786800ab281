"""The schema: made by migrations, the same as the models, and guarding itself."""

import os
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from psycopg.errors import IntegrityError
from sqlalchemy import create_engine, make_url

from storage.migrate import current_revision, head_revision, is_current, upgrade
from storage.models import Base
from storage.models.triggers import APPEND_ONLY


@pytest.fixture
def empty_url(server_url: str) -> Generator[str]:
    """A database with nothing in it."""
    name = f"empty_{os.getpid()}"
    with psycopg.connect(server_url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE template0".encode())
    yield make_url(server_url).set(database=name).render_as_string(hide_password=False)
    with psycopg.connect(server_url, autocommit=True) as server:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def test_the_server_is_the_one_asked_for(server_url: str):
    with psycopg.connect(server_url) as server:
        major = server.info.server_version // 10_000
    assert major == int(os.environ.get("SAMSPEL_TEST_POSTGRES", "18"))


def test_an_empty_database_gets_every_step_and_the_federation(empty_url: str):
    assert current_revision(empty_url) is None
    upgrade(empty_url, federation="Skaraborgs Kommunalförbund")
    assert current_revision(empty_url) == head_revision()
    assert is_current(empty_url)
    with psycopg.connect(empty_url) as db:
        found = db.execute("SELECT name FROM organisations WHERE kind = 'federation'").fetchall()
    assert found == [("Skaraborgs Kommunalförbund",)]


def test_a_second_time_changes_nothing_also_under_another_name(empty_url: str):
    upgrade(empty_url, federation="Kommunalförbundet")
    upgrade(empty_url, federation="Någon annan")
    with psycopg.connect(empty_url) as db:
        found = db.execute("SELECT name FROM organisations").fetchall()
    assert found == [("Kommunalförbundet",)]


def test_bots_that_start_at_once_upgrade_it_once(empty_url: str):
    with ThreadPoolExecutor(4) as pool:
        started = [pool.submit(upgrade, empty_url, federation="Förbundet") for _ in range(4)]
        for each in started:
            each.result(60)
    assert is_current(empty_url)
    with psycopg.connect(empty_url) as db:
        assert db.execute("SELECT count(*) FROM organisations").fetchone() == (1,)


def test_the_schema_is_that_of_the_models(database_url: str):
    engine = create_engine(make_url(database_url).set(drivername="postgresql+psycopg"))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def _constraints(db: psycopg.Connection) -> set[str]:
    found = db.execute(
        "SELECT conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace "
        "AND contype IN ('c', 'x', 'u', 'f', 'p')"
    )
    return {name for (name,) in found}


def test_every_check_of_the_models_is_in_the_database(database_url: str):
    """Alembic compares neither checks nor exclusions."""
    wanted = {
        str(constraint.name)
        for table in Base.metadata.tables.values()
        for constraint in table.constraints
        if constraint.name is not None
    }
    with psycopg.connect(database_url) as db:
        assert wanted <= _constraints(db)


SCENE = """
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
INSERT INTO digests (audience, period, covers_from, covers_to, made_at, view, told)
  VALUES ('manager', '2026-W10', '2026-03-02', '2026-03-09', '2026-03-09', '{}', '{}');
"""

REPORT = (
    "INSERT INTO status_reports (activity_id, person_id, status, situation, deviation, measure, "
    "decision_from, decision, percent, replaces_id, reported_at, platform) "
    "VALUES (1, 1, {}, now(), 'web')"
)

BAD = {
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
    "a negative budget": ("UPDATE activity_values SET budget = -1", "ck_activity_values_budget"),
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
}


@pytest.mark.parametrize("case", BAD)
def test_the_database_itself_refuses(database_url: str, case: str):
    statement, constraint = BAD[case]
    with psycopg.connect(database_url) as db:
        db.execute(SCENE)
        with pytest.raises(IntegrityError) as refused:
            db.execute(statement.encode())
    assert refused.value.diag.constraint_name == constraint


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"]
)
def test_what_was_written_stands(database_url: str, table: str, statement: str):
    with psycopg.connect(database_url) as db:
        db.execute(SCENE)
        with pytest.raises(IntegrityError, match="append-only"):
            db.execute(statement.format(table).encode())


def test_a_change_in_the_plan_is_seen_by_every_replica(database_url: str):
    with psycopg.connect(database_url, autocommit=True) as db:
        db.execute(SCENE)
        asked = "SELECT number FROM revisions WHERE name = 'plan'"
        before = db.execute(asked).fetchone()
        db.execute("UPDATE activity_values SET title = 'Rådet för kompetens'")
        after = db.execute(asked).fetchone()
    assert before is not None
    assert after is not None
    assert after[0] > before[0]
