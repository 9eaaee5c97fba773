"""Errors as pages: Chinese, with the way out, never a traceback; problem+json under /api."""

import logging
from http import HTTPStatus

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.exceptions import HTTPException

from domain.errors import InputError, RefusedError, StorageError, ZwgkError
from web.pages import page

log = logging.getLogger(__name__)

API, FEED = "/api/", "/events.atom"
SAID = {
    400: "请求的内容不对。请返回上一页检查。",
    403: "您不能使用这个页面或操作。",
    404: "没有这个页面。它可能已被移走，或地址写错了。",
    405: "这个地址不能这样使用。请从控制台的页面操作。",
    413: "提交的内容太大。",
    422: "填写的内容不完整或不对。请返回上一页检查。",
    500: "程序出了差错，已经记录下来。请稍后再试；如果总是这样，请把时间和所做的操作告诉管理员。",
    503: "暂时不能使用。请稍后再试。",
}
OTHER = "出了差错"
TITLES = {
    400: "内容不对",
    401: "需要登录或令牌",
    403: "不能使用",
    404: "没有找到",
    409: "没有执行",
    413: "太大",
    422: "内容不对",
    429: "太频繁",
}


class Refused(Exception):
    """The request is answered with this status and sentence."""

    def __init__(self, status: int, why: str) -> None:
        self.status, self.why = status, why
        super().__init__(why)


class LoginNeededError(Exception):
    """Nobody is logged in, or no longer."""


def for_programs(path: str) -> bool:
    """Whether the path is asked for by programs: they use tokens, and get problem+json."""
    return path.startswith(API) or path == FEED


def install(app: FastAPI) -> None:
    """Every error that can leave a route, turned into an answer."""
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(LoginNeededError, _login)
    app.add_exception_handler(ZwgkError, _ours)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unforeseen)


def problem(status: int, why: str) -> dict[str, object]:
    """The members of problem+json (RFC 9457)."""
    return {"type": "about:blank", "title": TITLES.get(status, OTHER), "status": status, "detail": why}


def answer(request: Request, status: int, why: str) -> Response:
    """The error page, or problem+json for programs."""
    if for_programs(request.url.path):
        headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None
        return JSONResponse(problem(status, why), status, headers, media_type="application/problem+json")
    title = TITLES.get(status, OTHER)
    name = "_partials/refusal.html" if request.headers.get("HX-Request") == "true" else "refusal.html"
    return page(request, name, status=status, title=title, why=why)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return answer(request, error.status, error.why)


def _login(request: Request, _error: Exception) -> Response:
    if for_programs(request.url.path):
        return answer(request, 401, "请先登录，或用令牌（Authorization: Bearer）。")
    sent = request.method not in {"GET", "HEAD"} and request.url.path != "/logout"
    lost = "?lost=1" if sent else ""
    if request.headers.get("HX-Request") == "true":
        return Response(status_code=200, headers={"HX-Redirect": f"/login{lost}"})
    wanted = request.url.path if request.method == "GET" and request.url.path != "/" else ""
    return RedirectResponse(f"/login?next={wanted}" if wanted else f"/login{lost}", HTTPStatus.SEE_OTHER)


def _ours(request: Request, error: Exception) -> Response:
    match error:
        case RefusedError():
            status = 409
        case InputError():  # a page asked for that is not there, or a form that cannot be used
            status = 404 if request.method == "GET" else 400
        case StorageError():
            log.error("%s %s: %s", request.method, request.url.path, error)
            status = 503
        case _:
            status = 500
    return answer(request, status, str(error))


def _invalid(request: Request, error: Exception) -> Response:
    if for_programs(request.url.path):
        assert isinstance(error, RequestValidationError)
        fields = "、".join(dict.fromkeys(".".join(map(str, one["loc"][1:])) for one in error.errors()))
        said = f"这几项缺少、多余或不合要求：{fields}" if fields.strip("、") else "请求的内容不是 JSON 对象"
        return answer(request, 422, f"{said}。格式见 /api/docs。")
    return answer(
        request, 404 if request.method == "GET" else 422, SAID[404 if request.method == "GET" else 422]
    )


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    status = error.status_code
    return answer(request, status, SAID.get(status, SAID[400]))


def _unforeseen(request: Request, error: Exception) -> Response:
    log.error("%s %s", request.method, request.url.path, exc_info=error)
    return answer(request, 500, SAID[500])
