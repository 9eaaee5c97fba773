"""zwgk explain: one event's whole story."""

from typing import Annotated, Any

import typer

from app.explain import Story
from app.explain import explain as story_of
from cli.options import HERE, AsJson, Folder
from cli.output import print_json, say, shown
from cli.rows import event_row
from cli.session import office_of

app = typer.Typer(add_completion=False)


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


def story_json(story: Story, row: dict[str, Any]) -> dict[str, Any]:
    return {
        "event": row,
        "url": story.subject_url,
        "quote": story.clause.quote if story.clause else None,
        "source": story.clause.source if story.clause else None,
        "points": story.points,
        "occurrences": [
            {"event": one.event_id, "month": one.month, "points": one.points} for one in story.occurrences
        ],
        "looks": [look_json(one) for one in story.looks],
        "remedy": story.remedy,
        "appeal_until": story.appeal_until,
        "history": story.history,
    }


def look_json(one: Any) -> dict[str, Any]:
    look = one.look
    return {
        "id": look.id,
        "at": look.at,
        "kind": look.look,
        "role": one.role,
        "status": look.http_status,
        "state": look.state,
        "newest": look.newest_on,
        "why": look.why,
        "sha256": look.body_sha256,
    }


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
    lines += [f"  {one.sentence}" for one in story.looks]
    charged = "、".join(f"{one.month} 扣 {one.points} 分" for one in story.occurrences) or "没有扣分"
    lines.append(f"扣分：{charged}")
    lines += [f"决定：{shown(d.at)} {d.by} {d.kind.value}：{d.reason}" for d in event.decisions]
    lines.append(f"如何整改：{story.remedy}")
    if story.appeal_until is not None:
        lines.append(f"申诉截止：{story.appeal_until}")
    lines += [f"日志 {one.seq}　{shown(one.at)}　{one.actor or '系统'}　{one.type}" for one in story.history]
    return lines
