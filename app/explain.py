"""One event's whole story, in words an office worker and a unit can follow (design.md §9)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.office import Office
from domain.clock import BEIJING
from domain.errors import InputError
from domain.events import Event, confirming, occurrences
from domain.looks import Look, LookKind
from domain.readings import DateSource, DocumentReading
from domain.records import LogEntry
from domain.rubric import Clause, Test
from domain.scores import Occurrence
from domain.units import App, Subject, SubjectKind, Unit
from notices.deadlines import working_days_after

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
    return Story(
        event=event, unit=unit, subject_name=name, subject_url=url, clause=clause, test=test,
        looks=tuple(_looks(office, event)), occurrences=tuple(mine),
        history=tuple(office.archive.history(f"event:{event_id}")),
        date_source=SOURCES[event.date_source] if event.date_source else "",
        remedy=_remedy(event, test), appeal_until=_appeal_until(office, event),
    )  # fmt: skip


def charged_by(office: Office, event: Event, test: Test | None) -> tuple[Occurrence, ...]:
    """The occurrences of the event's unit x subject x test (a period counts once over all its events)."""
    if test is None:
        return ()
    stored = office.archive.events(unit_id=event.unit_id, subject_id=event.subject_id, test_id=event.test_id)
    return occurrences(stored, test)


def subject_named(office: Office, subject_id: str) -> tuple[str, str]:
    """Name and address of a subject, also of a document or of one no longer registered."""
    known: dict[str, Subject] = {one.subject_id: one for one in office.registry.subjects}
    subject = known.get(subject_id)
    if subject is not None:
        return subject.name, subject.package_url if isinstance(subject, App) else subject.url
    looks = office.archive.looks_of(subject_id)
    if not looks:
        return subject_id, ""
    titles = [one.reading.title for one in looks if isinstance(one.reading, DocumentReading)]
    title = next((t for t in reversed(titles) if t), subject_id)
    return (f"《{title}》" if subject_id.startswith(SubjectKind.DOCUMENT) else title), looks[-1].url


def _looks(office: Office, event: Event) -> list[LookStory]:
    looks = {look.id: look for look in office.archive.looks_of(event.subject_id)}
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
        "app.broken": "恢复下载链接，使其指向完整的安装包",
    }.get(monitor or "", "按条款要求整改")


def _appeal_until(office: Office, event: Event) -> date | None:
    """Last day to object, in working days from the notice that told the unit; None before any did."""
    told = (notice for notice in office.archive.notices() if event.id in notice.event_ids)
    first = min((notice.issued_on for notice in told), default=None)
    return working_days_after(first, office.settings.appeal_days).on if first else None
