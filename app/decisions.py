"""What people do: decide an event, adopt a check, attest what they saw."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from app.attachments import Upload, attachments
from app.by_hand import remind_office
from app.judge import judge_subjects, rejudge_event
from app.office import Office
from app.signing import signature, unit_of
from app.unit_view import newest_shown
from crawler.addresses import host_of
from domain.clock import day_start, local_day
from domain.errors import InputError, RefusedError
from domain.events import Decision, DecisionKind, Event
from domain.looks import LookKind, Observation
from domain.readings import (
    AccountReading,
    DateSource,
    ListReading,
    ListRow,
    PackageReading,
    PageState,
    Post,
    Reading,
)
from domain.records import AppealOutcome, CheckRow
from domain.units import Account, App, Column, Subject, SubjectKind


def decide(  # noqa: PLR0913 - the facts of a decision
    office: Office, event_id: int, kind: DecisionKind, *, by: str, reason: str,
    points: Decimal | None = None, until: date | None = None, second: str = "", seen: str = "",
    at: datetime | None = None,
) -> Event:  # fmt: skip
    """Confirm, withdraw or exempt an event; it is judged again at once. `second`: for office_own units;
    `seen`: the event as it was shown (`stamp`), "" where nobody looked at a page.

    Raises InputError (unknown event, missing words), RefusedError (already so, under appeal, withdrawn on
    appeal, a second person missing, changed since it was shown).
    """
    with office.archive.together():
        event = _event(office, event_id)
        person = signature(unit_of(office, event.unit_id), by, reason, second)
        refuse_decision(event, kind, points, until, seen)
        made = Decision(
            kind=kind, by=person, reason=reason.strip(), at=office.moment(at), points=points, until=until
        )
        office.archive.add_decision(event_id, made)
        rejudge_event(office, event)
        return office.archive.event(event_id) or event


SLIP = timedelta(days=300)
"""An attested date so much older than what was seen is one of another year, mistyped."""

LONGEST_YEARS = 5
"""An exemption ends by the end of the fifth year after the last look at the latest."""

CHANGED = "这个事件刚刚有了变化（别人作了决定，或又监测了一次）。请看过新的情况再决定。"


def stamp(event: Event) -> str:
    """Tells an event as shown from what becomes of it: another look, decision or appeal gives another one."""
    return hashlib.sha256(repr(event).encode()).hexdigest()[:16]


def refuse_decision(
    event: Event, kind: DecisionKind, points: Decimal | None, until: date | None, seen: str = ""
) -> None:
    """Raises InputError (missing words), RefusedError (what `decide` refuses, whoever signs)."""
    if seen and seen != stamp(event):
        raise RefusedError(CHANGED)
    if kind is DecisionKind.EXEMPT and until is None:
        raise InputError("豁免必须写明截止日期：加上 --until 2026-12-31。")
    if until is not None:
        _refuse_until(event, until)
    if points is not None and (kind is not DecisionKind.CONFIRM or points < 0):
        raise InputError("--points 只用于 confirm，且不得为负数。")
    last = event.decisions[-1].kind if event.decisions else None
    if last is kind and kind is not DecisionKind.EXEMPT:
        raise RefusedError(f"事件 {event.id} 已作过同样的决定（{event.state}）。如需更改，请作相反的决定。")
    _refuse_against_appeal(event, kind)


def _refuse_until(event: Event, until: date) -> None:
    """Raises InputError for an exemption that would excuse nothing, or for ever."""
    first, last = local_day(event.opened_at), date(local_day(event.last_seen_at).year + LONGEST_YEARS, 12, 31)
    if until < first:
        raise InputError(f"豁免至 {until} 早于首次发现的日期 {first}，豁免不到任何一天。请核对截止日期。")
    if until > last:
        raise InputError(f"豁免至 {until} 太久，最长到 {last}。到期后仍须豁免的，届时再作决定。")


def _refuse_against_appeal(event: Event, kind: DecisionKind) -> None:
    if event.open_appeal is not None:
        raise RefusedError(f"事件 {event.id} 正在申诉，请用 zwgk appeal decide {event.id} 作决定。")
    withdrawn = any(appeal.outcome is AppealOutcome.WITHDRAWN for appeal in event.appeals)
    if withdrawn and kind is not DecisionKind.WITHDRAW:
        raise RefusedError(f"事件 {event.id} 已因申诉成立而撤销，不能再认定或豁免。")


def adopt(
    office: Office, check_id: int, *, by: str, reason: str, second: str = "", at: datetime | None = None
) -> None:
    """Make an on-demand check part of the official series: its looks may accuse from now on.

    Raises InputError (unknown or unfinished check, missing words), RefusedError (a second person missing).
    """
    check = refuse_adoption(office, check_id)
    person = signature(unit_of(office, check.unit_id), by, reason, second)
    office.archive.adopt(check_id, by=person, reason=reason.strip(), at=office.moment(at))
    unit = office.unit(check.unit_id)
    judge_subjects(office, [subject.subject_id for subject in office.registry.subjects_of(unit.id)])


def refuse_adoption(office: Office, check_id: int) -> CheckRow:
    """The check, if it can be adopted. Raises InputError (unknown, unfinished)."""
    check = office.archive.check(check_id)
    if check.done_at is None:
        raise InputError(f"没有已完成的即时检查 {check_id}。先运行 zwgk check 单位，再采用它给出的编号。")
    return check


@dataclass(frozen=True, slots=True, kw_only=True)
class Attestation:
    """What a person saw. Columns and accounts: `newest_on`, perhaps a `link`; apps: `works`;
    anything: files as proof. `second`: who saw it too, for office_own units."""

    by: str
    reason: str
    newest_on: date | None = None
    works: bool | None = None
    link: str = ""
    files: Sequence[Path | Upload] = ()
    second: str = ""


def attest(office: Office, subject_id: str, seen: Attestation, *, at: datetime | None = None) -> int:
    """Record a person's look, a good look like any other. Returns the observation's id.

    Raises InputError for an unknown subject, missing words, files that cannot be used, or a statement that
    does not fit the subject, RefusedError where a second person is missing.
    """
    return attest_seen(office, subject_id, seen, office.moment(at))


def attest_seen(office: Office, subject_id: str, seen: Attestation, moment: datetime) -> int:
    """The same, of the moment at which it was seen."""
    subject = refuse_attestation(office, subject_id, seen, moment)
    unit = unit_of(office, subject.unit_id) if subject.unit_id else None
    person = signature(unit, seen.by, seen.reason, seen.second)
    reading, why = _attested(subject, seen, moment)
    files, contents = attachments(seen.files)
    said = Observation(
        subject_id=subject.subject_id, kind=SubjectKind(subject.subject_id.partition(":")[0]),
        look=LookKind.ATTESTED, url=_address(subject) or seen.link.strip(),
        unit_id=subject.unit_id, fetched_at=moment, wall_at=office.clock(), state=PageState.OK,
        why=f"{why}（{person}：{seen.reason.strip()}）", reading=reading, files=files,
        body_sha256=files[0].sha256 if files else None,
    )  # fmt: skip
    [observation_id] = office.archive.record(None, [said], actor=person, contents=contents)
    judge_subjects(office, [subject.subject_id])
    if isinstance(subject, Account) and subject.by_hand:
        remind_office(office)
    return observation_id


def refuse_attestation(office: Office, subject_id: str, seen: Attestation, moment: datetime) -> Subject:
    """The subject. Raises InputError for what `attest` refuses, whoever signs."""
    subject = subject_called(office, subject_id)
    if isinstance(subject, Column) and subject.shared:
        raise InputError(f"“{subject.name}”是共用栏目，一个日期说明不了各单位的情况。请对有关的事件作决定。")
    if seen.newest_on is not None and day_start(seen.newest_on) > moment:
        raise InputError(f"最新日期 {seen.newest_on} 在将来，请核对。")
    if seen.newest_on is not None:
        _refuse_older(office, subject, seen.newest_on)
    _attested(subject, seen, moment)
    return subject


def _refuse_older(office: Office, subject: Subject, newest: date) -> None:
    """Raises InputError for a slip of the year. A person may still correct a date that a look misread, and
    what another person said."""
    last = office.archive.last_look(subject.subject_id, LookKind.OFFICIAL)
    shown = newest_shown(last) if last is not None else None
    if shown is not None and newest < shown - SLIP:
        raise InputError(
            f"“{subject.name}”最近一次正式监测已经看到 {shown} 的内容，比 {newest} 新得多。请核对年份；"
            "如果是系统看错了，请告诉管理员。"
        )


def _address(subject: Subject) -> str:
    return subject.package_url if isinstance(subject, App) else subject.url


def _link(said: str) -> str | None:
    """Raises InputError for what is no web address."""
    if said.strip() and host_of(said.strip()) is None:
        raise InputError(f"--link “{said}”不是网址。请写 http:// 或 https:// 开头的完整网址。")
    return said.strip() or None


def _attested(subject: Subject, seen: Attestation, at: datetime) -> tuple[Reading, str]:
    link = _link(seen.link)
    if isinstance(subject, App):
        if link is not None:
            raise InputError("--link 用于栏目和账号的最新一条，应用不用写。")
        if seen.works is None:
            raise InputError("应用请写明 --ok（可以下载）或 --broken（无法下载）。")
        why = "人工核实：可以下载" if seen.works else "人工核实：无法下载"
        return PackageReading(verdict="ok" if seen.works else "broken", why=why), why
    if seen.newest_on is None:
        raise InputError("栏目和账号请写明最新一条的日期：--newest 2026-10-08。")
    why = f"人工核实：最新一条日期为{seen.newest_on}"
    if isinstance(subject, Account):
        key, posted_at = f"attested:{seen.newest_on}", day_start(seen.newest_on)
        post = Post(id=key, title=why, url=link, published_at=posted_at)
        reading = AccountReading(reason="ok", why=why, posts=(post,), source_synced_at=at, coverage="full")
        return reading, why
    row = ListRow(
        key=f"attested:{seen.newest_on}", title=why, url=link, published_on=seen.newest_on,
        date_source=DateSource.ROW,
    )  # fmt: skip
    return ListReading(state=PageState.OK, why=why, rows=(row,)), why


def _event(office: Office, event_id: int) -> Event:
    event = office.archive.event(event_id)
    if event is None:
        raise InputError(f"没有事件 {event_id}。用 zwgk events 查看编号。")
    return event


def subject_called(office: Office, subject_id: str) -> Subject:
    """A registered subject, by its subject id or its own. Raises InputError (unknown)."""
    known = {subject.subject_id: subject for subject in office.registry.subjects}
    bare = {one.id: one for one in office.registry.subjects}
    subject = known.get(subject_id) or bare.get(subject_id)
    if subject is None:
        raise InputError(f"没有监测对象“{subject_id}”。写成 column:编号、account:编号 或 app:编号。")
    return subject
