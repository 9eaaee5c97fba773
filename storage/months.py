"""Closed months and issued notices: written once, never recomputed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from domain.clock import Month
from domain.errors import RefusedError
from domain.events import EventState, told_state
from domain.records import ClosedMonth, NoticeRow
from storage.events import held, load, log_event
from storage.log import append, lock
from storage.part import Part
from storage.tables import ClosedMonthRow, EventRow, NoticeItemRow, NoticeTable
from storage.types import canonical


class Months(Part):
    def close_month(
        self,
        month: Month,
        *,
        sheets: Sequence[Mapping[str, Any]],
        report: Mapping[str, Any],
        by: str,
        at: datetime,
    ) -> None:
        """Freeze a month's sheets and report; logged with their digest. Raises RefusedError if closed."""
        with self._db.write() as session:
            lock(session)
            old = session.get(ClosedMonthRow, str(month))
            if old is not None:
                raise RefusedError(
                    f"{month} 已由 {old.by} 结账，不能再次结账。重新打印请用 zwgk month draft {month}。"
                )
            row = ClosedMonthRow(month=str(month), sheets=list(sheets), report=dict(report), by=by, at=at)
            session.add(row)
            session.flush()
            payload = {"sheets": len(sheets), "sha256": month_digest(row)}
            append(session, "month.closed", f"month:{month}", payload, actor=by, at=at)

    def closed_month(self, month: Month) -> ClosedMonth | None:
        with self._db.read() as session:
            row = session.get(ClosedMonthRow, str(month))
            if row is None:
                return None
            return ClosedMonth(month=month, sheets=row.sheets, report=row.report, by=row.by, at=row.at)

    def closures(self) -> dict[Month, tuple[str, datetime]]:
        """By whom and when each closed month was closed, without what was frozen."""
        query = select(ClosedMonthRow.month, ClosedMonthRow.by, ClosedMonthRow.at)
        with self._db.read() as session:
            return {Month.parse(month): (by, at) for month, by, at in session.execute(query)}

    def issue_notice(  # noqa: PLR0913 a notice is all of this
        self,
        month: Month,
        *,
        number: int,
        issued_on: date,
        deadline: date,
        event_ids: Sequence[int],
        report: Mapping[str, Any],
        by: str,
        at: datetime,
    ) -> int:
        """Record a notice as issued and its events as notified; logged. Returns its id.

        Raises RefusedError when the month has a notice, or the year a notice of that number.
        """
        row = NoticeTable(
            month=str(month),
            year=issued_on.year,
            number=number,
            issued_on=issued_on,
            deadline=deadline,
            report=dict(report),
            by=by,
            at=at,
        )
        with self._db.write() as session:
            lock(session)
            _refuse_second(session, row)
            session.add(row)
            session.flush()
            for event_id in sorted(set(event_ids)):
                _notify(session, row, event_id)
            payload = {
                "month": row.month,
                "number": number,
                "issued_on": issued_on,
                "deadline": deadline,
                "events": sorted(set(event_ids)),
                "sha256": notice_digest(row),
            }
            append(session, "notice.issued", f"notice:{row.id}", payload, actor=by, at=at)
            return row.id

    def notices(self) -> list[NoticeRow]:
        """Notices in the order of their issue."""
        query = select(NoticeTable).options(defer(NoticeTable.report))
        with self._db.read() as session:
            rows = session.scalars(query.order_by(NoticeTable.issued_on, NoticeTable.id)).all()
            items: dict[int, list[int]] = {}
            for notice_id, event_id in session.execute(_ITEMS):
                items.setdefault(notice_id, []).append(event_id)
            return [_notice(row, items.get(row.id, ())) for row in rows]

    def notice_of(self, month: Month) -> NoticeRow | None:
        with self._db.read() as session:
            query = select(NoticeTable).options(defer(NoticeTable.report))
            row = session.scalars(query.where(NoticeTable.month == str(month))).first()
            if row is None:
                return None
            named = session.execute(_ITEMS.where(NoticeItemRow.notice_id == row.id))
            return _notice(row, [event_id for _, event_id in named])

    def notice_report(self, notice_id: int) -> Mapping[str, Any]:
        """What was printed, as notices.frozen made it. Raises KeyError for an unknown notice."""
        with self._db.read() as session:
            row = session.get(NoticeTable, notice_id)
            if row is None:
                raise KeyError(notice_id)
            report: Mapping[str, Any] = row.report
            return report


def month_digest(row: ClosedMonthRow) -> str:
    return sha256(canonical([row.sheets, row.report]).encode()).hexdigest()


def notice_digest(row: NoticeTable) -> str:
    frozen = [row.month, row.number, row.issued_on, row.deadline, row.report]
    return sha256(canonical(frozen).encode()).hexdigest()


def _refuse_second(session: Session, row: NoticeTable) -> None:
    months = session.scalars(select(NoticeTable).where(NoticeTable.month == row.month)).first()
    if months is not None:
        raise RefusedError(
            f"{row.month} 的通报已经印发（{months.issued_on}，{months.number}号），不能重复印发。"
        )
    same = (NoticeTable.year == row.year, NoticeTable.number == row.number)
    numbers = session.scalars(select(NoticeTable).where(*same)).first()
    if numbers is not None:
        raise RefusedError(
            f"〔{row.year}〕{row.number}号已用于 {numbers.month} 的通报。请换一个序号（--number）。"
        )


def _notify(session: Session, notice: NoticeTable, event_id: int) -> None:
    row = held(session, event_id)
    session.add(NoticeItemRow(notice_id=notice.id, event_id=event_id))
    row.notified = True
    session.flush()
    (event,) = load(session, EventRow.id == event_id)
    if event.state is EventState.CONFIRMED:
        event = replace(event, state=told_state(event))
        row.state = event.state.value
        session.flush()
    more = {"notice": notice.id, "deadline": notice.deadline}
    log_event(session, event, ["notified"], actor=notice.by, at=notice.at, more=more)


_ITEMS = select(NoticeItemRow.notice_id, NoticeItemRow.event_id).order_by(
    NoticeItemRow.notice_id, NoticeItemRow.event_id
)


def _notice(row: NoticeTable, event_ids: Sequence[int]) -> NoticeRow:
    return NoticeRow(
        id=row.id,
        month=Month.parse(row.month),
        number=row.number,
        issued_on=row.issued_on,
        deadline=row.deadline,
        event_ids=tuple(event_ids),
        by=row.by,
        at=row.at,
    )
