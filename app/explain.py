"""One event's whole story, in words an office worker and a unit can follow (design.md §9)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.appeals import appeal_until
from app.assess import assess
from app.naming import subject_named
from app.office import Office
from app.rectification import by_case, noticed, recheck_item, registered
from app.services import Served, served_at
from app.told import item_topic, told_about
from domain.clock import BEIJING
from domain.errors import InputError
from domain.events import NOTICE, Event, charged, confirming
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
LOOKS = {LookKind.OFFICIAL: "正式监测", LookKind.ON_DEMAND: "即时检查", LookKind.ATTESTED: "人工核实"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LookStory:
    """One look as told. `role`: 首次发现, 再次发现, 确认, 恢复正常 or nothing."""

    look: Look
    role: str

    @property
    def sentence(self) -> str:
        when = self.look.at.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M")
        status = f"HTTP {self.look.http_status}" if self.look.http_status else "无应答"
        kind = LOOKS[self.look.look]
        return f"{when} {kind}（{status}，记录号{self.look.id}）{self.role}：{self.look.why}"


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
    def points(self) -> Decimal:
        return sum((one.points for one in self.occurrences), Decimal(0))


def explain(office: Office, event_id: int) -> Story:
    """Gather an event's story. Raises InputError for an unknown event."""
    event = office.archive.event(event_id)
    if event is None:
        raise InputError(f"没有事件 {event_id}。用 zwgk events 查看编号。")
    unit = office.unit(event.unit_id)
    test = office.test(event.test_id)
    clause = next((c for c in office.rubric_for(unit).clauses if c.id == event.clause_id), None)
    name, url = subject_named(office, event.subject_id)
    mine = [one for one in charged_by(office, event, test) if one.event_id == event.id]
    notices = tuple(_notices(office, event))
    topics = [item_topic(one.notice.month, one.item.number) for one in notices]
    return Story(
        event=event, unit=unit, subject_name=name, subject_url=url, clause=clause, test=test,
        looks=tuple(_looks(office, event)), occurrences=tuple(mine),
        history=tuple(office.archive.history(f"event:{event_id}")),
        date_source=SOURCES[event.date_source] if event.date_source else "",
        remedy=_remedy(event, test), appeal_until=appeal_until(office, event), notices=notices,
        told=tuple(told_about(office.archive.told(event.unit_id), event, topics)),
    )  # fmt: skip


def charged_by(office: Office, event: Event, test: Test | None) -> tuple[Occurrence, ...]:
    """The occurrences of the event's unit x test (a period counts once over all events of a subject)."""
    if test is None:
        return ()
    return charged(office.archive.events(unit_id=event.unit_id, test_id=event.test_id), test)


def _notices(office: Office, event: Event) -> Iterator[NoticeStory]:
    """Every notice that names the event, with the re-check of its item (none for 按时整改 itself)."""
    named = [one for one in noticed(office) if event.id in one.row.event_ids]
    subjects = registered(office, {event.subject_id}) if named else []
    known = by_case(one for subject in subjects for one in assess(office, subject))
    for notice in named:
        service = served_at(office, notice, event.unit_id)
        for item in notice.report.items:
            if item.event_id == event.id:
                recheck = None
                if item in notice.items:
                    recheck = recheck_item(office, item, known, notice.row.deadline, office.now())
                yield NoticeStory(notice=notice.row, item=item, recheck=recheck, service=service)


def _looks(office: Office, event: Event) -> list[LookStory]:
    looks = {look.id: look for look in office.archive.looks_of(event.subject_id)}
    if event.subject_id.startswith(NOTICE):  # its looks are those at the items
        proofs = (s.observation_id for s in event.sightings)
        looks = {number: office.archive.look(number) for number in (*proofs, event.closed_by) if number}
    second = confirming(event.sightings)
    told = []
    for number, sighting in enumerate(event.sightings):
        role = "首次发现" if number == 0 else "再次发现"
        if second is not None and sighting.observation_id == second.observation_id:
            role = "确认"
        if sighting.observation_id in looks:
            told.append(LookStory(look=looks[sighting.observation_id], role=role))
    if event.closed_by in looks:
        told.append(LookStory(look=looks[event.closed_by], role="恢复正常"))
    return told


def _remedy(event: Event, test: Test | None) -> str:
    """What would end the breach."""
    monitor = test.monitor if test else ""
    return {
        "column.stale": f"在该栏目发布注明日期的新信息（{event.limit}）",
        "directory.open": "开通信息公开目录并使其可以访问、有内容",
        "document.labels": "在该文件页面补全所缺要素；没有文号的写“无”",
        "account.stale": f"在该账号发布新内容（{event.limit}）",
        "notice.rectified": "按时整改已不能补救；尚未整改的事项请尽快整改，确属误判的可以申诉",
        "app.broken": "恢复下载链接，使其指向完整的安装包",
    }.get(monitor or "", "按条款要求整改")
