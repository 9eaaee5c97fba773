"""What a unit's lawyer reads of an event: everything that happened, in order, and what it cost."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from app.appeals import decide_appeal, file_appeal
from app.event_course import course, summary
from app.explain import explain
from app.feedback import event_feedback
from domain.clock import local_day
from domain.events import Decision, DecisionKind, EventState
from domain.records import AppealOutcome
from tests.app.monthly import FINANCE
from tests.app.noticed import event_of, told_office


def test_everything_stands_in_order(tmp_path: Path) -> None:
    office = told_office(tmp_path)
    with office.archive:
        number = event_of(office, FINANCE).id or 0
        file_appeal(office, number, by="赵六", reason="当晚停机")
        decide_appeal(office, number, AppealOutcome.UPHELD, by="李四", reason="没有证明")
        story = explain(office, number)
        steps = course(story, event_feedback(office, number))
    days = [local_day(one.when) if isinstance(one.when, datetime) else one.when for one in steps]
    assert days == sorted(days)
    assert steps[0].what == "监测到的最近一次更新"
    said = [(one.what, one.more) for one in steps]
    assert ("赵六提出申诉", "当晚停机") in said
    assert ("申诉决定：维持（李四）", "没有证明") in said
    assert any(what.startswith("写入 ") and "前整改" in what for what, _ in said)
    assert [what for what, _ in said].index("监测首次发现") < [what for what, _ in said].index(
        "再次监测仍然如此，确认"
    )
    assert "财政局" in summary(story)
    assert "共扣 2 分" in summary(story)


def test_what_costs_nothing_says_so(tmp_path: Path) -> None:
    office = told_office(tmp_path)
    with office.archive:
        story = explain(office, event_of(office, FINANCE).id or 0)
    event = story.event
    withdrawn = replace(story, event=replace(event, state=EventState.WITHDRAWN))
    first = event.sightings[:1]
    bare = replace(event, confirmed_at=None, decisions=(), sightings=first, state=EventState.SUSPECTED)
    ended = replace(bare, closed_at=event.confirmed_at, closed_by=1)
    assert summary(withdrawn).endswith("已撤销，不扣分。")
    until = Decision(
        kind=DecisionKind.EXEMPT, by="张", reason="改版", at=event.last_seen_at, until=date(2026, 9, 20)
    )
    exempt = replace(story, event=replace(event, state=EventState.EXEMPT, decisions=(until,)))
    assert summary(exempt).endswith("豁免至 2026-09-20，共扣 2 分（2026-09 2 分）。")
    assert summary(replace(exempt, occurrences=())).endswith("已豁免，不扣分。")
    assert summary(replace(story, event=bare)).endswith("还没有确认，现在不扣分。")
    assert summary(replace(story, event=ended)).endswith("没有经过确认，不扣分，也不用整改。")
