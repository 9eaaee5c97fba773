"""Logging in and out."""

import hmac
import secrets
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Response
from fastapi.responses import RedirectResponse

from app.logins import LASTS, LoginRefusedError, log_in, log_out
from web.access import EVERYBODY, Own, allow, public
from web.deps import COOKIE, Ask, Asked, address_of
from web.pages import page
from web.refusals import Refused

routes = APIRouter()
LOST = (
    "登录已过期，刚才提交的内容没有执行。填写的内容多的，请先按浏览器的“后退”把它复制下来，再登录重新提交。"
)
FORM_COOKIE = "zwgk_login"
"""Before there is a session, the form's token is held against this cookie."""


@routes.get("/login")
@public()
def login_page(ask: Asked, next: str = "", lost: bool = False) -> Response:
    """`lost`: a form was sent by nobody who is logged in, or no longer."""
    if ask.who is not None:
        return RedirectResponse("/", HTTPStatus.SEE_OTHER)
    return _form(ask, where=_local(next), why=LOST if lost else "")


@routes.post("/login")
@public()
def login(
    ask: Asked,
    name: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    token: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = "",
) -> Response:
    held = ask.request.cookies.get(FORM_COOKIE, "")
    if not held or not hmac.compare_digest(held.encode(), token.encode()):
        return _form(ask, where=_local(next), why="登录页已过期，请再填一次。", name=name, status=403)
    try:
        cookie = log_in(ask.office, name, password, address_of(ask.request))
    except LoginRefusedError as error:
        return _form(ask, where=_local(next), why=str(error), name=name, status=403)
    answer = RedirectResponse(_local(next) or "/", HTTPStatus.SEE_OTHER)
    secure = ask.office.settings.console_https
    answer.set_cookie(
        COOKIE, cookie, max_age=int(LASTS.total_seconds()), httponly=True, samesite="lax", secure=secure
    )
    answer.delete_cookie(FORM_COOKIE)
    return answer


@routes.post("/logout")
@allow(*EVERYBODY, own=Own.FILTERS)
def logout(ask: Asked) -> Response:
    if ask.who is not None:
        log_out(ask.office, ask.who.session)
    answer = RedirectResponse("/login", HTTPStatus.SEE_OTHER)
    answer.delete_cookie(COOKIE)
    return answer


def _form(ask: Ask, *, where: str, why: str = "", name: str = "", status: int = 200) -> Response:
    if ask.who is None and ask.htmx:
        raise Refused(403, "请在登录页登录。")
    token = ask.request.cookies.get(FORM_COOKIE) or secrets.token_urlsafe(24)
    answer = page(ask.request, "login.html", status=status, token=token, where=where, why=why, name=name)
    secure = ask.office.settings.console_https
    answer.set_cookie(FORM_COOKIE, token, httponly=True, samesite="strict", secure=secure)
    return answer


def _local(where: str) -> str:
    """The path asked for before the log-in, "" for anything that could lead elsewhere."""
    return where if where.startswith("/") and where[1:2] not in {"/", "\\"} and where.isprintable() else ""
