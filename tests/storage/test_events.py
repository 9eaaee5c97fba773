from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.errors import InputError, OvertakenError
from domain.events import Decision, DecisionKind, Event, EventState
from domain.readings import DateSource
from storage.archive import Archive
from tests.storage.seen import NIGHT, event, night, record, seen


def kinds(archive: Archive, saved: Event) -> list[str]:
    return [entry.type for entry in archive.history(f"event:{saved.id}")]


def save(archive: Archive, *now: Event, gone: tuple[Event, ...] = (), number: int = 0) -> list[Event]:
    return archive.save_events(now, gone, run=None, at=night(number))


def test_an_event_comes_back_as_it_was_saved(archive: Archive) -> None:
    made = event(
        (night(0), 1), (night(1), 2), newest_on=date(2026, 9, 25), date_source=DateSource.ROW,
        confirmed_at=night(1), state=EventState.CONFIRMED, held="疑似倒填",
    )  # fmt: skip
    [saved] = save(archive, made)
    assert saved == replace(made, id=saved.id)
    assert archive.event(saved.id or 0) == saved
    assert archive.event(99) is None


def test_each_change_is_logged_once_with_its_evidence(archive: Archive) -> None:
    ids = [i for n in range(3) for i in record(archive, seen(night(n), [], body=b"%d" % n))]
    [first] = save(archive, event((night(0), ids[0])))
    save(archive, first)
    assert kinds(archive, first) == ["event.opened"]
    twice = replace(
        first, sightings=event((night(0), ids[0]), (night(1), ids[1])).sightings, measured="16 天"
    )
    save(archive, twice)
    assert kinds(archive, first) == ["event.opened"]  # seen again in the same month: kept, not logged
    assert archive.event(first.id or 0) == twice
    sure = replace(twice, confirmed_at=night(1), state=EventState.CONFIRMED)
    save(archive, sure, number=1)
    closed = replace(sure, closed_at=night(2), closed_by=ids[2])
    save(archive, closed, number=2)
    save(archive, sure, number=3)
    later = replace(sure, sightings=(*sure.sightings, *event((night(25), 9)).sightings))
    save(archive, later, number=25)
    fewer = replace(later, sightings=later.sightings[1:])
    save(archive, fewer, number=26)
    assert kinds(archive, first) == [
        "event.opened", "event.confirmed", "event.closed", "event.reopened", "event.seen_in_new_month",
        "event.resighted",
    ]  # fmt: skip
    entry = archive.history(f"event:{first.id}")[1]
    assert entry.payload["changes"] == ["confirmed", "state"]
    assert entry.payload["evidence"][1]["sha256"] == archive.look(ids[1]).body_sha256
    assert archive.verify().ok


def test_a_closed_event_makes_room_for_its_successor(archive: Archive) -> None:
    [first] = save(archive, event((night(0), 1)))
    closed = replace(first, closed_at=night(2), closed_by=3)
    [new, old] = save(archive, event((night(4), 4)), closed, number=4)
    assert (old.id, old.open, new.open) == (first.id, False, True)
    assert new.id != first.id
    assert archive.events(open_only=True) == [new]
    assert archive.events(unit_id="caizhengju", subject_id="column:dt", test_id="A1-18a") == [old, new]
    assert archive.events(unit_id="other") == []


def test_two_judges_of_one_breach_store_one_event(archive: Archive) -> None:
    [mine] = save(archive, event((night(0), 1)))
    [theirs] = save(archive, event((night(0), 1), (night(1), 2)), number=1)
    assert theirs.id == mine.id
    assert len(archive.events()) == 1


def test_an_event_that_no_longer_stands_is_withdrawn_with_the_reason_and_may_return(archive: Archive) -> None:
    [saved] = save(archive, event((night(0), 1), confirmed_at=night(0), state=EventState.CONFIRMED))
    save(archive, gone=(saved,), number=1)
    withdrawn = archive.event(saved.id or 0)
    assert withdrawn
    assert (withdrawn.state, withdrawn.open, withdrawn.confirmed_at) == (EventState.WITHDRAWN, False, None)
    assert "不再成立" in archive.history(f"event:{saved.id}")[-1].payload["reason"]
    save(archive, gone=(withdrawn,), number=2)
    assert kinds(archive, saved) == ["event.opened", "event.recalculated"]
    save(archive, saved, number=3)
    assert kinds(archive, saved)[-1] == "event.confirmed"
    assert archive.verify().ok


def test_decisions_are_appended_logged_and_kept_by_later_saves(archive: Archive) -> None:
    [saved] = save(archive, event((night(0), 1)))
    confirm = Decision(
        kind=DecisionKind.CONFIRM, by="李强", reason="属实", at=night(1), points=Decimal("1.50")
    )
    exempt = Decision(
        kind=DecisionKind.EXEMPT, by="李强", reason="机构改革", at=night(2), until=date(2026, 10, 31)
    )
    archive.add_decision(saved.id or 0, confirm)
    archive.add_decision(saved.id or 0, exempt)
    [judged] = archive.events()
    [again] = save(archive, replace(judged, measured="16 天"))
    assert again.decisions == (confirm, exempt)
    assert archive.events()[0].decisions == (confirm, exempt)
    entry = archive.history(f"event:{saved.id}")[1]
    assert (entry.actor, entry.payload["decision"]["points"]) == ("李强", "1.50")
    assert archive.verify().ok
    with pytest.raises(InputError, match="没有编号为 99"):
        archive.add_decision(99, confirm)


def test_what_was_judged_before_a_decision_is_not_saved_after_it(archive: Archive) -> None:
    """Else the state that was worked out without it would stand beside the decision."""
    [judged] = save(archive, event((night(0), 1)))
    withdraw = Decision(kind=DecisionKind.WITHDRAW, by="李强", reason="平台故障", at=night(1))
    archive.add_decision(judged.id or 0, withdraw)
    for stale in (judged, replace(judged, id=None)):
        with pytest.raises(OvertakenError, match="有人作了决定"):
            save(archive, event((night(0), 7), subject_id="column:other"), stale)
    [stored] = archive.events()
    assert stored.decisions == (withdraw,)


def test_a_span_that_grows_backwards_is_logged(archive: Archive) -> None:
    [saved] = save(archive, event((night(1), 2)))
    save(archive, replace(saved, sightings=event((night(0), 1), (night(1), 2)).sightings))
    assert kinds(archive, saved) == ["event.opened", "event.respanned"]


def test_the_moment_of_saving_stands_in_the_log(archive: Archive) -> None:
    [saved] = save(archive, event((NIGHT, 1)), number=3)
    [entry] = archive.history(f"event:{saved.id}")
    assert (entry.at, entry.actor) == (night(3), "rejudge")
