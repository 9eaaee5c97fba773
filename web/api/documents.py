"""The interface's description: OpenAPI, and the same as a page."""

from functools import cache
from importlib.metadata import version
from typing import Any

from fastapi import APIRouter, Response
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse

from web.access import EVERYBODY, Own, allow
from web.api import reading, writing
from web.api.published import WHY, components
from web.deps import Asked
from web.pages import page

routes = APIRouter(prefix="/api")
ABOUT = (
    "与命令的 --json 输出相同（日期 ISO，时刻 UTC，分值是字符串）。令牌由管理员用 zwgk user token add 发放，"
    "写在 Authorization: Bearer 里；登录的浏览器只能查看（GET）。"
    "列表分页：page 第几页、size 每页几件，一共多少在 X-Total-Count，各页的地址在 Link。"
    "差错是 application/problem+json，detail 是中文说明。"
)
TOKEN = {
    "type": "http", "scheme": "bearer",
    "description": "管理员用 zwgk user token add 发放；要作更改的加 --write",
}  # fmt: skip
TAGS = {
    "单位与得分": "单位、得分表、人工评分、预警、待定事项",
    "事件": "监测事件：来龙去脉，认定、撤销、豁免",
    "申诉": "提出、决定；由本办自管的单位须两人，各用各的令牌",
    "两人共同决定": "由本办自管的单位：一人拟定，另一人用自己的令牌会签",
    "通报": "各月通报的内容和文件，结账，印发，送达签收，整改反馈，复查，催办",
    "监测运行": "每晚监测、即时检查、人工核实、账号来源、待办、计划、日志核对",
    "单位表": "单位、栏目、账号、应用：登记了什么，增加，更改",
    "管理": "用户、令牌、日志；增加用户、发令牌、改密码请在控制台或用命令",
}  # fmt: skip


@cache
def described() -> dict[str, Any]:
    """The OpenAPI document of what web.api offers."""
    made = get_openapi(
        title="政务公开监测接口", version=version("zwgk"), description=ABOUT,
        routes=[*reading.routes.routes, *writing.routes.routes],
        tags=[{"name": name, "description": about} for name, about in TAGS.items()],
    )  # fmt: skip
    parameters = made.get("components", {}).get("schemas", {})  # their enumerations
    made["components"] = {"schemas": parameters | components(), "securitySchemes": {"token": TOKEN}}
    made["security"] = [{"token": []}]
    return made


@routes.get("/openapi.json")
@allow(*EVERYBODY, own=Own.FILTERS)
def openapi(ask: Asked) -> Response:
    return JSONResponse(described())


@routes.get("/docs")
@allow(*EVERYBODY, own=Own.FILTERS)
def documentation(ask: Asked) -> Response:
    """A page without scripts."""
    return page(ask.request, "api.html", made=described(), refusals=WHY)
