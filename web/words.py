"""How values are shown on pages."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any
from urllib.parse import urlsplit

from app.proposals import told
from app.trend import lost_by_month
from app.words import CLAUSE_STATES, DECISIONS, OUTCOMES, VERDICTS
from domain.clock import BEIJING, local_day
from domain.events import DecisionKind
from domain.records import LogEntry

EMPTY = "—"
CHANGES = {
    "opened": "首次发现", "confirmed": "确认", "closed": "恢复正常", "reopened": "重新成立",
    "held": "待人判断", "state": "状态变化", "seen_in_new_month": "又一个月仍未整改",
    "resighted": "依据的监测有变",
    "respanned": "起止时间有变", "decided": "人作了决定", "notified": "写入通报", "recalculated": "重新判定",
    "appealed": "提出申诉", "appeal_decided": "申诉有了决定",
    "given": "单位填报整改反馈",
}  # fmt: skip

DEEDS = {
    "backup.taken": "下载备份", "check.adopted": "采用即时检查", "look.attested": "人工查看",
    "mark.entered": "人工评分", "month.closed": "结账", "notice.issued": "印发通报", "unit.told": "提醒单位",
    "user.added": "增加用户", "user.disabled": "停用用户", "user.enabled": "恢复用户",
    "user.password": "改密码", "register.changed": "改单位表", "register.imported": "导入单位表",
}  # fmt: skip


def shown(value: object) -> str:
    """Days as they are, moments in Beijing time to the minute, nothing as a dash."""
    match value:
        case None | "":
            return EMPTY
        case datetime():
            return value.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M")
        case Enum():
            return str(value.value)
        case Decimal():
            return f"{value.normalize():f}"
    return str(value)


def day(value: datetime | None) -> str:
    """A moment's Beijing day."""
    return EMPTY if value is None else str(local_day(value))


def share(value: Decimal | float | None) -> str:
    """A share of 0..1 as a percentage."""
    return EMPTY if value is None else f"{value * 100:.1f}%"


def duration(value: timedelta) -> str:
    """Minutes and seconds."""
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    return f"{minutes} 分 {seconds} 秒" if minutes else f"{seconds} 秒"


def kilobytes(size: int) -> str:
    """A file's size."""
    return f"{size / 1024 / 1024:.1f} MB" if size >= 1024 * 1024 else f"{-(-size // 1024)} KB"


def link(url: str) -> str:
    """The address, if a click on it can only open a web page."""
    return url if urlsplit(url).scheme in {"http", "https"} else ""


def actor(name: str) -> str:
    """Who did it, as the log names it."""
    if name.startswith("run:"):
        return f"第 {name[4:]} 次监测"
    return {"rejudge": "系统（重新判定）", "": "系统"}.get(name, name)


def logged(entry: LogEntry) -> str:
    """What an entry about an event says happened."""
    if "step" in entry.payload:
        return f"两人共同决定：{entry.payload['step']}"
    if "decision" in entry.payload:
        made = entry.payload["decision"]
        until = f"，至 {made['until']}" if made.get("until") else ""
        return f"人作了决定：{DECISIONS[DecisionKind(made['kind'])]}{until}"
    changes = entry.payload.get("changes") or [entry.type.partition(".")[2]]
    state = (entry.payload.get("event") or {}).get("state", "")
    said = "、".join(CHANGES.get(change, change) for change in changes)
    return f"{said}（{state}）" if state else said


def happened(entry: LogEntry) -> str:
    """What any entry of the log says happened."""
    if entry.subject.startswith("event:") or "step" in entry.payload:
        return logged(entry)
    return DEEDS.get(entry.type, entry.type)


def pretty(payload: Mapping[str, Any]) -> str:
    """An entry's content, for people who check it."""
    return json.dumps(payload, ensure_ascii=False, indent=2, default=str)


FILTERS: Mapping[str, Callable[..., Any]] = {
    "shown": shown, "day": day, "share": share, "duration": duration, "link": link, "actor": actor,
    "lost": lost_by_month, "logged": logged, "kilobytes": kilobytes, "happened": happened, "pretty": pretty,
    "told": told,
}  # fmt: skip
WORDS: Mapping[str, Any] = {
    "clause_states": CLAUSE_STATES, "verdicts": VERDICTS, "outcomes": OUTCOMES, "decisions": DECISIONS,
}  # fmt: skip
