"""Stored observations -> events. The one place where judging is written down.

Late looks, adopted checks, take-over after a crash and rejudging are the same call; the result does not
depend on the order in which observations arrived (design.md §3).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from urllib.parse import urlsplit

from app.assess import Asked, Assessment, assess, found_wrong, related
from app.doubts import open_tasks
from app.gather import Sheaves, attributed
from app.office import Office
from app.rectification import notice_cases, noticed, registered
from domain.clock import local_day
from domain.errors import OvertakenError
from domain.events import Event, decided
from domain.findings import Finding, Verdict
from domain.looks import Look, LookKind, Run
from domain.readings import DocumentReading, PageState
from domain.units import Column, ColumnKind, Subject, SubjectKind
from monitors.case import History
from monitors.walk import READ

MASS_SUBJECTS, MASS_SHARE = 5, 0.30
"""A template change or a restored backup: so many, and this share of a host's answered subjects turn."""

TRIES = 5
"""So often is judged anew; a person decides once in that time, if at all."""

UNKNOWN_DAYS = 3
"""Days without an answer after which the office gets a task (design.md §4.5)."""


def judge_subjects(office: Office, subject_ids: Iterable[str], *, run: Run | None = None) -> int:
    """Recompute the events of these subjects from all that is stored, in one transaction under the fence.

    Document ids are judged through their column. Returns how many events stand. Raises FenceLostError.
    """
    return len(_judged(office, subject_ids, run))


def rejudge_event(office: Office, event: Event) -> None:
    """Bring one event, and what follows from it, up to date, also when its subject is no longer watched."""
    saved = _judged(office, [event.subject_id], None)
    if event.id in {one.id for one in saved}:
        return
    fresh, test = office.archive.event(event.id or 0), office.test(event.test_id)
    if fresh is not None and test is not None and not found_wrong(fresh):
        office.archive.save_events([decided(fresh, test)], [], run=None, at=office.now())
    sheaves, unit = Sheaves(office), Asked(units={event.unit_id})
    subjects = [one for one in office.registry.subjects if one.unit_id in {None, event.unit_id}]
    known = [one for subject in subjects for one in assess(office, subject, sheaves=sheaves, asked=unit)]
    _save(office, notice_cases(office, known, office.now(), units={event.unit_id}), None)


def _judged(office: Office, subject_ids: Iterable[str], run: Run | None) -> list[Event]:
    """Judged anew where a person decides meanwhile: what he decided goes before what was being worked out."""
    subjects = related(office, registered(office, subject_ids))
    for _ in range(TRIES - 1):
        with suppress(OvertakenError):
            return _judged_once(office, subjects, run)
    return _judged_once(office, subjects, run)


def _judged_once(office: Office, subjects: Sequence[Subject], run: Run | None) -> list[Event]:
    sheaves = Sheaves(office)
    found = {subject.subject_id: assess(office, subject, sheaves=sheaves) for subject in subjects}
    if run is not None:
        for subject_id in _hold_mass_changes(office, run, found):
            found[subject_id] = assess(office, office.registry.subject(subject_id), sheaves=sheaves)
    everything = [one for many in found.values() for one in many]
    everything += _of_notices(office, everything, sheaves)
    saved = _save(office, everything, run)
    for subject in subjects:
        _tasks(office, subject, found[subject.subject_id], sheaves)
    open_tasks(office, _columns_seen(subjects, found), office.now())
    return saved


def _columns_seen(
    subjects: Iterable[Subject], found: Mapping[str, list[Assessment]]
) -> dict[Column, History]:
    own = {one.case.subject_id: one.history for many in found.values() for one in many}
    return {s: own[s.subject_id] for s in subjects if isinstance(s, Column) and s.subject_id in own}


def _save(office: Office, found: Sequence[Assessment], run: Run | None) -> list[Event]:
    events = [event for one in found for event in one.events]
    gone = [event for one in found for event in one.gone]
    return office.archive.save_events(events, gone, run=run, at=office.now())


def _of_notices(office: Office, judged: list[Assessment], sheaves: Sheaves) -> list[Assessment]:
    """A1-04 of the units whose noticed items were among what was judged now (design.md §4.12)."""
    now_judged = {(one.case.unit_id, one.case.subject_id) for one in judged}
    items = [item for notice in noticed(office) for item in notice.items]
    units = {item.unit_id for item in items if (item.unit_id, item.subject_id) in now_judged}
    missing = {
        item.subject_id
        for item in items
        if item.unit_id in units and (item.unit_id, item.subject_id) not in now_judged
    }
    subjects = registered(office, missing)
    others = [one for subject in subjects for one in assess(office, subject, sheaves=sheaves)]
    return notice_cases(office, [*others, *judged], office.now(), units=units) if units else []


