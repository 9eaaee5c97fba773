"""What people and spreadsheets write into cells, as the text that the register compares. Pure."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches

from config.register_fields import Field, Form
from config.register_text import code, items_of, tidy

SERIALS = range(20000, 80000)
"""Days since 1899-12-30 that are taken for a date in a date column: 1954 to 2119."""
_ORIGIN = date(1899, 12, 30)
_DAY = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))(?:[ T]?0{1,2}:00(:00)?)?")
_YES = {"是", "有", "对", "√", "✓", "y", "yes", "true", "1"}
_NO = {"否", "无", "没有", "不", "×", "✗", "n", "no", "false", "0"}
_EXACT = 10**15
"""Numbers from here on are rounded by spreadsheets."""


class CellError(Exception):
    """A cell that cannot be taken: what is wrong and the way out. Never leaves this room."""

    def __init__(self, what: str, way_out: str) -> None:
        super().__init__(what)
        self.what, self.way_out = what, way_out


def cell_text(field: Field, value: object) -> str:  # noqa: PLR0911 - one a form
    """The text of a cell, "" for an empty one (the default where the key has one). Raises CellError."""
    if field.form is Form.DAY:
        return _day(value)
    text = _plain(value)
    if field.form is Form.LIST:
        return "\n".join(items_of(text))
    text = tidy(text)
    if not text:
        return field.default
    match field.form:
        case Form.CODE:
            return code(text)
        case Form.YES:
            return _yes(text)
        case Form.NUMBER:
            return _number(text)
        case Form.CHOICE:
            return _choice(field, text)
    return text


def _plain(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case int():
            return _exact(value)
        case float():
            return _exact(int(value)) if value.is_integer() else f"{value}"
        case datetime() | date() | time() | timedelta():
            raise CellError("内容被表格软件变成了日期或时间", "请把单元格格式改为“文本”，再照原样重新填写")
    return str(value)


def _exact(number: int) -> str:
    if abs(number) >= _EXACT:
        way_out = "请把单元格格式改为“文本”，再从原处重新复制"
        raise CellError(f"数字 {number} 太长，表格软件只保留 15 位，后面的已经不准", way_out)
    return str(number)


def _day(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time | timedelta):
        raise CellError("这里是时间，不是日期", "请写成 2026-09-01")
    if isinstance(value, int | float) and not isinstance(value, bool) and int(value) in SERIALS:
        return (_ORIGIN + timedelta(days=int(value))).isoformat()
    text = unicodedata.normalize("NFKC", tidy(_plain(value)))
    if not text:
        return ""
    found = _DAY.fullmatch(re.sub(r"(?<=\D) | (?=[年月日./-])", "", text))
    if not found:
        raise CellError(f"“{text[:40]}”不是日期", "请写成 年-月-日，例如 2026-09-01")
    try:
        return date(int(found[1]), int(found[2] or found[4]), int(found[3] or found[5])).isoformat()
    except ValueError:
        raise CellError(f"没有“{text}”这一天", "请写真实的日期，例如 2026-09-01") from None


def _yes(text: str) -> str:
    word = code(text).lower()
    if word in _YES | _NO:
        return "是" if word in _YES else "否"
    raise CellError(f"“{text[:40]}”看不出是还是否", "请写“是”或“否”")


def _number(text: str) -> str:
    number = code(text)
    if not re.fullmatch(r"[0-9]{1,6}", number):
        raise CellError(f"“{text[:40]}”不是整数", "请写整数，例如 2")
    return str(int(number))


def _choice(field: Field, text: str) -> str:
    words = {code(word).lower(): label for word, label in field.synonyms.items()}
    words |= {code(label).lower(): label for label in field.labels.values()}
    found = words.get(code(text).lower())
    if found is None:
        labels = list(dict.fromkeys(field.labels.values()))
        close = get_close_matches(text, labels, n=1, cutoff=0.5)
        guess = f"是不是“{close[0]}”？" if close else ""
        raise CellError(f"“{text[:40]}”不是允许的值", f"{guess}可用：{'、'.join(labels)}")
    return str(found)
