"""Scores and warnings of all units, worked out once for everybody who looks: the console's pages rest on it.

A year of looks takes a tenth of a second a unit. So every unit is worked out by itself, beside the pages,
and again only when something of it was logged or seen; a page gets what is there and says what is not.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property

from app.office import Office
from app.rectification import Noticed, by_case, noticed, recheck_item
from app.scores import Judged, judged_all
from app.warnings import MOST_DAYS, Due, Unclear, Warnings, warned
from domain.clock import day_end, local_day
from domain.events import NOTICE
from domain.rectification import RETRY, Recheck
from domain.scores import ScoreSheet
from scoring.sheet import sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One unit's share. `sheet` None: not assessed in the year. `ahead`: of today's year only.

    `rechecks`: what became of noticed items (app.explain.Known), where no hour of the day matters any more.
    """

    sheet: ScoreSheet | None
    ahead: Warnings | None
    rechecks: Mapping[tuple[str, int], Recheck] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Board:
    """`parts`: by unit, those worked out so far, of `total`; `made_at`: when the newest was.

    `fresh`: nothing was logged or seen since that is not in it.
    """

    day: date
    year: int
    made_at: datetime
    parts: Mapping[str, Part]
    total: int
    fresh: bool = True

    @property
    def missing(self) -> int:
        """Units still to be worked out for the first time."""
        return self.total - len(self.parts)

    @cached_property
    def sheets(self) -> Mapping[str, ScoreSheet]:
        """By unit, those assessed in the year."""
        return {unit_id: part.sheet for unit_id, part in self.parts.items() if part.sheet is not None}

    @cached_property
    def ahead(self) -> Warnings:
        """Every warning of the coming months, the next first."""
        given = [part.ahead for part in self.parts.values() if part.ahead is not None]
        return Warnings(
            today=self.day, days=MOST_DAYS,
            due=tuple(sorted((due for one in given for due in one.due), key=_order)),
            later=sum(one.later for one in given), lapsed=sum(one.lapsed for one in given),
            watched=sum(one.watched for one in given),
            unclear=tuple(one for each in given for one in each.unclear),
        )  # fmt: skip

    def due(self, days: int, unit_id: str | None = None) -> list[Due]:
        """What lapses within so many days, the next first."""
        due = self.ahead.due if unit_id is None else self._of(unit_id).due
        return [one for one in due if one.left <= days]

    def within(self, days: int) -> Warnings:
        """The warnings of so many days, as app.warnings gives them for all units."""
        due = tuple(self.due(days))
        return replace(
            self.ahead, days=days, due=due, later=self.ahead.later + len(self.ahead.due) - len(due)
        )

    def next_for(self, subject_id: str, unit_id: str) -> Due | None:
        """The subject's next lapse for the unit."""
        return next((one for one in self._of(unit_id).due if one.subject_id == subject_id), None)

    def first_of(self, unit_id: str) -> Due | None:
        """The unit's next lapse."""
        return next(iter(self._of(unit_id).due), None)

    def unclear(self, unit_id: str) -> list[Unclear]:
        return list(self._of(unit_id).unclear)

    def rechecks(self, unit_id: str) -> Mapping[tuple[str, int], Recheck]:
        """Results that stand until something of the unit is seen; none while that is being worked out."""
        return self.parts[unit_id].rechecks if self.fresh and unit_id in self.parts else {}

    def _of(self, unit_id: str) -> Warnings:
        part = self.parts.get(unit_id)
        return part.ahead if part is not None and part.ahead is not None else _nothing(self.day)


def parts_of(office: Office, unit_ids: Iterable[str], year: int) -> dict[str, Part]:
    """Work out these units' parts of the score year. Raises ZwgkError."""
    day, wanted = local_day(office.now()), set(unit_ids)
    units = [unit for unit in office.registry.units if unit.id in wanted]
    parts = {unit.id: Part(sheet=None, ahead=None) for unit in units}
    due = [one for one in noticed(office, day_end(day)) if one.row.deadline + RETRY < day]
    for one in judged_all(office, day, units, year):
        scored = sheet(office.rubric_for(one.unit), one.record, day, year)
        ahead = warned(office, [one], day, MOST_DAYS) if year == day.year else None
        parts[one.unit.id] = Part(sheet=scored, ahead=ahead, rechecks=_rechecks(office, one, due, day))
    return parts


def _rechecks(
    office: Office, judged: Judged, due: Iterable[Noticed], day: date
) -> dict[tuple[str, int], Recheck]:
    """Of the unit's items in these notices, by the notice's subject and the item's number."""
    known, end = by_case(judged.found), day_end(day)
    return {
        (f"{NOTICE}{notice.row.month}", item.number):
            recheck_item(office, item, known, notice.row.deadline, end)
        for notice in due
        for item in notice.items
        if item.unit_id == judged.unit.id
    }  # fmt: skip


def _order(due: Due) -> tuple[date, str, str, str]:
    return due.lapses_on, due.unit.id, due.subject_id, due.test_id


def _nothing(day: date) -> Warnings:
    return Warnings(today=day, days=MOST_DAYS, due=(), later=0, lapsed=0, watched=0, unclear=())
