"""An event's course in the order of time, a line for each thing that happened: for those who argue about it.

From the story as gathered; nothing is judged or read anew.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.explain import NoticeStory, Story
from app.feedback import ItemFeedback
from app.words import DECISIONS
from domain.clock import local_day
from domain.events import EventState

AGAIN = "再次发现"
SAID = {
    "首次发现": "监测首次发现",
    "确认": "再次监测仍然如此，确认",
    "恢复正常": "监测时已恢复正常",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """`when`: a moment or, where only the day counts, a day; `more`: reasons and the like, may be ""."""

    when: date | datetime
    what: str
    more: str = ""


def course(story: Story, feedback: Sequence[ItemFeedback]) -> list[Step]:
    """Every step, the earliest first. Looks that only saw it once more are counted with the last of them."""
    steps = [*_seen(story), *_decided(story), *_told(story), *_answered(feedback)]
    for notice in story.notices:
        steps += _noticed(notice)
    return sorted(steps, key=_key)


def _key(step: Step) -> tuple[date, float]:
    """Days before the moments of the same day."""
    if isinstance(step.when, datetime):
        return local_day(step.when), step.when.timestamp()
    return step.when, 0.0


def summary(story: Story) -> str:
    """What it is about and how it stands, in one or two sentences."""
    event = story.event
    said = f"{story.unit.name}“{story.subject_name}”：{event.measured}"
    said += f"（标准：{event.limit}）" if event.limit else ""
    said += f"。{local_day(event.opened_at)} 首次发现"
    said += f"；{local_day(event.confirmed_at)} 确认" if event.confirmed_at is not None else ""
    said += f"；{local_day(event.closed_at)} 监测时已恢复正常" if event.closed_at is not None else ""
    return f"{said}。{_cost(story)}"


def _cost(story: Story) -> str:
    state = story.event.state
    if state is EventState.WITHDRAWN or (state is EventState.EXEMPT and not story.occurrences):
        return f"已{state.value}，不扣分。"
    if story.event.unconfirmed:
        ended = story.event.closed_at is not None and not story.event.waits
        return "没有经过确认，不扣分，也不用整改。" if ended else "还没有确认，现在不扣分。"
    months = [f"{one.month} {one.points.normalize():f} 分" for one in story.occurrences]
    cost = f"共扣 {story.points.normalize():f} 分（{'，'.join(months)}）" if months else "现在不扣分"
    until = story.event.exempt_until
    return f"豁免至 {until}，{cost}。" if until is not None else f"{cost}。"


def _seen(story: Story) -> Iterator[Step]:
    event = story.event
    if event.newest_on is not None:
        yield Step(when=event.newest_on, what="监测到的最近一次更新")
    for one in story.looks:
        if one.role in SAID:
            yield Step(when=one.look.at, what=SAID[one.role] + (f"（{one.about}）" if one.about else ""))
    again = [one for one in story.looks if one.role == AGAIN]
    if again:
        what = f"最后一次见到（其间另有 {len(again) - 1} 次监测，都是这样）" if len(again) > 1 else "再次见到"
        yield Step(when=again[-1].look.at, what=what)


def _decided(story: Story) -> Iterator[Step]:
    for one in story.event.decisions:
        until = f"，至 {one.until}" if one.until else ""
        points = f"，{one.points.normalize():f} 分" if one.points is not None else ""
        yield Step(when=one.at, what=f"{one.by}{DECISIONS[one.kind]}{until}{points}", more=one.reason)
    for appeal in story.event.appeals:
        yield Step(when=appeal.filed_at, what=f"{appeal.filed_by}提出申诉", more=appeal.reason)
        if appeal.outcome is not None and appeal.decided_at is not None:
            what = f"申诉决定：{appeal.outcome.value}（{appeal.decided_by}）"
            yield Step(when=appeal.decided_at, what=what, more=appeal.decided_why)


def _noticed(one: NoticeStory) -> Iterator[Step]:
    row = one.notice
    what = f"写入 {row.month} 通报第 {one.item.number} 项（第 {row.number} 号），要求 {row.deadline} 前整改"
    yield Step(when=row.issued_on, what=what)
    if one.service.served is not None:
        yield Step(when=one.service.served.on, what=f"通报送达（{one.service.served.person}）")
    if one.service.received is not None:
        yield Step(when=one.service.received.on, what=f"单位签收（{one.service.received.person}）")
    if one.recheck is not None and one.recheck.after is not None:
        what = f"{row.month} 通报的复核结果：{one.recheck.result.value}"
        yield Step(when=one.recheck.after.at, what=what, more=one.recheck.why)


def _told(story: Story) -> Iterator[Step]:
    for one in story.told:
        yield Step(when=one.at, what=f"提醒单位：{one.kind.value}", more=one.sentence)


def _answered(feedback: Sequence[ItemFeedback]) -> Iterator[Step]:
    for item in feedback:
        for given in item.given:
            yield Step(when=given.at, what=f"单位填报整改反馈（{given.by}）", more=given.done)
