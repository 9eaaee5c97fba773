"""What is new to a recipient of messages, in one text: to the office the night, to 审核 what it has to
decide, to a unit what concerns it.

Never of 泄密, never of doubts that are for named people only: messages leave the house.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from urllib.parse import urlsplit

from app.digest_decisions import decisions_due, told_outside
from app.event_list import listed
from app.office import Office
from app.told import BY_MACHINE, CLOSING, DAYS, remind
from app.warnings import Due, WarningKind, warnings
from app.words import OUTCOMES, TASKS
from domain.clock import BEIJING, local_day
from domain.looks import Run, RunKind
from domain.notify import ADMIN, NOTIFIED, REVIEW, Digest, Line, Recipient
from domain.queries import EventQuery
from domain.readings import PageState
from domain.records import Told

SHOWN = 20
"""So many lines of a part; of the rest only the number is told."""

RECENT = timedelta(days=7)
"""A recipient named for the first time is not told what is older."""

EVENTS_READ = 500
NIGHT, SUSPECTED, DEADLINES, TROUBLE = "昨夜监测", "新的疑似问题", "整改到期", "需要处理"
TECHNICAL = frozenset({"unknown", "mass_change", "source", "source_back", "control"})
TOLD_TASKS = TECHNICAL | {"registry", "publisher", "by_hand"}
"""Kinds of tasks that may be told outside the console."""


def digest(office: Office, recipient: Recipient, known: set[str], *, preview: bool = False) -> Digest | None:
    """All that the recipient has not heard of yet (`known`), None for nothing.

    `preview`: a unit's also with what the next reminder would record as told.
    """
    if recipient.to == REVIEW:
        lines = list(decisions_due(office))
        name = f"{office.settings.office_name}：待决定的事项"
    elif recipient.to in NOTIFIED:
        lines = list(_office_lines(office, technical=recipient.to == ADMIN))
        name = f"{office.settings.office_name}：监测情况"
    else:
        lines = list(_unit_lines(office, recipient.to, preview=preview))
        name = f"{office.unit(recipient.to).name}：政务公开监测提示"
    fresh = [line for line in lines if line.topic not in known]
    if not fresh:
        return None
    mark = "〔模拟〕" if office.archive.simulation else ""
    end = [] if recipient.to in NOTIFIED else [CLOSING]
    return Digest(
        recipient=recipient, title=f"{mark}{name}（{local_day(office.now())}）",
        text="\n".join([*_parts(fresh), *end]), topics=tuple(line.topic for line in fresh),
    )  # fmt: skip


def _parts(lines: Sequence[Line]) -> Iterator[str]:
    for part in dict.fromkeys(line.part for line in lines):
        mine = [line for line in lines if line.part == part]
        yield f"【{part}】{len(mine)}项"
        yield from (f"{n}．{line.text}" for n, line in enumerate(mine[:SHOWN], 1))
        if len(mine) > SHOWN:
            yield f"……其余{len(mine) - SHOWN}项请到控制台查看。"


def _unit_lines(office: Office, unit_id: str, *, preview: bool) -> Iterator[Line]:
    """What the machine's reminders told the unit lately; a person's own telling is not repeated."""
    since = office.now() - RECENT
    told = [one for one in office.archive.told(unit_id) if one.by == BY_MACHINE and one.at >= since]
    if preview:
        told += [one for letter in remind(office, unit_id=unit_id) for one in letter.told]
    for one in told:
        yield Line(topic=_told_topic(one), part=one.kind.value, text=one.sentence)


def _told_topic(one: Told) -> str:
    return f"told:{one.kind.value}:{one.topic}"


def _office_lines(office: Office, *, technical: bool) -> Iterator[Line]:
    yield from _night(office)
    if not technical:
        yield from _suspected(office)
        yield from _deadlines(warnings(office, days=DAYS).due)
    names = {unit.id: unit.name for unit in office.registry.units}
    for task in office.archive.tasks():
        if task.kind in (TECHNICAL if technical else TOLD_TASKS):
            who = names.get(task.unit_id or "", "")
            text = f"{TASKS[task.kind]}：{who}{task.subject}，{task.detail}"
            yield Line(topic=f"task:{task.id}", part=TROUBLE, text=text)


def _night(office: Office) -> Iterator[Line]:
    """The last finished night, and the sites that blocked it."""
    runs = (run for run in office.archive.runs(20) if run.kind is RunKind.NIGHTLY)
    run = next((run for run in runs if run.finished_at is not None), None)
    if run is None:
        return
    done = office.archive.progress(run.id)
    text = f"第{run.id}次监测{OUTCOMES[run.outcome]}：看了{done.done}处，{done.failed}处没有得到答复。"
    yield Line(topic=f"run:{run.id}", part=NIGHT, text=f"{_ended(run)}，{text}")
    for host in _blocked(office, run):
        yield Line(topic=f"blocked:{run.id}:{host}", part=NIGHT, text=f"{host} 拦截了监测，读数无法判定。")


def _ended(run: Run) -> str:
    return f"{run.finished_at.astimezone(BEIJING):%m月%d日%H:%M}" if run.finished_at else ""


def _blocked(office: Office, run: Run) -> list[str]:
    looks = office.archive.looks_in_run(run.id)
    hosts = {urlsplit(look.url).hostname for look in looks if look.state is PageState.BLOCKED}
    return sorted(host for host in hosts if host)


def _suspected(office: Office) -> Iterator[Line]:
    """Events that wait and were opened lately, the newest first."""
    since = office.now() - RECENT
    events, _ = office.archive.event_page(EventQuery(waits=True), first=0, count=EVENTS_READ)
    for event in events:
        if event.opened_at >= since and told_outside(office, event):
            one = listed(office, event)
            text = f"{one.unit}“{one.subject}”{one.item}：{event.why}（{one.needs}）"
            yield Line(topic=f"event:{event.id}", part=SUSPECTED, text=text)


def _deadlines(found: Iterable[Due]) -> Iterator[Line]:
    for one in found:
        if one.kind is WarningKind.DEADLINE:
            text = f"{one.unit.name}“{one.subject}”整改期限为{one.last_day}24时，尚未看到整改到位。"
            yield Line(topic=f"deadline:{one.event}:{one.lapses_on}", part=DEADLINES, text=text)
