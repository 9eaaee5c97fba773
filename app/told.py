"""A unit hears of things before any notice: at the first sighting, before a lapse, before a deadline.

Each topic once, recorded with who told it. Only of subjects that are judged; never of 泄密.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from app.assess import Asked, Assessment, assess
from app.naming import subject_named
from app.office import Office
from app.rectification import notice_cases, noticed, rechecked
from domain.clock import BEIJING, local_day
from domain.errors import InputError
from domain.events import NOTICE, Event, EventState
from domain.findings import Verdict
from domain.notices import RecheckResult
from domain.records import Told, ToldKind
from domain.units import Unit
from notices.headings import secret

DAYS = 3
"""How many days before a lapse or a deadline a unit is told."""

BY_MACHINE = "系统"
OUTBOX = "outbox"
CORRECTED = "已更正的，以后的监测会自行确认。"
CLOSING = "以上为监测提示，不是通报；疑似事项须再次监测或由人认定后才算数。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What one unit is told at once, each item with its kind. `file`: where the text was written."""

    unit: Unit
    told: tuple[Told, ...]
    file: Path | None = None

    @property
    def text(self) -> str:
        lines = [f"{n}．〔{one.kind}〕{one.sentence}" for n, one in enumerate(self.told, 1)]
        return "\n".join((f"{self.unit.name}：", *lines, CLOSING))


def remind(
    office: Office, *, unit_id: str | None = None, days: int = DAYS, out: Path | None = None, by: str = "",
    at: datetime | None = None,
) -> list[Letter]:  # fmt: skip
    """The texts for the units, one a unit; written to `out` where given.

    Recorded as told when `by` names who tells; without it nothing is recorded, the next call says it again.
    Raises InputError for an unknown unit or a folder that cannot be written.
    """
    if days < 0:
        raise InputError(f"--days 是 {days}，应为 0 或更大。")
    unit = office.unit(unit_id) if unit_id else None
    moment = office.moment(at)
    topics = list(_topics(office, unit, days, moment, by.strip()))
    known = {(one.unit_id, one.kind, one.topic) for one in office.archive.told()}
    fresh = [one for one in topics if (one.unit_id, one.kind, one.topic) not in known]
    letters = _letters(office, fresh)
    if out is not None:
        letters = [_written(letter, out, moment) for letter in letters]
    if by.strip():
        office.archive.record_told(fresh)
    return letters


def told_about(told: Iterable[Told], event: Event, items: Iterable[str]) -> list[Told]:
    """What was told of an event: its first sighting, warnings before it, its items' deadlines."""
    lapse = f"{event.subject_id}|{event.test_id}|"
    wanted = {f"event:{event.id}", *items}
    return [
        one
        for one in told
        if one.topic in wanted or (one.topic.startswith(lapse) and one.at <= event.last_seen_at)
    ]


def item_topic(month: object, number: int) -> str:
    return f"notice:{month}:{number}"


def _letters(office: Office, told: Sequence[Told]) -> list[Letter]:
    by_unit: dict[str, list[Told]] = {}
    for one in told:
        by_unit.setdefault(one.unit_id, []).append(one)
    return [
        Letter(unit=unit, told=tuple(by_unit[unit.id]))
        for unit in office.registry.units
        if unit.id in by_unit
    ]


def _written(letter: Letter, out: Path, at: datetime) -> Letter:
    file = out / f"{at.astimezone(BEIJING):%Y%m%d-%H%M%S}-{letter.unit.id}.txt"
    try:
        out.mkdir(parents=True, exist_ok=True)
        file.write_text(letter.text + "\n", encoding="utf-8")
    except OSError as error:
        raise InputError(f"{file} 不能写入：{error.strerror}。请用 --out 另选文件夹。") from error
    return Letter(unit=letter.unit, told=letter.told, file=file)


