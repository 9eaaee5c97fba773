"""What waits for a decision of 审核, as lines of their digest: told when it is new, and again every week.

Neither reasons nor evidence: messages leave the house. Of 泄密 only that something waits.
"""

from collections.abc import Iterator
from datetime import datetime

from app.appeals import appeals
from app.event_list import FOR_PERSON, listed, needs
from app.joint_deeds import appeal_proposal
from app.office import Office
from app.proposals import proposals
from domain.clock import BEIJING, local_day
from domain.events import Event
from domain.notify import Line
from domain.queries import EventQuery
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
    """Those for which nothing is proposed yet."""
    for one in appeals(office, open_only=True):
        if appeal_proposal(office, one.event) is None:
            about = f"事件{one.event.id}"
            if told_outside(office, one.event):
                row = listed(office, one.event)
                about = f"{row.unit}“{row.subject}”{row.item}（事件{one.event.id}）"
            topic = f"appeal:{one.appeal.id}:{_weeks(office, one.appeal.filed_at)}"
            text = f"{about}：{_day(one.appeal.filed_at)}提出的申诉，还没有决定。"
            yield Line(topic=topic, part=APPEALS, text=text)


def _joint(office: Office) -> Iterator[Line]:
    """What one person proposed: about which event or clause, not what."""
    for one in proposals(office):
        first = one.step
        text = f"{one.about}：{first.by}{_day(first.at)}已拟定，须由另一个人登录后会签。"
        yield Line(topic=f"joint:{first.id}:{_weeks(office, first.at)}", part=JOINT, text=text)


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
