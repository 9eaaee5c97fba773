"""Appeals, services, what units were told, on both databases: kept, logged, verified."""

from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256

import pytest
from sqlalchemy import text

from domain.clock import Month
from domain.errors import InputError, RefusedError
from domain.events import Event, EventState
from domain.records import Appeal, AppealOutcome, FileRef, Service, ServiceStep, Told, ToldKind
from storage.archive import Archive
from tests.storage.seen import event, night

PROOF = "停机通知".encode()
FILE = FileRef(name="证明.txt", sha256=sha256(PROOF).hexdigest(), size_bytes=len(PROOF))


def stored(archive: Archive, **more: object) -> Event:
    confirmed = {"state": EventState.CONFIRMED, "confirmed_at": night(1)}
    [saved] = archive.save_events(
        [event((night(0), 1), (night(1), 2), **confirmed, **more)], [], run=None, at=night(1)
    )
    return saved


def filed(archive: Archive, event_id: int) -> int:
    appeal = Appeal(event_id=event_id, filed_by="赵六", reason="误判", filed_at=night(2), files=(FILE,))
    return archive.file_appeal(appeal, {FILE.sha256: PROOF})


def issued(archive: Archive, event_id: int, deadline: date = date(2026, 10, 22)) -> int:
    return archive.issue_notice(
        Month(2026, 9), number=1, issued_on=date(2026, 10, 9), deadline=deadline, event_ids=[event_id],
        report={}, by="王五", at=night(3),
    )  # fmt: skip


def test_an_appeal_is_kept_with_its_files_and_decided_once(archive: Archive) -> None:
    number = stored(archive).id or 0
    filed(archive, number)
    with pytest.raises(RefusedError, match="还没有决定"):
        filed(archive, number)
    kept = archive.event(number)
    assert kept is not None
    assert kept.open_appeal is not None
    assert kept.open_appeal.files == (FILE,)
    assert archive.body(FILE.sha256) == PROOF
    archive.decide_appeal(number, AppealOutcome.UPHELD, by="孙七", why="核实", at=night(4))
    [appeal] = archive.appeals()
    assert (appeal.outcome, appeal.decided_by, appeal.decided_at) == (AppealOutcome.UPHELD, "孙七", night(4))
    with pytest.raises(RefusedError, match="没有待决定"):
        archive.decide_appeal(number, AppealOutcome.UPHELD, by="孙七", why="核实", at=night(4))
    assert archive.verify().ok
    with pytest.raises(InputError, match="没有编号"):
        filed(archive, 99)


def test_an_event_carries_its_first_notice(archive: Archive) -> None:
    number = stored(archive).id or 0
    issued(archive, number)
    archive.issue_notice(
        Month(2026, 10), number=2, issued_on=date(2026, 11, 9), deadline=date(2026, 11, 23),
        event_ids=[number], report={}, by="王五", at=night(30),
    )  # fmt: skip
    kept = archive.event(number)
    assert kept is not None
    assert (kept.state, kept.notified_at, kept.deadline) == (
        EventState.NOTIFIED, night(3), date(2026, 10, 22),
    )  # fmt: skip


def test_an_event_put_right_before_its_notice_is_rectified_at_once(archive: Archive) -> None:
    number = stored(archive, closed_at=night(2), closed_by=3).id or 0
    issued(archive, number)
    kept = archive.event(number)
    assert kept is not None
    assert kept.state is EventState.RECTIFIED
    assert archive.verify().ok


def test_services_add_up_in_order(archive: Archive) -> None:
    notice = issued(archive, stored(archive).id or 0)
    first = Service(
        notice_id=notice, unit_id="caizhengju", step=ServiceStep.SERVED, on=date(2026, 10, 10), person="李",
        by="王五", at=night(4), note="当面",
    )  # fmt: skip
    second = replace(first, on=date(2026, 10, 11), at=night(5))
    for one in (first, second):
        archive.record_service(one)
    assert archive.services(notice) == [first, second]
    assert archive.services(notice + 1) == []
    assert archive.verify().ok


def test_a_topic_is_told_once(archive: Archive) -> None:
    told = Told(
        unit_id="u", kind=ToldKind.SIGHTING, topic="event:1", sentence="首次发现", by="系统", at=night(0)
    )
    again = replace(told, sentence="又说一遍", at=night(1))
    other = replace(told, unit_id="v")
    assert archive.record_told([told, again]) == [told]
    assert archive.record_told([again, other]) == [other]
    assert archive.told("u") == [told]
    assert archive.told() == [told, other]
    assert archive.verify().ok


@pytest.mark.parametrize("tampered", [
    "UPDATE appeal SET reason = 'x'",
    "DELETE FROM appeal",
    "UPDATE service SET person = 'x'",
    "DELETE FROM service",
    "UPDATE told SET sentence = 'x'",
    "DELETE FROM told",
])  # fmt: skip
def test_what_people_entered_cannot_be_changed_unnoticed(archive: Archive, tampered: str) -> None:
    number = stored(archive).id or 0
    filed(archive, number)
    notice = issued(archive, number)
    archive.record_service(
        Service(
            notice_id=notice,
            unit_id="u",
            step=ServiceStep.SERVED,
            on=date(2026, 10, 10),
            person="李",
            by="王五",
            at=night(4),
        )  # fmt: skip
    )
    archive.record_told(
        [Told(unit_id="u", kind=ToldKind.SIGHTING, topic="event:1", sentence="说", by="系统", at=night(0))]
    )
    assert archive.verify().ok
    with archive._db.write() as session:
        session.execute(text(tampered))
    assert not archive.verify().ok


def test_logged_moments_are_utc_whatever_the_clock_gave(archive: Archive) -> None:
    from domain.clock import BEIJING

    gone = stored(archive)
    archive.save_events([], [gone], run=None, at=(night(2) + timedelta(hours=1)).astimezone(BEIJING))
    assert archive.verify().ok
