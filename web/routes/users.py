"""用户: who may log in, made and disabled by an administrator; everybody changes the own password."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Response
from fastapi.responses import RedirectResponse

from app.logins import vouched
from app.users import add_user, change_password, disable_other, enable_user, made_password
from domain.errors import InputError
from domain.users import Role, User
from web.access import EVERYBODY, Own, allow
from web.deps import Ask, Asked, address_of
from web.pages import page

routes = APIRouter()
Text = Annotated[str, Form()]
NOTHING_TYPED = {"name": "", "person": "", "role": "", "unit": ""}


@routes.get("/admin/users")
@allow(Role.ADMIN)
def users(ask: Asked) -> Response:
    return _list(ask)


@routes.post("/admin/users")
@allow(Role.ADMIN)
def add(
    ask: Asked, role: Annotated[Role, Form()], name: Text = "", person: Text = "", unit: Text = "",
    password: Text = "",
) -> Response:  # fmt: skip
    """Make a user. Without a password one is made up and shown this once."""
    given = password or made_password()
    try:
        made = add_user(
            ask.office, name, role=role, password=given, person=person, unit=unit, by=ask.user.person
        )
    except InputError as error:
        typed = {"name": name, "person": person, "role": role.value, "unit": unit}
        return _list(ask, why=str(error), typed=typed, status=409)
    return _told(ask, made, f"已增加用户 {made.name}（{made.role.value}）。", "" if password else given)


@routes.post("/admin/users/{user_id}/password")
@allow(Role.ADMIN)
def another_password(ask: Asked, user_id: int) -> Response:
    """A made-up password in the place of a forgotten one, shown this once."""
    user, given = _user(ask, user_id), made_password()
    change_password(ask.office, user.name, given, by=ask.user.person)
    return _told(ask, user, f"已重设 {user.name} 的密码，此人正在使用的登录已失效。", given)


@routes.post("/admin/users/{user_id}/disable")
@allow(Role.ADMIN)
def disable(ask: Asked, user_id: int) -> Response:
    disable_other(ask.office, _user(ask, user_id).name, user=ask.user)
    return RedirectResponse("/admin/users", HTTPStatus.SEE_OTHER)


@routes.post("/admin/users/{user_id}/enable")
@allow(Role.ADMIN)
def enable(ask: Asked, user_id: int) -> Response:
    enable_user(ask.office, _user(ask, user_id).name, by=ask.user.person)
    return RedirectResponse("/admin/users", HTTPStatus.SEE_OTHER)


@routes.get("/password")
@allow(*EVERYBODY, own=Own.FILTERS)
def own_password(ask: Asked) -> Response:
    return page(ask.request, "password.html", why="")


@routes.post("/password")
@allow(*EVERYBODY, own=Own.FILTERS)
def change_own(ask: Asked, old: Text = "", new: Text = "", again: Text = "") -> Response:
    """The own password, by whoever knows the old one; all log-ins of the user end."""
    try:
        vouched(ask.office, ask.user.name, old, address_of(ask.request))
        if new != again:
            raise InputError("两遍新密码不一样。请再填一次。")
        change_password(ask.office, ask.user.name, new, by=ask.user.person)
    except InputError as error:
        return page(ask.request, "password.html", why=str(error), status=409)
    return RedirectResponse("/login", HTTPStatus.SEE_OTHER)


def _list(ask: Ask, *, why: str = "", typed: dict[str, str] | None = None, status: int = 200) -> Response:
    units = ask.office.registry.units
    return page(
        ask.request, "admin/users.html", status=status, users=ask.office.archive.users(), roles=list(Role),
        units=units, unit_names={unit.id: unit.name for unit in units}, why=why,
        typed=typed or NOTHING_TYPED,
    )  # fmt: skip


def _told(ask: Ask, user: User, said: str, password: str) -> Response:
    return page(ask.request, "admin/user.html", user=user, said=said, password=password)


def _user(ask: Ask, user_id: int) -> User:
    found = next((one for one in ask.office.archive.users() if one.id == user_id), None)
    if found is None:
        raise InputError("没有这个用户。请回到用户页面刷新。")
    return found
