"""A value of the registry as a cell's text, and a cell's text as a value."""

import re
import unicodedata
from typing import TypeAlias

from config.register_fields import Field, Form

Plain: TypeAlias = str | int | bool | list[str] | None

LONGEST = 32767
"""Characters that a cell holds."""
_SHAPING = frozenset("\u180e\u200c\u200d")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def tidy(text: str) -> str:
    """One line without invisible characters, blanks at the ends or runs of them."""
    seen = "".join(
        sign
        for sign in re.sub(r"\s", " ", text)
        if sign in _SHAPING or not (unicodedata.category(sign) in _UNSEEN or sign in "\ufffe\uffff")
    )
    return re.sub(r" +", " ", seen).strip()


def code(text: str) -> str:
    """Half-width and without any blank: ids, web addresses, numbers."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", tidy(text)))


def shown(field: Field, value: object) -> str:
    """A value as written in the file, as the sheet shows it; an unwritten one as its default."""
    if value is None or value == []:
        return field.default
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        items = dict.fromkeys(tidy(str(item)) for item in value)
        return ("\n" if any(re.search("[、，,；;]", item) for item in items) else "、").join(items)[:LONGEST]
    text = tidy(str(value))[:LONGEST]
    return field.labels.get(text, text) or field.default


def items_of(text: str) -> list[str]:
    """The entries of a list: one a line, else parted by 、，,；;."""
    parted = text.splitlines() if "\n" in text.strip() else re.split("[、，,；;]", text)
    return list(dict.fromkeys(filter(None, map(tidy, parted))))


def same(field: Field, one: str, other: str) -> bool:
    """Whether two cells say the same; the order of a list says nothing."""
    if field.form is Form.LIST:
        return set(items_of(one)) == set(items_of(other))
    if field.form is Form.CODE:
        return code(one) == code(other)
    return one == other


def value_of(field: Field, text: str) -> Plain:
    """What is written into the file for a cell that was read without a problem; None for an empty one."""
    if not text:
        return None
    match field.form:
        case Form.YES:
            return text == "是"
        case Form.NUMBER:
            return int(text)
        case Form.LIST:
            return items_of(text)
        case Form.CHOICE:
            return next((value for value, label in field.labels.items() if label == text), text)
    return text
