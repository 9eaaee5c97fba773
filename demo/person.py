"""The person of the demo's office: opens what waits for a person and decides by a rule written down here.

Knows nothing of what was planted. Confirms what the rubric leaves to people and two nights showed alike.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from demo.compare import SUSPECTED
from demo.nights import MONTH
from demo.world import Fault, Feed, World

ASSISTED = {
    "A1-10": "已人工打开网址核实：信息公开目录未开通",
    "A1-06": "已人工打开栏目核实：今年没有发布年报",
    "A1-13": "已人工打开栏目核实：重点领域信息长期未更新",
    "A1-19": "已人工打开网址核实：办事服务没有内容",
    "A1-12": "已人工打开文件核实：公开要素不全",
}
OFFICE_HOURS = timedelta(hours=8)
"""After a night's run: when the person looks at what no machine can."""
NO_DATES = "已人工打开栏目核实：栏目空白或没有任何日期，无法证明两周内有更新"
BACK_DATED = "已人工核实：条目在前两晚并不存在，属事后补录"
NIGHTS_NEEDED = 2
"""What may be gone tomorrow must have been seen twice; a document's labels are seen by opening it once."""


def decisions(events: Iterable[Mapping[str, Any]]) -> list[tuple[int, str]]:
    """(event id, reason) of the events to confirm."""
    return [(event["id"], reason) for event in events if (reason := _reason(event))]


def _reason(event: Mapping[str, Any]) -> str:
    if event["state"] != SUSPECTED:
        return ""
    if len(event["looks"]) < NIGHTS_NEEDED and event["clause"] != "A1-12":
        return ""
    if event["clause"] in ASSISTED:
        return ASSISTED[event["clause"]]
    if event["held"]:
        return BACK_DATED if "倒填" in event["held"] else ""
    return NO_DATES if event["newest"] is None and event["subject"].startswith("column:") else ""


def seen_by_hand(world: World, night: datetime) -> list[tuple[str, date]]:
    """(account, day of its newest post) of what the person opens on the day after a night of the month.

    One account is never opened: nobody may be accused for that.
    """
    if f"{night:%Y-%m}" != MONTH:
        return []
    opened = (one for one in world.things if isinstance(one, Feed) and one.source == "manual")
    return [(one.subject_id, one.posts[0].date()) for one in opened if one.fault is not Fault.MANUAL_UNSEEN]
