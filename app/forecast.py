"""The year-end score if nothing changes: the same judging and counting, over findings of nights to come."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.assess import Assessment
from app.office import Office
from app.scores import Judged, charged, judged_all, waits
from domain.clock import local_day
from domain.events import decided, fold
from domain.exemptions import exempt_until
from domain.matching import matched
from domain.outlook import continued
from domain.scores import Occurrence, ScoreSheet
from domain.units import Unit
from scoring.sheet import sheet

ASSUMPTIONS = (
    "各对象照最近一次监测的样子下去：已超期的一直不更新，未超期的从到期日起算未更新，每晚监测一次。",
    "最近一次监测无法判定的，不作推断，不加扣分。",
    "待定的仍为待定；疑似问题仍待人认定。人已认定而没有整改的，按细则逐月计算。",
    "公开文件、上级通报、整改复查和人工评分保持现状；登记和细则不变。",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """A unit's sheet today and on 31 December. `more`: occurrences still to come; `unknown`: cases of
    watched subjects whose last look gave no answer, left as they are."""

    unit: Unit
    now: ScoreSheet
    end: ScoreSheet
    more: tuple[Occurrence, ...]
    unknown: int


def forecast(office: Office, *, unit_id: str | None = None, day: date | None = None) -> list[Forecast]:
    """Of all units valid on the day (today) or of one, for the day's score year.

    Raises InputError for an unknown unit or one that is not assessed on the day.
    """
    day = day or local_day(office.now())
    valid = [unit for unit in office.registry.units if unit.valid_on(day)]
    chosen = [office.assessed(unit_id, day)] if unit_id else valid
    return [_forecast(office, one, day) for one in judged_all(office, day, chosen, day.year)]


def _forecast(office: Office, judged: Judged, day: date) -> Forecast:
    rubric, year = office.rubric_for(judged.unit), day.year
    ahead = [_ahead(office, judged.unit, one, day) for one in judged.found]
    suspected = [event.test_id for one in ahead for event in one.events if waits(event, year)]
    today = judged.record.suspected
    settled = Counter(today) - Counter(suspected)  # what waits for a person today is not settled by waiting
    then = replace(
        judged.record, occurrences=charged(ahead, rubric), suspected=[*suspected, *settled.elements()]
    )
    now = sheet(rubric, judged.record, day, year)
    end = sheet(rubric, then, date(year, 12, 31), year)
    known = {_key(one) for one in _of(now)}
    return Forecast(
        unit=judged.unit, now=now, end=end, more=tuple(one for one in _of(end) if _key(one) not in known),
        unknown=sum(not _answered(one) for one in judged.found if _watched(office, one)),
    )  # fmt: skip


def _ahead(office: Office, unit: Unit, one: Assessment, day: date) -> Assessment:
    """The case with the events of the nights to come; what is looked at once stays as it is."""
    if not _watched(office, one):
        return one
    subject = office.registry.subject(one.case.subject_id)
    left = (date(day.year, 12, 31) - day).days
    nights = [day + timedelta(n) for n in range(1, left + 1)]
    judged = [night for night in nights if unit.valid_on(night) and subject.valid_on(night)]
    more = continued(one.findings, judged, day.year, exempt_until(one.events))
    if not more:
        return one
    seen = {finding.observation_id for finding in one.findings}
    told = [e for e in one.events if seen.isdisjoint(s.observation_id for s in e.sightings)]
    running = [event for event in one.events if event not in told]
    then, _ = matched(running, fold((*one.findings, *more)))
    return replace(one, events=(*told, *(decided(event, one.case.test) for event in then)))


def _watched(office: Office, one: Assessment) -> bool:
    """Whether every night looks at the subject itself; documents, rows and notices stay as they are."""
    return office.registry.watches(one.case.subject_id)


def _answered(one: Assessment) -> bool:
    return bool(one.findings) and one.findings[-1].answered


def _of(sheet: ScoreSheet) -> Iterable[Occurrence]:
    return (one for clause in sheet.clauses for one in clause.occurrences)


def _key(one: Occurrence) -> tuple[object, ...]:
    return one.test_id, one.subject_id, one.month
