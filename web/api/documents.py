"""The interface's description: OpenAPI, and the same as a page."""

from functools import cache
from importlib.metadata import version
from typing import Any

from fastapi import APIRouter, Response
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse

from web.access import EVERYBODY, Own, allow
from web.api import reading, writing
from web.deps import Asked
from web.pages import page

routes = APIRouter(prefix="/api")
ABOUT = (
    "与命令的 --json 输出相同（日期 ISO，时刻 UTC，分值是字符串）。令牌由管理员用 zwgk user token add 发放，"
    "写在 Authorization: Bearer 里；登录的浏览器只能查看（GET）。"
    "差错是 application/problem+json，detail 是中文说明。"
)
PROBLEM = {
    "description": "差错（RFC 9457）",
    "content": {
        "application/problem+json": {
            "schema": {
                "type": "object",
                "required": ["type", "title", "status", "detail"],
                "properties": {
                    "type": {"type": "string"}, "title": {"type": "string"},
                    "status": {"type": "integer"}, "detail": {"type": "string"},
                },
            }
        }
    },
}  # fmt: skip


@cache
def described() -> dict[str, Any]:
    """The OpenAPI document of what web.api offers."""
    own = [*reading.routes.routes, *writing.routes.routes]
    made = get_openapi(title="政务公开监测接口", version=version("zwgk"), description=ABOUT, routes=own)
    made.setdefault("components", {})["securitySchemes"] = {"令牌": {"type": "http", "scheme": "bearer"}}
    made["security"] = [{"令牌": []}]
    for methods in made["paths"].values():
        for one in methods.values():
            one["responses"].pop("422", None)
            one["responses"]["default"] = PROBLEM
    for leftover in ("HTTPValidationError", "ValidationError"):
        made["components"].get("schemas", {}).pop(leftover, None)
    return made


@routes.get("/openapi.json")
@allow(*EVERYBODY, own=Own.FILTERS)
def openapi(ask: Asked) -> Response:
    return JSONResponse(described())


@routes.get("/docs")
@allow(*EVERYBODY, own=Own.FILTERS)
def documentation(ask: Asked) -> Response:
    """A page without scripts."""
    return page(ask.request, "api.html", made=described())
