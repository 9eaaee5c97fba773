"""The main menu: who sees what. A page of its own stands in it by one line here."""

from domain.users import STAFF, Role, User

MENU: tuple[tuple[str, str, frozenset[Role]], ...] = (
    ("/", "工作台", STAFF),
    ("/units", "单位", STAFF),
    ("/events", "事件", STAFF | {Role.UNIT}),
    ("/notices", "通报", STAFF),
    ("/scores", "得分", STAFF),
    ("/appeals", "申诉", STAFF | {Role.UNIT}),
)


def menu_of(user: User) -> list[tuple[str, str]]:
    """Address and name of what the user may open, in order."""
    mine = [(f"/own/{user.unit_id}", "本单位"), (f"/units/{user.unit_id}", "栏目和得分")]
    own = mine if user.role is Role.UNIT else []
    return own + [(href, name) for href, name, roles in MENU if user.role in roles]
