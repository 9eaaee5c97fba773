"""The main menu: who sees what. A page of its own stands in it by one line here."""

from domain.users import STAFF, Role, User

MENU: tuple[tuple[str, str, frozenset[Role]], ...] = (
    ("/", "工作台", STAFF),
    ("/units", "单位", STAFF),
    ("/events", "事件", STAFF | {Role.UNIT}),
    ("/notices", "通报", STAFF),
    ("/scores", "得分", STAFF),
    ("/appeals", "申诉", STAFF | {Role.UNIT}),
    ("/register", "单位表", frozenset({Role.OFFICE, Role.ADMIN})),
    ("/admin", "管理", frozenset({Role.OFFICE, Role.REVIEW, Role.ADMIN})),
)
ADMIN = frozenset({Role.ADMIN})
CHECKERS = frozenset({Role.OFFICE, Role.REVIEW, Role.ADMIN})
TABS: tuple[tuple[str, str, frozenset[Role]], ...] = (
    ("/admin/users", "用户", ADMIN),
    ("/admin/log", "日志", ADMIN),
    ("/admin/runs", "运行", CHECKERS),
    ("/admin/schedule", "计划", CHECKERS),
    ("/admin/sources", "账号来源", CHECKERS),
    ("/admin/doctor", "自查", ADMIN),
    ("/admin/settings", "设置", ADMIN),
    ("/admin/backup", "备份", ADMIN),
    ("/api/docs", "程序接口", CHECKERS),
)
"""The pages of 管理."""


def menu_of(user: User) -> list[tuple[str, str]]:
    """Address and name of what the user may open, in order."""
    mine = [(f"/own/{user.unit_id}", "本单位"), (f"/units/{user.unit_id}", "栏目和得分")]
    own = mine if user.role is Role.UNIT else []
    return own + [(href, name) for href, name, roles in MENU if user.role in roles]


def admin_tabs(user: User) -> list[tuple[str, str]]:
    """Address and name of the pages of 管理 that the user may open."""
    return [(href, name) for href, name, roles in TABS if user.role in roles]
