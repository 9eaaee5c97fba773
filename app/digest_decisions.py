"""What waits for a decision of 审核, as lines of their digest: told when it is new, and again every week.

Neither reasons nor evidence: messages leave the house. Of 泄密 only that something waits.
"""

from collections.abc import Iterator
from datetime import datetime

from app.appeals import appeals
from app.event_list import FOR_PERSON, listed, needs
from app.joint_deeds import appeal_proposal, proposals
from app.office import Office
from domain.clock import BEIJING, local_day
from domain.events import Event
from domain.notify import Line
from domain.queries import EventQuery
from domain.records import Deed, DeedStep
from notices.headings import secret

APPEALS, JOINT, SUSPECTED = "申诉待决定", "待第二人会签", "疑似问题待认定"
MOST = 5000
WEEK = 7
"""Days after which what still waits is told of again."""


def decisions_due(office: Office) -> Iterator[Line]:
    """Appeals without a decision, decisions without their second person, suspicions only people settle."""
    yield from _appeals(office)
    yield from _joint(office)
    yield from _suspicions(office)


def told_outside(office: Office, event: Event) -> bool:
    """Whether a message may say what the event is about; never of a unit that is no longer registered."""
    unit = next((one for one in office.registry.units if one.id == event.unit_id), None)
    if unit is None:
        return False
    clauses = office.rubric_for(unit).clauses
    return not any(secret(clause) for clause in clauses if clause.id == event.clause_id)


def _appeals(office: Office) -> Iterator[Line]:
    for one in appeals(office, open_only=True):
        if appeal_proposal(office, one.event) is None:
            said = f"{_day(one.appeal.filed_at)}提出的申诉，还没有决定。"
            topic = f"appeal:{one.appeal.id}:{_weeks(office, one.appeal.filed_at)}"
            yield Line(topic=topic, part=APPEALS, text=f"{_named(office, one.event)}：{said}")


def _joint(office: Office) -> Iterator[Line]:
    for one in proposals(office):
        step, event = one.step, _event_about(office, one.step)
        topic = f"joint:{step.id}:{_weeks(office, step.at)}"
        about = one.about if event is None else _named(office, event)
        if _secret_mark(office, step):
            about, what = "一项评分", "评分"
        else:
            what = f"“{one.what}”"
        text = f"{about}：{step.by}{_day(step.at)}拟定{what}，须由另一个人登录后会签。"
        yield Line(topic=topic, part=JOINT, text=text)


def _named(office: Office, event: Event) -> str:
    if not told_outside(office, event):
        return f"事件{event.id}"
    row = listed(office, event)
    return f"{row.unit}“{row.subject}”{row.item}（事件{event.id}）"


def _event_about(office: Office, step: DeedStep) -> Event | None:
    """None: the step is about a mark."""
    return None if step.deed is Deed.MARK else office.archive.event(int(step.subject.partition(":")[2]))


def _secret_mark(office: Office, step: DeedStep) -> bool:
    if step.deed is not Deed.MARK:
        return False
    clause_id = step.subject.rsplit("/", 2)[1]
    clauses = (clause for rubric in office.rubrics.values() for clause in rubric.clauses)
    return any(secret(clause) for clause in clauses if clause.id == clause_id)


def _suspicions(office: Office) -> Iterator[Line]:
    """Events that no further look decides: a line an item, for 2,000 units' events are no message."""
    year, week, _ = local_day(office.now()).isocalendar()
    events, _ = office.archive.event_page(EventQuery(waits=True), first=0, count=MOST)
    waiting = [one for one in events if needs(one) == FOR_PERSON and told_outside(office, one)]
    for test_id in sorted({one.test_id for one in waiting}):
        mine = [one for one in waiting if one.test_id == test_id]
        test, units = office.test(test_id), {one.unit_id for one in mine}
        name = f"{test_id} {test.item}" if test else test_id
        text = f"{name}：{len(units)}个单位的{len(mine)}件疑似问题，须由人认定或评分。"
        yield Line(topic=f"suspected:{test_id}:{year}-{week}", part=SUSPECTED, text=text)


def _weeks(office: Office, since: datetime) -> int:
    return (local_day(office.now()) - local_day(since)).days // WEEK


def _day(at: datetime) -> str:
    return f"{at.astimezone(BEIJING):%m月%d日}"
