from datetime import date

import pytest

from domain.clock import Month
from domain.errors import InputError, RefusedError
from domain.events import EventState
from storage.archive import Archive
from tests.storage.seen import event, night

OCTOBER = Month(2026, 10)


def issue(archive: Archive, month: Month, number: int, *event_ids: int) -> int:
    return archive.issue_notice(
        month, number=number, issued_on=date(2026, 11, 5), deadline=date(2026, 11, 19),
        event_ids=event_ids, report={"标题": "通报"}, by="李强", at=night(26),
    )  # fmt: skip


def test_a_month_is_closed_once_and_stays_as_it_was(archive: Archive) -> None:
    assert archive.closed_month(OCTOBER) is None
    sheets = [{"unit": "caizhengju", "total": "98.50"}]
    archive.close_month(OCTOBER, sheets=sheets, report={"items": []}, by="李强", at=night(25))
    closed = archive.closed_month(OCTOBER)
    assert closed
    assert (closed.sheets, closed.report, closed.by, closed.at) == (sheets, {"items": []}, "李强", night(25))
    with pytest.raises(RefusedError, match="不能再次结账"):
        archive.close_month(OCTOBER, sheets=[], report={}, by="王芳", at=night(26))
    [entry] = archive.history("month:2026-10")
    assert (entry.actor, entry.type) == ("李强", "month.closed")


def test_a_notice_marks_its_events_as_notified(archive: Archive) -> None:
    confirmed = event((night(0), 1), confirmed_at=night(1), state=EventState.CONFIRMED)
    suspected = event((night(0), 1), subject_id="column:x")
    first, second = archive.save_events([confirmed, suspected], [], run=None, at=night(1))
    number = issue(archive, OCTOBER, 10, first.id or 0)
    notice = archive.notice_of(OCTOBER)
    assert notice
    assert archive.notices() == [notice]
    assert (notice.id, notice.month, notice.number, notice.event_ids) == (number, OCTOBER, 10, (first.id,))
    assert notice.deadline == date(2026, 11, 19)
    assert archive.notice_report(notice.id) == {"标题": "通报"}
    told = archive.event(first.id or 0)
    assert told
    assert (told.notified, told.state) == (True, EventState.NOTIFIED)
    assert archive.event(second.id or 0) == second
    assert [entry.type for entry in archive.history(f"event:{first.id}")] == [
        "event.opened",
        "event.notified",
    ]
    [saved] = archive.save_events([told], [], run=None, at=night(27))
    assert saved == told
    assert archive.verify().ok


def test_a_month_has_one_notice_and_a_year_each_number_once(archive: Archive) -> None:
    issue(archive, OCTOBER, 10)
    with pytest.raises(RefusedError, match="已经印发"):
        issue(archive, OCTOBER, 11)
    with pytest.raises(RefusedError, match="换一个序号"):
        issue(archive, Month(2026, 11), 10)
    assert archive.notice_of(Month(2026, 11)) is None


def test_a_notice_about_an_unknown_event_is_not_issued(archive: Archive) -> None:
    with pytest.raises(InputError, match="没有编号为 99"):
        issue(archive, OCTOBER, 10, 99)
    assert archive.notices() == []
