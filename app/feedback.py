"""整改反馈表 filled in online: what a unit reports of a notice's item. It changes no verdict: looks do."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.appeals import found
from app.attachments import Upload, attachments
from app.office import Office
from app.rectification import Noticed, noticed
from domain.clock import Month, local_day
from domain.errors import InputError, RefusedError
from domain.events import EventState
from domain.notices import NoticeItem
from domain.records import Feedback, NoticeRow

PHONE = re.compile(r"[0-9+][0-9 +-]{4,19}")
LONGEST, MOST = 1000, 20
"""Characters of a field; reports of one item, so that nobody fills the disk."""
LIFTED = frozenset({EventState.WITHDRAWN, EventState.EXEMPT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The form as filled in. `done`: what was done; `person`: who answers for it."""

    done: str
    done_on: date
    person: str
    phone: str
    cause: str = ""
    files: Sequence[Path | Upload] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFeedback:
    """An item of a notice with what its unit reported, in order; the newest counts."""

    notice: NoticeRow
    item: NoticeItem
    given: tuple[Feedback, ...]

    @property
    def newest(self) -> Feedback | None:
        return self.given[-1] if self.given else None

    @property
    def late(self) -> bool:
        """The first report came after the notice's deadline (24:00 of its day)."""
        return bool(self.given) and local_day(self.given[0].at) > self.notice.deadline


def give_feedback(
    office: Office, event_id: int, reply: Reply, *, by: str, month: Month | None = None
) -> Feedback:
    """Record a unit's report on an event's item in the month's notice (None: the last that names it).

    Another one for the same item adds to it. Raises InputError (unknown event, fields, attachments),
    RefusedError (no notice names the event, withdrawn or exempt).
    """
    event = found(office, event_id)
    items = [one for one in event_feedback(office, event_id) if month in {None, one.notice.month}]
    if not items:
        raise RefusedError(f"事件 {event_id} 没有写入{month or '任何'}通报，还不用填整改反馈表。")
    if event.state in LIFTED:
        raise RefusedError(f"事件 {event_id} 已{event.state.value}，不用填整改反馈表。")
    if len(items[-1].given) >= MOST:
        raise RefusedError(f"这一项已填报 {MOST} 次，不能再填。需要更正的请联系办公室。")
    _refuse(reply, local_day(office.now()))
    refs, contents = attachments(reply.files)
    made = Feedback(
        notice_id=items[-1].notice.id, event_id=event_id, unit_id=event.unit_id, cause=reply.cause.strip(),
        done=reply.done.strip(), done_on=reply.done_on, person=reply.person.strip(),
        phone=reply.phone.strip(), files=refs, by=by, at=office.moment(None),
    )  # fmt: skip
    office.archive.give_feedback(made, contents)
    return made


def event_feedback(office: Office, event_id: int) -> tuple[ItemFeedback, ...]:
    """The items of all notices that name the event, by month, with what was reported of them."""
    naming = noticed(office, naming=event_id)
    given = office.archive.feedback(event_id=event_id) if naming else []
    return tuple(one for n in naming for one in _items(n, given) if one.item.event_id == event_id)


def notice_feedback(office: Office, notice: Noticed, unit_id: str | None = None) -> tuple[ItemFeedback, ...]:
    """Every item of a notice, of all units or one, with what was reported of it."""
    given = office.archive.feedback(notice_id=notice.row.id)
    return tuple(one for one in _items(notice, given) if unit_id in {None, one.item.unit_id})


def _items(notice: Noticed, given: Iterable[Feedback]) -> list[ItemFeedback]:
    mine = [one for one in given if one.notice_id == notice.row.id]
    return [
        ItemFeedback(
            notice=notice.row, item=item, given=tuple(one for one in mine if one.event_id == item.event_id)
        )
        for item in notice.report.items
    ]


def _refuse(reply: Reply, today: date) -> None:
    if not reply.done.strip() or not reply.person.strip():
        raise InputError("请写明整改情况和责任人。")
    if max(len(reply.done), len(reply.cause)) > LONGEST or len(reply.person) > 40:
        raise InputError(f"整改情况和原因各不超过 {LONGEST} 字，责任人不超过 40 字；更多的请作为附件。")
    if not PHONE.fullmatch(reply.phone.strip()):
        raise InputError(f"“{reply.phone.strip()}”不是电话号码。请只写数字，如 0477-6212345。")
    if reply.done_on > today:
        raise InputError(f"完成日期 {reply.done_on} 在将来（今天是 {today}）。整改完成以后再填。")
