"""What became of the last notice's items, for 附件3; the rule stands in monitors/rectification.py."""

from dataclasses import dataclass

from app.month_view import MonthView
from app.office import Office
from app.rectification import Noticed, rechecked
from app.reports import issued_report
from domain.clock import Month
from domain.notices import PreviousNotice, RecheckLine
from domain.records import NoticeRow
from domain.rectification import ItemRecheck
from notices.headings import against_lateness


@dataclass(frozen=True, slots=True)
class Rechecked:
    previous: PreviousNotice | None
    lines: tuple[RecheckLine, ...]


def rechecks(view: MonthView) -> Rechecked:
    """The items of the last notice issued for an earlier month; none before the first."""
    row = last_notice(view.office, view.month)
    if row is None:
        return Rechecked(None, ())
    before = PreviousNotice(
        month=row.month, number=row.number, issued_on=row.issued_on, deadline=row.deadline
    )
    notice = Noticed(row=row, report=issued_report(view.office, row))
    found = rechecked(view.office, notice, view.found, view.now)
    return Rechecked(before, tuple(_line(view, one) for one in found))


def last_notice(office: Office, month: Month) -> NoticeRow | None:
    return max(
        (row for row in office.archive.notices() if row.month < month),
        key=lambda row: row.month,
        default=None,
    )


def _line(view: MonthView, one: ItemRecheck) -> RecheckLine:
    item, decisive = one.item, one.recheck.mended or one.recheck.after
    return RecheckLine(
        item=item.number, unit_id=item.unit_id, unit=item.unit,
        problem=f"{item.subject}：{item.problem}", deadline=one.recheck.deadline,
        checked_at=decisive.at if decisive else None, result=one.recheck.result,
        counts=_counts(view.office, item.annex),
    )  # fmt: skip


def _counts(office: Office, annex: int) -> bool:
    rubric = office.rubrics.get(annex)
    return rubric is not None and any(map(against_lateness, rubric.clauses))