def _topics(office: Office, unit: Unit | None, days: int, at: datetime, by: str) -> Iterator[Told]:
    today = local_day(at)
    valid = {one.id: one for one in office.registry.units if one.valid_on(today) and unit in {None, one}}
    subjects = [s for s in office.registry.subjects if s.unit_id is None or s.unit_id in valid]
    found = [one for s in subjects for one in assess(office, s, asked=Asked(units=valid))]
    found += notice_cases(office, found, at, units=valid)
    by_unit = [one for one in found if one.case.unit_id in valid and not _secret(office, valid, one)]

    def told(unit_id: str, kind: ToldKind, topic: str, sentence: str) -> Told:
        return Told(unit_id=unit_id, kind=kind, topic=topic, sentence=sentence, by=by, at=at)

    for one in by_unit:
        for event in one.events:
            if _tellable(event):
                yield told(event.unit_id, ToldKind.SIGHTING, f"event:{event.id}", _sighted(office, event))
        warning = _warning(office, one, today, days)
        if warning is not None:
            lapse, sentence = warning
            topic = f"{one.case.subject_id}|{one.case.test.id}|{lapse}"
            yield told(one.case.unit_id, ToldKind.WARNING, topic, sentence)
    for unit_id, topic, sentence in _deadlines(office, found, valid, days, at):
        yield told(unit_id, ToldKind.DEADLINE, topic, sentence)


def _secret(office: Office, units: Mapping[str, Unit], one: Assessment) -> bool:
    return secret(office.rubric_for(units[one.case.unit_id]).clause(one.case.test.clause_id))


def _tellable(event: Event) -> bool:
    """Open, not decided away, no notice yet; a suspicion about many units at once first goes to a person."""
    settled = event.state in {EventState.WITHDRAWN, EventState.EXEMPT} or event.notified
    doubtful = event.unconfirmed and bool(event.held)
    return event.id is not None and event.open and not settled and not doubtful


def _sighted(office: Office, event: Event) -> str:
    name = subject_named(office, event.subject_id)[0]
    limit = f"（要求：{event.limit}）" if event.limit else ""
    sure = "疑似不符合要求" if event.unconfirmed else "不符合要求（已确认）"
    late = event.subject_id.startswith(NOTICE)
    ends = "没有整改的请尽快整改；有异议的，请在认定之前说明。" if late else CORRECTED
    return f"{_day(local_day(event.opened_at))}监测首次发现“{name}”{sure}：{event.why}{limit}。请核对；{ends}"


def _warning(office: Office, one: Assessment, today: date, days: int) -> tuple[date, str] | None:
    latest = one.latest
    if latest is None or latest.verdict is not Verdict.OK or latest.lapses_on is None:
        return None
    lapse = latest.lapses_on
    if not today < lapse <= today + timedelta(days=days):
        return None
    name = subject_named(office, one.case.subject_id)[0]
    last = f"最近更新是{_day(latest.newest_on)}，" if latest.newest_on else ""
    return lapse, (
        f"“{name}”{last}如到{_day(lapse - timedelta(days=1))}仍无新内容，"
        f"{_day(lapse)}起即超过期限（要求：{latest.limit}）。"
    )


def _deadlines(
    office: Office, found: Sequence[Assessment], units: Mapping[str, Unit], days: int, at: datetime
) -> Iterator[tuple[str, str, str]]:
    for notice in noticed(office):
        left = (notice.row.deadline - local_day(at)).days
        if not 0 <= left <= days:
            continue
        for one in rechecked(office, notice, found, at, units):
            if one.recheck.result is RecheckResult.NOT_DUE:
                item, row = one.item, notice.row
                yield (
                    item.unit_id,
                    item_topic(row.month, item.number),
                    (
                        f"〔{row.issued_on.year}〕{row.number}号通报第{item.number}项“{item.subject}”（{item.problem}）"
                        f"整改期限为{_day(row.deadline)}24时，监测尚未看到整改到位。"
                    ),
                )


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
