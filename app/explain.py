"""One event's whole story, in words an office worker and a unit can follow (design.md §9)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TypeAlias

from app.appeals import appeal_until
from app.assess import Asked, Assessment, assess
from app.naming import subject_named
from app.office import Office
from app.rectification import Key, by_case, noticed, recheck_item, registered
from app.services import Served, served_at
from app.told import item_topic, told_about
from app.words import goes_on
from domain.clock import BEIJING
from domain.errors import InputError
from domain.events import NOTICE, Event, EventState, charged, confirming
from domain.looks import Look, LookKind
from domain.notices import NoticeItem
from domain.readings import DateSource
from domain.records import LogEntry, NoticeRow, Told
from domain.rectification import Recheck
from domain.rubric import Clause, Test
from domain.scores import Occurrence
from domain.units import Unit

SOURCES = {
    DateSource.ROW: "列表条目", DateSource.PAGE: "文章页面",
    DateSource.META: "页面元数据", DateSource.URL: "网址",
}  # fmt: skip
NOTHING_KNOWN: Mapping[tuple[str, int], Recheck] = MappingProxyType({})
LOOKS = {LookKind.OFFICIAL: "正式监测", LookKind.ON_DEMAND: "即时检查", LookKind.ATTESTED: "人工核实"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LookStory:
    """One look as told. `role`: 首次发现, 再次发现, 确认, 恢复正常 or nothing.

    `about`: what it looked at, where that is not the event's own subject (items of a notice).
    """

    look: Look
    role: str
    about: str = ""

    @property
    def sentence(self) -> str:
        when = self.look.at.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M")
        status = f"HTTP {self.look.http_status}" if self.look.http_status else "无应答"
        kind = LOOKS[self.look.look]
        about = f"“{self.about}”" if self.about else ""
        return f"{when} {kind}（{status}，记录号{self.look.id}）{about}{self.role}：{self.look.why}"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeStory:
    """A notice that named the event: its item, what became of it, when the unit was served."""

    notice: NoticeRow
    item: NoticeItem
    recheck: Recheck | None
    service: Served


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What `zwgk explain` prints. `looks`: those the event rests on and the one that ended it."""

    event: Event
    unit: Unit
    subject_name: str
    subject_url: str
    clause: Clause | None
    test: Test | None
    looks: tuple[LookStory, ...]
    occurrences: tuple[Occurrence, ...]
    history: tuple[LogEntry, ...]
    date_source: str
    remedy: str
    appeal_until: date | None
    notices: tuple[NoticeStory, ...]
    told: tuple[Told, ...]

    @property
    def goes_on(self) -> str:
        """What later looks mean where a withdrawn event's breach goes on, a sentence; else ""."""
        return goes_on(self.event)

    @property
    def points(self) -> Decimal:
        return sum((one.points for one in self.occurrences), Decimal(0))


Known: TypeAlias = Mapping[tuple[str, int], Recheck]
"""What became of noticed items, by the notice's subject and the item's number, as app.board keeps it."""


def explain(office: Office, event_id: int, known: Known = NOTHING_KNOWN) -> Story:
    """Gather an event's story; `known` spares judging the subject's history. Raises InputError (unknown)."""
    event = office.archive.event(event_id)
    if event is None:
        raise InputError(f"没有事件 {event_id}。用 zwgk events 查看编号。")
    unit = office.unit(event.unit_id)
    test = office.test(event.test_id)
    clause = next((c for c in office.rubric_for(unit).clauses if c.id == event.clause_id), None)
    name, url = subject_named(office, event.subject_id)
    mine = [one for one in charged_by(office, event, test) if one.event_id == event.id]
    notices = tuple(_notices(office, event, known))
    topics = [item_topic(one.notice.month, one.item.number) for one in notices]
    return Story(
        event=event, unit=unit, subject_name=name, subject_url=url, clause=clause, test=test,
        looks=tuple(_looks(office, event)), occurrences=tuple(mine),
        history=tuple(office.archive.history(f"event:{event_id}")),
        date_source=SOURCES[event.date_source] if event.date_source else "",
        remedy=remedy_of(event, test), appeal_until=appeal_until(office, event), notices=notices,
        told=tuple(told_about(office.archive.told(event.unit_id), event, topics)),
    )  # fmt: skip


def charged_by(office: Office, event: Event, test: Test | None) -> tuple[Occurrence, ...]:
    """The occurrences of the event's unit x test (a period counts once over all events of a subject)."""
    if test is None:
        return ()
    return charged(office.archive.events(unit_id=event.unit_id, test_id=event.test_id), test)


def _notices(office: Office, event: Event, known: Known) -> Iterator[NoticeStory]:
    """Every notice that names the event, with the re-check of its item (none for 按时整改 itself)."""
    named = [
        (notice, item)
        for notice in noticed(office, naming=event.id)
        for item in notice.report.items
        if item.event_id == event.id
    ]
    asked = {(f"{NOTICE}{notice.row.month}", item.number) for notice, item in named if item in notice.items}
    judged = {} if asked <= known.keys() else _judged(office, event)
    for notice, item in named:
        key = f"{NOTICE}{notice.row.month}", item.number
        recheck = known.get(key)
        if recheck is None and key in asked:
            recheck = recheck_item(office, item, judged, notice.row.deadline, office.now())
        service = served_at(office, notice.row, event.unit_id)
        yield NoticeStory(notice=notice.row, item=item, recheck=recheck, service=service)


def _judged(office: Office, event: Event) -> Mapping[Key, Assessment]:
    asked = Asked(units={event.unit_id}, tests={event.test_id})
    subjects = registered(office, {event.subject_id})
    return by_case(one for subject in subjects for one in assess(office, subject, asked=asked))


def _looks(office: Office, event: Event) -> list[LookStory]:
    """The looks the event rests on; of a notice's event, those at its items."""
    foreign = event.subject_id.startswith(NOTICE)
    proofs = [*(sighting.observation_id for sighting in event.sightings), event.closed_by]
    looks = office.archive.looks_by_id([number for number in proofs if number is not None])
    second = confirming(event.sightings) if event.confirmed_at is not None else None
    roles = ["首次发现", *("再次发现" for _ in event.sightings[1:]), "恢复正常"]
    if second is not None:
        roles[event.sightings.index(second)] = "确认"
    return [
        LookStory(
            look=looks[number], role=role,
            about=subject_named(office, looks[number].subject_id)[0] if foreign else "",
        )
        for number, role in zip(proofs, roles, strict=True)
        if number in looks
    ]  # fmt: skip


def remedy_of(event: Event, test: Test | None) -> str:
    """What would end the breach."""
    if event.state is EventState.WITHDRAWN:
        return "已撤销，无须整改"
    if event.closed_at is not None and not event.subject_id.startswith(NOTICE):
        return "已恢复正常，无须再整改"
    monitor = test.monitor if test else ""
    return {
        "column.stale": f"在该栏目发布注明日期的新信息（{event.limit}）",
        "column.count": f"补发所缺的信息，注明日期和发布机构（{event.limit}）",
        "column.listed": "在该栏目公开内容并使其可以访问",
        "directory.open": "开通信息公开目录并使其可以访问、有内容",
        "document.labels": "在该文件页面补全所缺要素；没有文号的写“无”",
        "account.stale": f"在该账号发布新内容（{event.limit}）",
        "notice.rectified": "按时整改已不能补救；尚未整改的事项请尽快整改，确属误判的可以申诉",
        "app.broken": "恢复下载链接，使其指向完整的安装包",
    }.get(monitor or "", "按条款要求整改")
