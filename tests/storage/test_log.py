from collections.abc import Callable
from datetime import date
from decimal import Decimal
from hashlib import sha256

import pytest
from sqlalchemy import Connection, create_engine, make_url, text

from domain.clock import Month
from domain.events import Decision, DecisionKind
from domain.looks import LookKind
from storage.archive import Archive
from storage.types import canonical
from tests.storage.seen import NIGHT, event, night, row, seen, start

Tamper = Callable[[str], None]


@pytest.fixture
def tamper(database_url: str, archive: Archive) -> Tamper:
    """Change the database behind the archive's back, as somebody with the file could."""

    def run(statement: str) -> None:
        url = make_url(database_url)
        if url.get_backend_name() == "postgresql":
            url = url.set(drivername="postgresql+psycopg")
        engine = create_engine(url)
        with engine.begin() as connection:
            _free(connection)
            connection.execute(text(statement))
        engine.dispose()

    return run


def _free(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.execute(text("PRAGMA foreign_keys=OFF"))


def fill(archive: Archive) -> None:
    [saved] = archive.save_events([event((night(0), 1))], [], run=None, at=night(0))
    decision = Decision(kind=DecisionKind.CONFIRM, by="李强", reason="属实", at=night(1))
    archive.add_decision(saved.id or 0, decision)
    archive.close_month(Month(2026, 9), sheets=[{"total": "98"}], report={"项": 1}, by="李强", at=night(2))
    archive.issue_notice(
        Month(2026, 9), number=1, issued_on=date(2026, 10, 12), deadline=date(2026, 10, 26),
        event_ids=[saved.id or 0], report={"期": "1"}, by="李强", at=night(2),
    )  # fmt: skip
    archive.append_log("note", "unit:caizhengju", {"text": "备注"}, actor="李强", at=night(3))


def test_every_entry_carries_the_hash_of_all_before_it(archive: Archive) -> None:
    for number in range(3):
        archive.append_log("note", "x", {"b": Decimal("0.5"), "a": "字", "n": number}, actor="李强", at=NIGHT)
    first, second, third = archive.history("x")
    fields = {
        "seq": 2, "at": NIGHT, "actor": "李强", "type": "note", "subject": "x",
        "payload": {"b": "0.5", "a": "字", "n": 1},
    }  # fmt: skip
    assert second.hash == sha256((first.hash + canonical(fields)).encode()).hexdigest()
    assert (first.prev_hash, third.prev_hash) == ("", second.hash)
    result = archive.verify()
    assert (result.ok, result.count, result.head, result.broken_at, result.why) == (
        True,
        3,
        third.hash,
        None,
        "",
    )


def test_an_untouched_database_is_whole(archive: Archive) -> None:
    assert archive.verify().ok
    fill(archive)
    result = archive.verify()
    assert (result.ok, result.why, result.count) == (True, "", 6)


@pytest.mark.parametrize(
    ("statement", "broken_at"),
    [
        ("UPDATE log SET payload = replace(payload, '属实', '不实') WHERE seq = 2", 2),
        ("UPDATE log SET payload = 'x' WHERE seq = 2", 2),
        ("UPDATE log SET actor = '王芳' WHERE seq = 4", 4),
        ("UPDATE log SET prev_hash = 'x' WHERE seq = 3", 3),
        ("DELETE FROM log WHERE seq = 1", 1),
        ("DELETE FROM log WHERE seq = 3", 3),
        ("DELETE FROM log WHERE seq = 6", 6),
        ("UPDATE event SET state = '撤销'", 4),
        ("UPDATE event SET confirmed_at = opened_at", 4),
        ("UPDATE event SET sightings = '[]'", 4),
        ("UPDATE event SET notified = (1=0)", 4),
        ("UPDATE decision SET reason = '不实'", 4),
        ("DELETE FROM decision", 4),
        ("UPDATE closed_month SET sheets = replace(sheets, '98', '99')", 3),
        ("DELETE FROM closed_month", 3),
        ("UPDATE notice SET deadline = issued_on", 5),
    ],
)
def test_what_is_changed_behind_its_back_is_named(
    archive: Archive, tamper: Tamper, statement: str, broken_at: int
) -> None:
    fill(archive)
    tamper(statement)
    result = archive.verify()
    assert (result.ok, result.broken_at) == (False, broken_at)
    assert result.why


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE observation SET newest_on = '2026-01-01' WHERE look = 'attested'",
        "UPDATE observation SET attested_by = '王芳' WHERE look = 'attested'",
        "UPDATE observation SET body_sha256 = NULL WHERE look = 'attested'",
        "UPDATE observation SET look = 'attested' WHERE look = 'on_demand'",
        "UPDATE observation SET look = 'official' WHERE look = 'attested'",
        "UPDATE demand_check SET adopted_at = asked_at, adopted_by = '王芳'",
        "DELETE FROM notice_item",
    ],
)
def test_what_people_saw_and_adopted_is_held_against_the_log(
    archive: Archive, tamper: Tamper, statement: str
) -> None:
    fill(archive)
    said = seen(NIGHT, [row("a", date(2026, 10, 1))], look=LookKind.ATTESTED, http_status=None, body=b"proof")
    archive.record(None, [said], actor="李强")
    check = archive.ask_check("czj", NIGHT)
    archive.record(start(archive), [seen(NIGHT, [], look=LookKind.ON_DEMAND, check_id=check)])
    assert archive.verify().ok
    tamper(statement)
    result = archive.verify()
    assert not result.ok
    assert result.why


def test_an_event_never_logged_is_noticed(archive: Archive, tamper: Tamper) -> None:
    fill(archive)
    tamper(
        "INSERT INTO event SELECT 77, unit_id, 'column:other', clause_id, test_id, opened_at, sightings,"
        " measured, limit_text, why, newest_on, date_source, closed_at, closed_by, held, state, confirmed_at,"
        " notified, period FROM event"
    )
    result = archive.verify()
    assert (result.ok, result.broken_at) == (False, None)
    assert "event:77" in result.why


def test_a_deleted_event_is_noticed(archive: Archive, tamper: Tamper) -> None:
    archive.save_events([event((night(0), 1))], [], run=None, at=night(0))
    tamper("DELETE FROM event")
    assert archive.verify().broken_at == 1
