"""A column's `reading:` in the registry: selectors and a date pattern, refused where they cannot work."""

import re
import warnings
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from time import thread_time
from typing import Annotated, Any

from cssselect import ExpressionError, HTMLTranslator, SelectorSyntaxError
from pydantic import AfterValidator, BeforeValidator, StringConstraints, model_validator

from config.fields import Strict, Text
from config.mistakes import refusal
from domain.overrides import MAX_DATE_TEXT, ListOverride

MAX_SECONDS = 0.05
"""CPU time a pattern may take on the worst text; a sound one takes some millionths of a second."""
GROUPS = ("year", "month", "day")
LIKE = "请写成 div.list > ul > li 这样；用 zwgk extract list 文件 --explain 可以看到现成的写法"
DATE_LIKE = r"请写成 '(?P<year>\d{4})年(?P<month>\d+)月(?P<day>\d+)日' 这样（放在单引号里）"


def _written(value: Any) -> Any:
    if value is None:
        raise refusal("后面是空的", '# 开头的选择器要加引号，如 "#list > li"；不用这一项就删去整行')
    return value


def _selector(value: str) -> str:
    if "::" in value:
        raise refusal(f"选择器“{value}”里有 ::", "选择器只选元素，请去掉 ::text、::attr 之类")
    if "|" in re.sub(r"\[[^]]*\]", "", value):
        raise refusal(f"选择器“{value}”里有 |", "请去掉命名空间前缀")
    try:
        HTMLTranslator().css_to_xpath(value)
    except (SelectorSyntaxError, ExpressionError, RecursionError):
        xpath = "这是 XPath 的写法，请改用 CSS 选择器，" if value.startswith(("/", "./")) else ""
        raise refusal(f"选择器“{value}”写法有误", f"{xpath}{LIKE}") from None
    return value


def _pattern(value: str) -> str:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            compiled = re.compile(value)
    except re.error as error:
        at = f"（第 {error.pos + 1} 个字符处）" if error.pos is not None else ""
        hint = "命名的组要写成 (?P<month>…)，" if "(?<" in value else ""
        raise refusal(f"日期格式“{value}”不是正确的正则表达式{at}", f"{hint}{DATE_LIKE}") from None
    except (RecursionError, OverflowError, Warning):
        raise refusal(f"日期格式“{value}”写法有误", DATE_LIKE) from None
    missing = [name for name in GROUPS[1:] if name not in compiled.groupindex]
    if missing:
        groups = "、".join(f"(?P<{name}>…)" for name in missing)
        raise refusal(f"日期格式“{value}”里缺少 {groups}", DATE_LIKE)
    if _is_slow(value):
        raise refusal(
            f"日期格式“{value}”太费时，遇到某些网页会卡住",
            r"不要在括号后面写 + 或 *，少用 .*，数字写成 \d{1,2}",
        )
    return value


@lru_cache(maxsize=512)
def _is_slow(written: str) -> bool:
    """Whether some bait takes the pattern long. Baits grow, so that the trial itself stays short."""
    pattern = re.compile(written)
    return any(
        _takes_long(pattern, (bait * MAX_DATE_TEXT)[:size] + "\0")
        for bait in _baits(written)
        for size in range(8, MAX_DATE_TEXT, 4)
    )


def _takes_long(pattern: re.Pattern[str], text: str) -> bool:
    started = thread_time()
    pattern.search(text)
    return thread_time() - started > MAX_SECONDS


def _baits(pattern: str) -> Iterator[str]:
    """What a pattern may stumble over: its own characters over and over, digits, blanks, words, pairs."""
    own = dict.fromkeys([*re.sub(r"\\.|[^\w\s./:-]", "", pattern), *"1 中a-年月"])
    yield from own
    yield from ("1年", "1-", "1 ", "1.", "12 ", "2024-01-", "2024年1月")
    yield from ("".join(pair) for pair in pairwise(own))


Selector = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=300),
    BeforeValidator(_written),
    AfterValidator(_selector),
]
DatePattern = Annotated[
    str,
    StringConstraints(min_length=1, max_length=300),
    BeforeValidator(_written),
    AfterValidator(_pattern),
]


class ReadingEntry(Strict):
    rows: Selector
    title: Selector = ""
    date: Selector = ""
    date_pattern: DatePattern = ""
    reason: Text

    @model_validator(mode="before")
    @classmethod
    def _blank_is_absent(cls, value: Any) -> Any:
        """Here a key with nothing behind it is a mistake: most likely a selector taken for a comment."""
        return value

    def to_domain(self) -> ListOverride:
        return ListOverride(**self.model_dump())
