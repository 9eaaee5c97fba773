"""A unit objects to an event, another person decides; the event and the scores follow at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from app.attachments import Upload, attachments
from app.judge import rejudge_event
from app.office import Office
from app.rectification import Noticed, noticed
from app.signing import refuse_same, signature, unit_of
from domain.clock import local_day
from domain.errors import InputError, RefusedError
from domain.events import Decision, DecisionKind, Event, EventState
from domain.records import Appeal, AppealOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealRow:
    """An appeal with its event. `until`: last day on which it could have been filed, None: no notice yet."""

    appeal: Appeal
    event: Event
    until: date | None


def file_appeal(
    office: Office, event_id: int, *, by: str, reason: str, files: Sequence[Path | Upload] = (),
    at: datetime | None = None,
) -> Event:  # fmt: skip
    """Record an objection; the event is 申诉中 from now on.

    Allowed before any notice named the event, then until the last notice's period ends (24:00 of that day).
    One decision an event: afterwards only the office itself may withdraw it, on new facts.
    Raises InputError (unknown event, missing words, attachments), RefusedError (late, again, withdrawn).
    """
    event = found(office, event_id)
    person = signature(None, by, reason)
    refs, contents = attachments(files)
    moment = office.moment(at)
    refusal = why_not(office, event, moment)
    if refusal:
        raise RefusedError(refusal)
    appeal = Appeal(event_id=event_id, filed_by=person, reason=reason.strip(), filed_at=moment, files=refs)
    with office.archive.together():
        office.archive.file_appeal(appeal, contents)
        rejudge_event(office, event)
    return found(office, event_id)


def decide_appeal(  # noqa: PLR0913 - the facts of a decision
    office: Office, event_id: int, outcome: AppealOutcome, *, by: str, reason: str, second: str = "",
    at: datetime | None = None,
) -> Event:  # fmt: skip
    """Uphold or withdraw the event under appeal; a withdrawal is decided and judged in the same transaction.

    Never by who filed the appeal or confirmed the event; for the office's own units by two persons.
    Raises InputError, RefusedError (no open appeal, the same person).
    """
    event = found(office, event_id)
    appeal = event.open_appeal
    if appeal is None:
        raise RefusedError(f"事件 {event_id} 没有待决定的申诉。用 zwgk appeal list 查看。")
    person = signature(unit_of(office, event.unit_id), by, reason, second)
    refuse_partial(event, appeal, person)
    moment, why = office.moment(at), reason.strip()
    with office.archive.together():
        office.archive.decide_appeal(event_id, outcome, by=person, why=why, at=moment)
        if outcome is AppealOutcome.WITHDRAWN:
            made = Decision(kind=DecisionKind.WITHDRAW, by=person, reason=f"申诉成立：{why}", at=moment)
            office.archive.add_decision(event_id, made)
        rejudge_event(office, event)
    return found(office, event_id)


def refuse_partial(event: Event, appeal: Appeal, by: str) -> None:
    """Raises RefusedError for who filed the appeal or confirmed the event."""
    refuse_same(by, [appeal.filed_by], "提出了这件申诉")
    confirmed = [d.by for d in event.decisions if d.kind is DecisionKind.CONFIRM]
    refuse_same(by, confirmed, "认定过这个事件")


def appeals(office: Office, *, open_only: bool = False) -> list[AppealRow]:
    """All appeals in the order they were filed."""
    return appeal_rows_of(office, office.archive.appeals(open_only=open_only))


def appeal_rows_of(office: Office, rows: Sequence[Appeal]) -> list[AppealRow]:
    """These appeals with their events, read together."""
    events = office.archive.events_by_id({appeal.event_id for appeal in rows})
    notices = noticed(office) if rows else []
    return [
        AppealRow(appeal=one, event=events[one.event_id], until=_until(notices, one.event_id)) for one in rows
    ]


def save_files(office: Office, event_id: int, out: Path) -> list[Path]:
    """Write the attachments of the event's appeals to a folder, numbered; nothing is overwritten.

    Raises InputError (unknown event, folder not writable), RefusedError (no attachment, a file is there).
    """
    files = [file for appeal in found(office, event_id).appeals for file in appeal.files]
    if not files:
        raise RefusedError(f"事件 {event_id} 的申诉没有附件。")
    written = []
    for number, file in enumerate(files, 1):
        path = out / f"{event_id}-{number}-{file.name}"
        content = office.archive.body(file.sha256)
        if content is None:
            raise InputError(f"附件 {file.name} 的内容不在库中（sha256 {file.sha256}）。请从备份恢复。")
        try:
            out.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as opened:
                opened.write(content)
        except FileExistsError:
            raise RefusedError(f"{path} 已经存在，不会覆盖。请用 --out 另选文件夹。") from None
        except OSError as error:
            raise InputError(f"{path} 不能写入：{error.strerror}。请用 --out 另选文件夹。") from error
        written.append(path)
    return written


def appeal_until(office: Office, event: Event) -> date | None:
    """Last day to object: as printed in the last notice that named the event; None before any did."""
    return _until(noticed(office, naming=event.id), event.id)


def _until(notices: Iterable[Noticed], event_id: int | None) -> date | None:
    said = (one.report.issue for one in notices if event_id in one.row.event_ids)
    return max((issue.appeal_until for issue in said if issue is not None), default=None)


def found(office: Office, event_id: int) -> Event:
    """Raises InputError for an unknown event."""
    event = office.archive.event(event_id)
    if event is None:
        raise InputError(f"没有事件 {event_id}。用 zwgk events 查看编号。")
    return event


def why_not(office: Office, event: Event, at: datetime) -> str:
    """Why nobody can object to the event at that moment, a sentence; "" when one can."""
    if event.open_appeal is not None:
        return f"事件 {event.id} 已有一件申诉还没有决定，不能重复提出。"
    if event.state is EventState.WITHDRAWN:
        return f"事件 {event.id} 已撤销，记 0 分，无须申诉。"
    if event.appeals:
        last = event.appeals[-1]
        return (
            f"事件 {event.id} 的申诉已于 {local_day(last.decided_at or at)} 作出决定（{last.outcome}），"
            f"不再受理。确有新事实的，请办公室核实后撤销这个事件。"
        )
    until = appeal_until(office, event)
    if until is not None and local_day(at) > until:
        return (
            f"事件 {event.id} 的申诉截止日期是 {until}，现在是 {local_day(at)}，已经过期，不能受理。"
            f"确属误判的，请办公室核实后撤销这个事件。"
        )
    return ""
