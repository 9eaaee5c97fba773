"""What a unit has to do: its open events and how to mend them, its notices, and what it may ask for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.checks import PATIENCE_S, attended_apart
from app.event_list import Listed, event_list
from app.explain import remedy_of
from app.feedback import ItemFeedback, notice_feedback
from app.office import Office
from app.rectification import Noticed, issued, noticed
from app.services import Served, record_service, served_at
from domain.clock import Month, local_day
from domain.errors import InputError, RefusedError
from domain.events import Event
from domain.queries import EventQuery
from domain.records import Service, ServiceStep

SHOWN = timedelta(days=60)
"""So long after its deadline a notice stands on a unit's page; older ones are in its events."""

CHECKS_A_DAY = 3
"""How often a day (Beijing) a unit may ask for a look at its columns; the office's own checks count apart."""

ASKED = "check.asked"
MOST_NAME = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class ToMend:
    """An open event. `until`: the last day its notice gives, None: no notice names it yet."""

    row: Listed
    remedy: str
    until: date | None
    days_left: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitItem:
    """An item of a notice; `event`: as it stands now."""

    feedback: ItemFeedback
    event: Event | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitNotice:
    """A notice as it concerns the unit."""

    notice: Noticed
    service: Served
    items: Sequence[UnitItem]
    days_left: int

    @property
    def appeal_until(self) -> date | None:
        issue = self.notice.report.issue
        return issue.appeal_until if issue is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitDesk:
    """`checks_left`: how often the unit may still ask for a look today."""

    to_mend: Sequence[ToMend]
    total: int
    notices: Sequence[UnitNotice]
    checks_left: int


def unit_desk(office: Office, unit_id: str) -> UnitDesk:
    """Raises InputError for an unknown unit."""
    unit, today = office.unit(unit_id), local_day(office.now())
    found = event_list(office, EventQuery(unit_id=unit.id, open=True))
    recent = reversed(noticed(office, due_from=today - SHOWN))
    return UnitDesk(
        to_mend=[_to_mend(office, row, today) for row in found.rows], total=found.total,
        notices=[_notice(office, n, unit.id, today) for n in recent if _names(n, unit.id)],
        checks_left=CHECKS_A_DAY - _asked_today(office, unit.id),
    )  # fmt: skip


def sign_for(office: Office, month: Month, unit_id: str, *, person: str, by: str) -> Service:
    """签收 of a month's notice by the unit itself, today; once: what is wrong the office corrects.

    Raises InputError (unknown unit, no name), RefusedError (no notice, not named in it, signed already).
    """
    notice = issued(office, month)
    if len(person) > MOST_NAME:
        raise InputError(f"签收人不超过 {MOST_NAME} 字。")
    with office.archive.together():
        before = served_at(office, notice.row, office.unit(unit_id).id).received
        if before is not None:
            raise RefusedError(f"{month} 的通报已由{before.person}于 {before.on} 签收，登错的请办公室更正。")
        return record_service(
            office, month, unit_id, ServiceStep.RECEIVED, on=local_day(office.now()), person=person, by=by,
            note="网上签收",
        )  # fmt: skip


def ask_check(office: Office, unit_id: str, *, by: str) -> int:
    """A look at the unit's own columns, accounts and apps, asked for by the unit; its number at once.

    One that is under way is given instead and not counted. Raises InputError (unknown unit), RefusedError
    (asked too often today).
    """
    unit, now = office.unit(unit_id), office.clock()
    with office.archive.together():
        waiting = office.archive.open_check(unit.id)
        if waiting is not None and now - waiting.asked_at < timedelta(seconds=PATIENCE_S):
            return waiting.id
        if _asked_today(office, unit.id) >= CHECKS_A_DAY:
            raise RefusedError(
                f"{unit.name}今天已申请复查 {CHECKS_A_DAY} 次，明天才能再申请："
                "每次复查都要访问网站，不能太频繁。每晚的监测照常进行；急需的请联系办公室。"
            )
        check_id = office.archive.ask_check(unit.id, now)
        told = {"check": check_id, "unit": unit.id, "look": "on_demand"}
        office.archive.append_log(ASKED, f"unit:{unit.id}", told, actor=by, at=now)
    attended_apart(office, check_id)
    return check_id


def _asked_today(office: Office, unit_id: str) -> int:
    """By the true clock, also in a simulation: the looks burden a real site."""
    today = local_day(office.clock())
    return sum(
        entry.type == ASKED and local_day(entry.at) == today
        for entry in office.archive.history(f"unit:{unit_id}")
    )


def _to_mend(office: Office, row: Listed, today: date) -> ToMend:
    until = row.event.deadline
    return ToMend(
        row=row, remedy=remedy_of(row.event, office.test(row.event.test_id)), until=until,
        days_left=(until - today).days if until is not None else None,
    )  # fmt: skip


def _names(notice: Noticed, unit_id: str) -> bool:
    return any(item.unit_id == unit_id for item in notice.report.items)


def _notice(office: Office, notice: Noticed, unit_id: str, today: date) -> UnitNotice:
    return UnitNotice(
        notice=notice, service=served_at(office, notice.row, unit_id),
        items=[
            UnitItem(feedback=one, event=office.archive.event(one.item.event_id))
            for one in notice_feedback(office, notice, unit_id)
        ],
        days_left=(notice.row.deadline - today).days,
    )  # fmt: skip
