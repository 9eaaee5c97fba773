"""Everything stored judged under another version of the rubric, beside the one in force. Writes nothing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import TypeAlias

from app.assess import Assessment
from app.naming import subject_named
from app.office import Office
from app.scores import Judged, judged_all
from config.load import read_rubrics
from domain.clock import local_day
from domain.errors import InputError
from domain.events import Event, occurrences
from domain.matching import matched
from domain.rejudged import (
    EventChange,
    EventDifference,
    EventSide,
    Rejudged,
    UnitDifference,
    clause_differences,
)
from domain.rubric import Rubric
from domain.scores import ScoreSheet
from notices.rejudge_sheet import render_rejudged
from notices.year_sheet import Cover
from scoring.shapes import counted
from scoring.sheet import sheet

Key: TypeAlias = tuple[str, str, str]
"""Unit, subject, test: what names a breach under both versions."""
Priced: TypeAlias = tuple[Event, Decimal]
"""An event and what it costs in the score year."""


def rejudge(
    office: Office, path: Path, as_of: date | None = None, year: int | None = None
) -> Rejudged:  # fmt: skip
    """What the rubric at `path` (a file or folder) would change, as of a day's end (today's).

    `year`: the score year, the day's where none is given. Only units of the annexes found there are judged.
    Raises ConfigError with all mistakes of the files, InputError for a day or year to come, or where no unit
    is concerned.
    """
    today = local_day(office.now())
    day = as_of or today
    if day > today:
        raise InputError(f"{day}还没有到（今天{today}）。请写今天或以前的日期。")
    other = read_rubrics(path)
    scored = day.year if year is None else year
    last = min(day, date(scored, 12, 31))
    units = [unit for unit in office.registry.units if unit.annex in other and unit.valid_on(last)]
    if not units:
        annexes = "、".join(f"附件{annex}" for annex in other)
        raise InputError(f"{path} 是{annexes}的细则，但{last}没有适用它的单位。请核对文件里的 annex。")
    before = [_side(office, one, day, scored) for one in judged_all(office, day, units, scored)]
    changed = replace(office, rubrics={**office.rubrics, **other})
    after = [_side(changed, one, day, scored) for one in judged_all(changed, day, units, scored)]
    pairs = list(zip(before, after, strict=True))
    return Rejudged(
        as_of=day, year=scored,
        versions={annex: (office.rubrics[annex].version, new.version) for annex, new in other.items()
                  if annex in office.rubrics},
        units=tuple(UnitDifference(unit=a.judged.unit, before=a.sheet, after=b.sheet) for a, b in pairs),
        clauses=tuple(one for a, b in pairs for one in clause_differences(a.sheet, b.sheet)),
        events=tuple(one for a, b in pairs for one in _differences(a, b)),
    )  # fmt: skip


def names_in(office: Office, found: Rejudged) -> dict[str, str]:
    """Names of the units and of the events' subjects, by id."""
    units = {one.unit.id: one.unit.name for one in found.units}
    subjects = {one.subject_id for one in found.events}
    return units | {subject_id: subject_named(office, subject_id)[0] for subject_id in subjects}


def rejudge_workbook(office: Office, found: Rejudged, names: Mapping[str, str]) -> bytes:
    """All differences as .xlsx."""
    cover = Cover(
        title="按新版细则试算", office=office.settings.office_name, as_of=found.as_of, made_at=office.now(),
        simulation=office.archive.simulation,
    )  # fmt: skip
    return render_rejudged(found, names, cover)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    """A unit under one version. `events`: with their costs, by what names them under both."""

    judged: Judged
    sheet: ScoreSheet
    events: Mapping[Key, list[Priced]]


def _side(office: Office, judged: Judged, day: date, year: int) -> _Side:
    rubric = office.rubric_for(judged.unit)
    return _Side(
        judged=judged, sheet=sheet(rubric, judged.record, day, year),
        events=_priced(judged.found, rubric, year),
    )  # fmt: skip


def _priced(found: Iterable[Assessment], rubric: Rubric, year: int) -> Mapping[Key, list[Priced]]:
    """Each event with what it costs in the score year, before the clause's cap.

    Events without a number get one for the counting, so that each is charged by itself.
    """
    by_key: dict[Key, list[Event]] = defaultdict(list)
    for one in found:
        by_key[one.case.unit_id, one.case.subject_id, one.case.test.id] += one.events
    numbers = count(1)
    numbered = {key: [(next(numbers), event) for event in events] for key, events in by_key.items()}
    hits = [
        hit
        for (_, _, test_id), events in numbered.items()
        for hit in occurrences([replace(event, id=n) for n, event in events], rubric.test(test_id))
        if hit.score_year == year
    ]
    points: dict[int, Decimal] = defaultdict(Decimal)
    for hit in counted(rubric, hits):
        points[hit.event_id] += hit.points
    return {key: [(event, points[n]) for n, event in events] for key, events in numbered.items()}


def _differences(before: _Side, after: _Side) -> Iterator[EventDifference]:
    for key in dict.fromkeys((*before.events, *after.events)):
        for old, new in _paired(before.events.get(key, []), after.events.get(key, [])):
            change = _change(old, new)
            if change is not None:
                yield _difference(key, change, old, new)


def _paired(
    before: Sequence[Priced], after: Sequence[Priced]
) -> Iterator[tuple[Priced | None, Priced | None]]:
    """The same breach under both versions: a shared look or overlapping spans (domain.events.matched)."""
    places = [replace(event, id=place) for place, (event, _) in enumerate(before)]
    continued, gone = matched(places, [replace(event, id=None) for event, _ in after])
    for new, same in zip(after, continued, strict=True):
        yield (before[same.id] if same.id is not None else None), new
    for old in gone:
        if old.id is not None:
            yield before[old.id], None


def _change(before: Priced | None, after: Priced | None) -> EventChange | None:
    if before is None:
        return EventChange.APPEARS
    if after is None:
        return EventChange.DISAPPEARS
    if before[1] != after[1]:
        return EventChange.COSTS
    return EventChange.STATE if before[0].state is not after[0].state else None


def _difference(
    key: Key, change: EventChange, before: Priced | None, after: Priced | None
) -> EventDifference:
    unit_id, subject_id, test_id = key
    events = [side[0] for side in (before, after) if side is not None]
    return EventDifference(
        change=change, unit_id=unit_id, subject_id=subject_id, test_id=test_id,
        event_id=next((event.id for event in events if event.id is not None), None),
        opened_on=local_day(events[0].opened_at), before=_event_side(before), after=_event_side(after),
    )  # fmt: skip


def _event_side(priced: Priced | None) -> EventSide | None:
    if priced is None:
        return None
    event, points = priced
    return EventSide(
        clause_id=event.clause_id, state=event.state, measured=event.measured, limit=event.limit,
        points=points,
    )  # fmt: skip
