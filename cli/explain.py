"""zwgk explain: one event's whole story."""

from typing import Annotated

import typer

from app.contract.events import event_row, story_json
from app.explain import NoticeStory, Story
from app.explain import explain as story_of
from cli.options import HERE, AsJson, Folder
from cli.output import print_json, say, shown
from cli.session import office_of
from domain.events import Decision, DecisionKind
from domain.records import Appeal, LogEntry

app = typer.Typer(add_completion=False)

KINDS = {DecisionKind.CONFIRM: "认定", DecisionKind.WITHDRAW: "撤销", DecisionKind.EXEMPT: "限期豁免"}
CHANGES = {
    "opened": "首次发现", "confirmed": "确认", "closed": "恢复正常", "reopened": "仍未恢复",
    "held": "须人工判断", "state": "状态变化", "seen_in_new_month": "跨月仍在", "resighted": "记录补全",
    "respanned": "起止变化",
    "decided": "人工决定", "notified": "通报", "appealed": "提出申诉", "appeal_decided": "申诉决定",
    "recalculated": "重新判定不再成立",
}  # fmt: skip
"""The log's words for what happened to an event."""


@app.command()
def explain(
    event: Annotated[int, typer.Argument(metavar="事件编号", help="zwgk events 列出的编号")],
    folder: Folder = HERE,
    as_json: AsJson = False,
) -> None:
    """一个事件的来龙去脉：最近更新及其出处、历次读数、细则原文、扣分、如何整改、申诉期限。"""
    with office_of(folder) as office:
        story = story_of(office, event)
        row = event_row(office, story.event)
    if as_json:
        print_json(story_json(story, row))
        return
    for line in story_lines(story):
        say(line)


def story_lines(story: Story) -> list[str]:
    event = story.event
    lines = [
        f"事件 {event.id}　{event.state.value}　{story.unit.name}",
        f"对象：{story.subject_name}（{event.subject_id}）{story.subject_url}",
    ]
    if story.clause is not None:
        lines.append(f"细则：{event.test_id}，{story.clause.source}：“{story.clause.quote}”")
    where = f"（出自{story.date_source}）" if story.date_source else ""
    lines += [
        f"最近更新：{shown(event.newest_on)}{where}",
        f"实测：{shown(event.measured)}；标准：{shown(event.limit)}",
        f"依据：{event.why}",
        f"首次发现：{shown(event.opened_at)}；确认：{shown(event.confirmed_at)}；恢复正常：{shown(event.closed_at)}",
    ]
    if event.held:
        lines.append(f"须人工判断：{event.held}")
    if story.goes_on:
        lines.append(f"说明：{story.goes_on}")
    lines += [f"  {one.sentence}" for one in story.looks]
    charged = "、".join(f"{one.month} 扣 {one.points} 分" for one in story.occurrences) or "没有扣分"
    lines.append(f"扣分：{charged}")
    lines += [decision_line(d) for d in event.decisions]
    lines += [line for one in story.notices for line in notice_lines(one)]
    lines += [line for one in event.appeals for line in appeal_lines(one)]
    lines += [f"告知单位：{shown(t.at)} {t.by}〔{t.kind}〕{t.sentence}" for t in story.told]
    lines.append(f"如何整改：{story.remedy}")
    if any(one.outcome is not None for one in event.appeals):
        lines.append("申诉：已作决定，不再受理")
    elif story.appeal_until is not None:
        lines.append(f"申诉截止：{story.appeal_until}（当日24时）")
    elif not event.appeals:
        lines.append("申诉：尚未通报，随时可以提出（zwgk appeal file）")
    lines += [f"日志 {one.seq}　{shown(one.at)}　{actor(one)}　{logged(one)}" for one in story.history]
    return lines


def decision_line(made: Decision) -> str:
    points = f"，每次扣 {made.points} 分" if made.points is not None else ""
    until = f"，豁免到 {made.until}" if made.until is not None else ""
    return f"决定：{shown(made.at)} {made.by} {KINDS[made.kind]}{points}{until}：{made.reason}"


def notice_lines(one: NoticeStory) -> list[str]:
    row, said = one.notice, one.recheck
    lines = [
        f"通报：{row.month} 〔{row.issued_on.year}〕{row.number}号第{one.item.number}项，"
        f"{row.issued_on} 印发，整改期限 {row.deadline}"
    ]
    for step in (one.service.served, one.service.received):
        if step is not None:
            lines.append(f"  {step.step}：{step.on} {step.person}（{step.by} 登记）")
    if said is not None:
        looks = "；".join(
            f"{word}：{shown(proof.at)} 记录号{proof.observation_id}，最新 {shown(proof.newest_on)}"
            for word, proof in (("整改前", said.before), ("复查", said.after), ("改正", said.mended))
            if proof is not None
        )
        lines.append(f"  复查：{said.result}，{said.why}{f'（{looks}）' if looks else ''}")
    return lines


def appeal_lines(appeal: Appeal) -> list[str]:
    files = "、".join(f"{one.name}（sha256 {one.sha256[:12]}…）" for one in appeal.files)
    lines = [f"申诉：{shown(appeal.filed_at)} {appeal.filed_by}：{appeal.reason}"]
    if files:
        lines.append(f"  附件：{files}")
    if appeal.outcome is None:
        return [*lines, "  待决定"]
    said = f"  决定：{shown(appeal.decided_at)} {appeal.decided_by} {appeal.outcome}：{appeal.decided_why}"
    return [*lines, said]


def actor(entry: LogEntry) -> str:
    """Who did it: a person, or the program by a run or by judging anew."""
    run = entry.actor.removeprefix("run:")
    if run != entry.actor:
        return f"第{run}次监测"
    return {"": "系统", "rejudge": "重新评判"}.get(entry.actor, entry.actor)


def logged(entry: LogEntry) -> str:
    """What changed, in Chinese where the change has a word."""
    changes = entry.payload.get("changes", [entry.type])
    state = entry.payload.get("event", {}).get("state", "")
    return f"{'、'.join(CHANGES.get(one, one) for one in changes)}（{state}）"
