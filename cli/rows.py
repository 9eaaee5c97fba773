"""Events as the commands show them: the same cells in every table."""

from typing import Any

from cli.output import shown

COLUMNS = ("编号", "状态", "单位", "对象", "细则", "最近更新", "实测", "首次发现", "最近发现", "整改")


def event_cells(row: dict[str, Any]) -> tuple[object, ...]:
    return (
        row["id"], row["state"], row["unit_name"], row["subject_name"], row["test"], row["newest"],
        row["measured"], row["opened_at"], row["last_seen_at"],
        shown(row["closed_at"]) if row["closed_at"] else "未整改",
    )  # fmt: skip