def judge_run(office: Office, run: Run) -> None:
    """Judge what a run saw, as its own: what many subjects of a host showed in it at once is held."""
    seen = office.archive.looks_in_run(run.id)
    judge_subjects(office, {look.parent_id or look.subject_id for look in seen}, run=run)


def judge_everything(office: Office) -> int:
    """Judge every registered subject: after a take-over, a restore, or a change of registry."""
    return judge_subjects(office, [subject.subject_id for subject in office.registry.subjects])


def _hold_mass_changes(office: Office, run: Run, found: Mapping[str, list[Assessment]]) -> list[str]:
    """Where many subjects of a host turned in this run, their looks wait for a person (design.md §4.8)."""
    by_host: dict[str, list[Look]] = defaultdict(list)
    for look in office.archive.looks_in_run(run.id):
        if look.kind is not SubjectKind.DOCUMENT and look.look is LookKind.OFFICIAL and look.state in READ:
            by_host[urlsplit(look.url).netloc].append(look)
    held: list[str] = []
    for host, looks in by_host.items():
        turned = [look.subject_id for look in looks if _turned(look, found.get(look.subject_id, []))]
        if len(turned) >= MASS_SUBJECTS and len(turned) >= MASS_SHARE * len(looks):
            why = f"{host} 在同一次监测中有{len(turned)}个监测对象同时异常，疑似改版或恢复旧备份，须人工判断"
            office.archive.save_holds(run.id, dict.fromkeys(turned, why))
            office.archive.open_task("mass_change", host, why, at=office.now())
            held += turned
    return held


def _turned(look: Look, found: list[Assessment]) -> bool:
    return any(_turns(one.findings, look.id) for one in found if one.case.subject_id == look.subject_id)


def _turns(findings: tuple[Finding, ...], observation_id: int) -> bool:
    """Whether this look is a breach (or suspected) and the good look before it was in order."""
    before, period = Verdict.UNKNOWN, None
    for finding in findings:
        if finding.period != period:  # another year's window: what was in order then proves nothing now
            before, period = Verdict.UNKNOWN, finding.period
        if finding.observation_id == observation_id:
            return finding.verdict in {Verdict.BREACH, Verdict.SUSPECTED} and before is Verdict.OK
        if finding.verdict is not Verdict.UNKNOWN:
            before = finding.verdict
    return False


def _tasks(office: Office, subject: Subject, found: list[Assessment], sheaves: Sheaves) -> None:
    """Open or close the office's tasks: unanswered for days, address gone, publishers not matched."""
    own = [one for one in found if one.case.subject_id == subject.subject_id and one.findings]
    if own:
        _task_if(office, "unknown", subject, _unanswered(own[0].findings))
    last = office.archive.last_look(subject.subject_id)
    gone = last.why if last is not None and _gone(last) else ""
    _task_if(office, "registry", subject, f"栏目地址已失效：{gone}，请核对登记" if gone else "")
    if isinstance(subject, Column) and subject.shared and subject.kind is not ColumnKind.CRITICISM:
        names = _unmatched(office, sheaves.documents(subject))
        _task_if(office, "publisher", subject, f"发布机构未能对应到单位：{'、'.join(names)}" if names else "")


def _gone(look: Look) -> bool:
    """Nothing there, a page that says so, or one that leads elsewhere (crawler/moved.py)."""
    return look.http_status in {404, 410} or look.state is PageState.SOFT_404


def _task_if(office: Office, kind: str, subject: Subject, detail: str) -> None:
    if detail:
        office.archive.open_task(kind, subject.subject_id, detail, unit_id=subject.unit_id, at=office.now())
    else:
        office.archive.close_task(kind, subject.subject_id, unit_id=subject.unit_id, at=office.now())


def _unanswered(findings: tuple[Finding, ...]) -> str:
    """The reason when the last three looked-at days all stayed unknown."""
    answered: dict[date, bool] = {}
    for finding in findings:
        day = local_day(finding.at)
        answered[day] = answered.get(day, False) or finding.answered
    last = [good for _, good in sorted(answered.items())][-UNKNOWN_DAYS:]
    if len(last) < UNKNOWN_DAYS or any(last):
        return ""
    return f"连续{UNKNOWN_DAYS}天无法判定：{findings[-1].why}"


def _unmatched(office: Office, documents: Sequence[Look]) -> list[str]:
    owners = attributed(office, documents)
    names = {
        look.reading.publisher or look.reading.source or "（页面未标发布机构）"
        for look in documents
        if isinstance(look.reading, DocumentReading) and look.url.partition("#")[0] not in owners
    }
    return sorted(names)
