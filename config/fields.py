"""Kinds of values in the files: ids, days, web addresses, clocks; each refuses with the way out."""

import re
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    StringConstraints,
    ValidationInfo,
    model_validator,
)

from config.mistakes import refusal

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
CLOCK = re.compile(r"none|[1-9]\d{0,2}[dmy]")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Strict(BaseModel):
    """Unknown keys are mistakes; a key with nothing behind it counts as not written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _blank_is_absent(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return {key: item for key, item in value.items() if item is not None or key not in cls.model_fields}


def _slug(value: str) -> str:
    if not SLUG.fullmatch(value) or len(value) > 60:
        raise refusal(
            f"编号“{value}”不合要求", "只用小写字母、数字和连字符，最长 60 个字符，例如 caizhengju-dt"
        )
    return value


def _day(value: Any) -> Any:
    if isinstance(value, date):
        return value
    text = str(value).strip()
    if not DAY.fullmatch(text):
        raise refusal(f"“{text}”不是日期", "请写成 年-月-日，月和日都是两位，例如 2026-09-01")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise refusal(f"没有“{text}”这一天", "请写真实的日期，例如 2026-09-01") from None


def _url(value: str) -> str:
    if re.search(r"[\s\x00-\x1f\x7f]", value):
        raise refusal(f"网址“{value}”里有空格", "请去掉空格，或从浏览器地址栏重新复制")
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise refusal(f"网址“{value}”写法有误", "请从浏览器地址栏重新复制") from None
    if parts.scheme not in {"http", "https"}:
        way_out = "只能监测网页地址，请写完整的 http(s) 网址"
        raise refusal(f"网址“{value}”不是 http:// 或 https:// 开头", way_out)
    if parts.username is not None or parts.password is not None:
        raise refusal("网址里带有用户名或密码", "请去掉 @ 前面的部分；登录后才能看的页面不能监测")
    if not (host or "").strip("."):
        raise refusal(f"网址“{value}”没有主机名", "请写完整，例如 http://www.example.com/tzgg/")
    return value


def _clock(value: str) -> str:
    if not CLOCK.fullmatch(value):
        raise refusal(f"更新周期“{value}”不认识", "请写 14d（天）、6m（月）、1y（年）或 none（不判过期）")
    return value


def _after_first(value: date, info: ValidationInfo) -> date:
    first = info.data.get("valid_from")
    if first is not None and value < first:
        raise refusal(f"valid_to（{value}）早于 valid_from（{first}）", "请核对两个日期，是否写反了")
    return value


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Blankable = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]
Slug = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_slug)]
Day = Annotated[date, BeforeValidator(_day)]
LastDay = Annotated[Day, AfterValidator(_after_first)]
"""The field `valid_to`, after `valid_from` in its model."""
Url = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000), AfterValidator(_url)]
ClockText = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_clock)]
