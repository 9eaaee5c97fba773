"""What the interface promises: the schema of each answer, and what it refuses with.

Answers the commands also give have their schema in docs/schemas; the others are read off their types.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from app.contract.shape import REF, schema_of

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"
FILES: Mapping[str, str] = {
    "Event": "decide", "Events": "events", "EventStory": "explain", "ScoreSheet": "score",
    "ScoreSheets": "scores", "Mark": "mark", "Tasks": "tasks", "Verified": "verify", "CheckReport": "check",
    "Appeals": "appeals", "Sources": "sources", "Schedule": "schedule", "Reminders": "notice-due",
    "Rechecked": "notice-recheck", "Marks": "marks", "Service": "notice-service", "Users": "users",
    "Tokens": "tokens", "Doctor": "doctor",
}  # fmt: skip
"""Name of a component -> the file of docs/schemas that it is."""

PROBLEM: Mapping[str, Any] = {
    "type": "object",
    "description": "差错（RFC 9457）",
    "additionalProperties": False,
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "description": "总是 about:blank"},
        "title": {"type": "string", "description": "哪一类差错"},
        "status": {"type": "integer", "description": "与 HTTP 状态相同"},
        "detail": {"type": "string", "description": "中文说明：哪里不对，怎么办"},
    },
    "examples": [{
        "type": "about:blank", "title": "没有找到", "status": 404,
        "detail": "没有事件 999。用 zwgk events 查看编号。",
    }],
}  # fmt: skip
WHY: Mapping[int, str] = {
    400: "填写的内容不能用（分值、日期、附件……）",
    401: "没有令牌，或令牌不对、已作废；或登录的浏览器想作更改",
    403: "令牌的权限或用户的角色不能这样做",
    404: "没有，或不属于本单位",
    409: "规则不允许（已经决定、已过期限、须由另一个人……），什么也没有改",
    413: "提交的内容超过 30 MB",
    422: "参数或字段缺少、多余或不合要求",
    429: "今天申请的次数已满",
    503: "正在统计或生成，或数据库正忙：过一会儿再试",
}
PAGED: Mapping[str, Any] = {
    "X-Total-Count": {"description": "一共多少", "schema": {"type": "integer"}},
    "Link": {
        "description": 'RFC 8288：rel="first"、"prev"、"next"、"last" 各页的地址；没有 next 就是最后一页',
        "schema": {"type": "string"},
    },
}
BINARY: Mapping[str, Any] = {"*/*": {"schema": {"type": "string", "format": "binary"}}}
Answers: TypeAlias = dict[int | str, dict[str, Any]]

_shapes: dict[str, Any] = {}


def reads(
    kind: type | str, *refusals: int, paged: bool = False, headers: Mapping[str, str] | None = None
) -> Answers:
    """The answers of a route that changes nothing. `kind`: of a good one, a type or a name in FILES.

    `headers`: whole numbers given beside, by name.
    """
    more = {
        name: {"description": said, "schema": {"type": "integer"}} for name, said in (headers or {}).items()
    }
    good = {"description": "结果", "content": _content(kind), "headers": {**(PAGED if paged else {}), **more}}
    return {200: good} | _problems({401, 403, *refusals})


def does(
    kind: type | str, *refusals: int, status: int = 200, also: Mapping[int, str] | None = None,
    waits: type | None = None,
) -> Answers:  # fmt: skip
    """The answers of a route that changes something. `also`: further good statuses with the same body;
    `waits`: what 202 gives where a second person has to sign."""
    good = {status: "已办", **(also or {})}
    made: Answers = {one: {"description": about, "content": _content(kind)} for one, about in good.items()}
    if waits is not None:
        about = "已拟定，还没有执行：等第二人会签（由本办自管的单位）"
        made[202] = {"description": about, "content": _content(waits)}
    return made | _problems({400, 401, 403, 413, 422, *refusals})


def gives(about: str, *refusals: int) -> Answers:
    """The answers of a route that hands out a file."""
    name = {"description": "文件名（RFC 6266）", "schema": {"type": "string"}}
    good = {"description": about, "content": dict(BINARY), "headers": {"Content-Disposition": name}}
    return {200: good} | _problems({401, 403, *refusals})


def components() -> dict[str, Any]:
    """Every schema, by name; where one is a part of another, the other refers to it."""
    files = {name: _loaded(file) for name, file in FILES.items()}
    parts = {_core(schema): name for name, schema in files.items()}
    named = {name: _referring(schema, parts, top=True) for name, schema in files.items()}
    shapes = {name: {k: v for k, v in one.items() if k != "x-from"} for name, one in _shapes.items()}
    return {**named, **shapes, "Problem": dict(PROBLEM)}


def _content(kind: type | str) -> dict[str, Any]:
    if isinstance(kind, str):
        return {"application/json": {"schema": {"$ref": REF + _known(kind)}}}
    return {"application/json": {"schema": schema_of(kind, _shapes)}}


def _known(name: str) -> str:
    if name not in FILES:
        raise TypeError(f"no schema named {name}: see FILES in web/api/published.py")
    return name


def _problems(statuses: Iterable[int]) -> Answers:
    said = {"application/problem+json": {"schema": {"$ref": f"{REF}Problem"}}}
    made: Answers = {one: {"description": WHY[one], "content": said} for one in sorted(statuses)}
    return made | {"default": {"description": "程序出了差错，或暂时不能使用", "content": said}}


def _loaded(file: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SCHEMAS / f"{file}.json").read_text("utf-8"))
    return {key: value for key, value in found.items() if key not in {"$schema", "title"}}


def _core(schema: Mapping[str, Any]) -> str:
    """What makes two schemas the same, whatever is said about them."""
    return json.dumps({k: v for k, v in schema.items() if k != "description"}, sort_keys=True)


def _referring(node: Any, parts: Mapping[str, str], *, top: bool = False) -> Any:
    if isinstance(node, list):
        return [_referring(one, parts) for one in node]
    if not isinstance(node, dict):
        return node
    name = None if top else parts.get(_core(node))
    if name is not None:
        return {"$ref": REF + name}
    return {key: _referring(value, parts) for key, value in node.items()}
