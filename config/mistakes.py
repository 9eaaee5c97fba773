"""Pydantic's errors as problems: file and line, what is wrong and the way out, in Chinese."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from config.document import Document, Loc
from domain.errors import Problem

ECHOES = {"default_factory_not_called"}  # a default that follows from another, mistaken field
SAID = "zwgk"  # our own validators: what and way_out come with the error


def refusal(what: str, way_out: str) -> PydanticCustomError:
    """For validators to raise: this value is refused, for this reason, with this way out."""
    return PydanticCustomError(SAID, "{what}", {"what": what, "way_out": way_out})


def near(word: object, known: list[str] | tuple[str, ...]) -> str:
    """`是不是“x”？` when a known word is near, else nothing."""
    close = get_close_matches(str(word), known, n=1, cutoff=0.5)
    return f"是不是“{close[0]}”？" if close else ""


def problems_of(
    document: Document, error: ValidationError, model: type[BaseModel], *, skip: Collection[Loc] = ()
) -> list[Problem]:
    """Every mistake in the file. A misspelt required key is told once, not also as missing."""
    details = [detail for detail in error.errors(include_url=False) if detail["loc"] not in skip]
    meant = set(_meant(details, model))
    return [
        document.problem(detail["loc"], *explain(detail, model))
        for detail in details
        if detail["type"] not in ECHOES and not (detail["type"] == "missing" and detail["loc"] in meant)
    ]


def explain(detail: ErrorDetails, model: type[BaseModel]) -> tuple[str, str]:
    """What is wrong and the way out."""
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == SAID:
        return str(context["what"]), str(context["way_out"])
    if kind == "missing":
        return f"缺少必填项“{detail['loc'][-1]}”", "请补上这一项"
    if kind == "extra_forbidden":
        return _unknown_key(detail["loc"], model)
    if kind in {"enum", "literal_error"}:
        allowed = re.findall(r"'([^']*)'", str(context["expected"]))
        return (
            f"{_shown(detail['input'])}不是允许的值",
            f"{near(detail['input'], allowed)}可用：{'、'.join(allowed)}",
        )
    for start, said in TYPES.items():
        if kind.startswith(start):
            return said(detail["input"], context)
    return f"{_shown(detail['input'])}不合要求（{detail['msg']}）", "请对照示例文件改正"


def wrong_keys(model: type[BaseModel], entry: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Key, what is wrong and the way out, for every mistake in one mapping; nothing for a right one."""
    try:
        model.model_validate(entry)
    except ValidationError as error:
        details = error.errors(include_url=False)
        return [(str(one["loc"][0]) if one["loc"] else "", *explain(one, model)) for one in details]
    return []


def fields_at(model: type[BaseModel], loc: Loc) -> list[str]:
    """The keys allowed in the mapping at a place of the file."""
    for part in loc:
        if isinstance(part, str) and part in model.model_fields:
            inner = next(_models(model.model_fields[part].annotation), None)
            if inner is None:
                return []
            model = inner
    return list(model.model_fields)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)


def _meant(details: list[ErrorDetails], model: type[BaseModel]) -> Iterator[Loc]:
    missing = {detail["loc"] for detail in details if detail["type"] == "missing"}
    for detail in details:
        if detail["type"] == "extra_forbidden":
            *parent, key = detail["loc"]
            asked = [str(loc[-1]) for loc in missing if loc[:-1] == tuple(parent)]
            yield from ((*parent, word) for word in get_close_matches(str(key), asked, n=1, cutoff=0.5))


def _unknown_key(loc: Loc, model: type[BaseModel]) -> tuple[str, str]:
    known = fields_at(model, loc[:-1])
    return f"没有“{loc[-1]}”这一项", f"{near(loc[-1], known)}可用的项：{'、'.join(known)}"


def _shown(value: object) -> str:
    match value:
        case str():
            return f"“{value[:80]}”"
        case dict():
            return "这里的一组键值"
        case list():
            return "这里的列表"
    return f"“{str(value)[:80]}”"


def _expected(said: str, way_out: str) -> "Saying":
    return lambda value, _: (f"{_shown(value)}类型不对，{said}", way_out)


Saying = Callable[[Any, Mapping[str, Any]], tuple[str, str]]

TYPES: Mapping[str, Saying] = {
    "string_type": _expected("应是文字", "请加上引号，例如 '2020'"),
    "string_too_short": lambda value, _: ("内容是空的", "请填写内容"),
    "string_too_long": lambda value, context: (f"超过 {context['max_length']} 个字", "请写短一些"),
    "int_": _expected("应是整数", "请写整数，例如 10"),
    "float_": _expected("应是数字", "请写数字，例如 1.5"),
    "finite_number": _expected("应是有限的数字", "请写数字，例如 1.5"),
    "bool_": _expected("应是 true 或 false", "请写 true 或 false，不加引号"),
    "tuple_type": _expected("应是列表", "每一项单独一行，以“- ”开头；或写成 [甲, 乙]"),
    "model_type": _expected("应是一组“键: 值”", "请对照示例文件，写成“键: 值”"),
    "model_attributes_type": _expected("应是一组“键: 值”", "请对照示例文件，写成“键: 值”"),
    "dict_type": _expected("应是一组“键: 值”", "请对照示例文件，写成“键: 值”"),
    "greater_than_equal": lambda value, context: (f"{_shown(value)}太小", f"不能小于 {context['ge']}"),
    "greater_than": lambda value, context: (f"{_shown(value)}太小", f"要大于 {context['gt']}"),
    "less_than_equal": lambda value, context: (f"{_shown(value)}太大", f"不能大于 {context['le']}"),
}
