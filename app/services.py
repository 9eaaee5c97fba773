"""送达、签收 of notices, and what is due: who is not served, whose deadline comes near or has passed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.assess import Asked, Assessment, assess
from app.office import Office
from app.rectification import Noticed, issued, noticed, rechecked, registered
from domain.clock import Month, local_day
from domain.errors import InputError, RefusedError
from domain.events import Event
from domain.notices import LIFTED, RecheckResult
from domain.records import NoticeRow, Service, ServiceStep
from domain.rectification import ItemRecheck
from domain.units import SubjectKind, Unit

OLD = timedelta(days=60)
"""So long after its deadline nobody is reminded of a notice: what goes on stands in later ones."""

DONE = frozenset({RecheckResult.FIXED, *LIFTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """When a notice was 送达 and 签收 at a unit, None where it was not recorded."""

    served: Service | None
    received: Service | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """What the office has to see to of one unit in one notice. `open_items`: not shown to be mended."""

    month: Month
    number: int
    unit: Unit
    deadline: date
    days_left: int
    open_items: tuple[ItemRecheck, ...]
    served_on: date | None
    received_on: date | None
    todo: tuple[str, ...]


def record_service(  # noqa: PLR0913 - a service is all of this
    office: Office, month: Month, unit_id: str, step: ServiceStep, *, on: date, person: str, by: str,
    note: str = "", at: datetime | None = None,
) -> Service:  # fmt: skip
    """Record 送达 or 签收 of a month's notice at a unit; a second record of a step corrects the first.

    Raises InputError (unknown unit, missing names), RefusedError (no notice, not named in it, a day that
    cannot be).
    """
    unit, notice = office.unit(unit_id), issued(office, month)
    if not person.strip() or not by.strip():
        raise InputError("请写明送达（签收）人（--person）和登记人（--by）。")
    if unit.id not in {item.unit_id for item in notice.report.items}:
        raise RefusedError(f"{month} 的通报中没有{unit.name}的事项，不用登记{step}。")
    moment = office.moment(at)
    _refuse_day(notice, step, on, moment, served_at(office, notice.row, unit.id))
    service = Service(
        notice_id=notice.row.id, unit_id=unit.id, step=step, on=on, person=person.strip(), by=by.strip(),
        at=moment, note=note.strip(),
    )  # fmt: skip
    office.archive.record_service(service)
    return service


def served_at(office: Office, notice: NoticeRow, unit_id: str) -> Served:
    """The newest record of each step."""
    mine = [one for one in office.archive.services(notice.id) if one.unit_id == unit_id]
    newest = {one.step: one for one in mine}
    return Served(served=newest.get(ServiceStep.SERVED), received=newest.get(ServiceStep.RECEIVED))


def served_late(office: Office, event: Event) -> str:
    """What speaks for a unit charged with lateness (A1-04): the notice came after its deadline, or nothing
    says that it came. "" otherwise."""
    kind, _, rest = event.subject_id.partition(":")
    if kind != SubjectKind.NOTICE:
        return ""
    notice = office.archive.notice_of(Month.parse(rest.partition("/")[0]))
    if notice is None:
        return ""
    service = served_at(office, notice, event.unit_id)
    days = [one.on for one in (service.served, service.received) if one is not None]
    if not days:
        return f"没有登记 {notice.month} 的通报何时送达本单位"
    late = min(days) > notice.deadline
    return f"通报 {min(days)} 才送达本单位，晚于整改期限 {notice.deadline}" if late else ""


def reminders(office: Office, within: int, at: datetime | None = None) -> list[Reminder]:
    """What is due within so many days, nearest deadline first, then as registered.

    Where nothing is left to do, nothing.
    """
    moment = office.moment(at)
    today, found = local_day(moment), []
    for notice in noticed(office, due_from=today - OLD):
        cases = _cases(office, notice)
        every = rechecked(office, notice, cases, moment)
        named = {item.unit_id for item in notice.report.items}
        for unit in (unit for unit in office.registry.units if unit.id in named):
            one = _reminder(office, notice, unit, every, today)
            if one.todo and (one.days_left <= within or _unserved(one)):
                found.append(one)
    return sorted(found, key=lambda one: (one.deadline, one.month))


def _cases(office: Office, notice: Noticed) -> list[Assessment]:
    items = notice.items
    asked = Asked(units={item.unit_id for item in items}, tests={item.test_id for item in items})
    subjects = registered(office, {item.subject_id for item in items})
    return [one for subject in subjects for one in assess(office, subject, asked=asked)]


def _reminder(
    office: Office, notice: Noticed, unit: Unit, every: Iterable[ItemRecheck], today: date
) -> Reminder:
    mine = [one for one in every if one.item.unit_id == unit.id]
    left = tuple(one for one in mine if one.recheck.result not in DONE and not _closed(one))
    service = served_at(office, notice.row, unit.id)
    served, received = (one.on if one else None for one in (service.served, service.received))
    deadline = notice.row.deadline
    return Reminder(
        month=notice.row.month, number=notice.row.number, unit=unit, deadline=deadline,
        days_left=(deadline - today).days, open_items=left, served_on=served, received_on=received,
        todo=_todo(left, served, received, deadline, today),
    )  # fmt: skip


def _closed(one: ItemRecheck) -> bool:
    """Put right too late: nothing is left to remind of."""
    return one.recheck.result is RecheckResult.LATE


def _todo(
    left: tuple[ItemRecheck, ...], served: date | None, received: date | None, deadline: date, today: date
) -> tuple[str, ...]:
    """Sentences; empty when nothing is left to do. A notice is served also where all is put right."""
    told = []
    if received is None:
        told.append("尚未签收" if served else "尚未送达")
    if not left:
        return tuple(told)
    days = (deadline - today).days
    late = sum(one.recheck.overdue for one in left)
    final = sum(one.recheck.final and not one.recheck.overdue for one in left)
    waiting = len(left) - late - final
    if days >= 0:
        told.append(f"{'今天' if days == 0 else f'{days}天后'}到期，{len(left)}项尚未整改")
    if days < 0 and late:
        told.append(f"已过期{-days}天，{late}项未整改或整改不到位")
    if days < 0 and waiting:
        told.append(f"{waiting}项到期后还没有有效监测，请在期限后三天内人工查看，用 zwgk attest 登记")
    if days < 0 and final:
        told.append(f"{final}项无法判定，不能认定未按时整改")
    return tuple(told)


def _unserved(one: Reminder) -> bool:
    return one.served_on is None and one.received_on is None


def _refuse_day(notice: Noticed, step: ServiceStep, on: date, at: datetime, before: Served) -> None:
    if on < notice.row.issued_on:
        raise RefusedError(f"{step}日期 {on} 早于通报的印发日期 {notice.row.issued_on}。请核对。")
    if on > local_day(at):
        raise RefusedError(f"{step}日期 {on} 在将来（今天是 {local_day(at)}）。请核对。")
    served, received = before.served, before.received
    if step is ServiceStep.RECEIVED and served is not None and on < served.on:
        raise RefusedError(f"签收日期 {on} 早于送达日期 {served.on}。请核对。")
    if step is ServiceStep.SERVED and received is not None and on > received.on:
        raise RefusedError(f"送达日期 {on} 晚于已登记的签收日期 {received.on}。请核对。")
