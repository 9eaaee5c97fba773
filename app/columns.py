"""A registered column, found for somebody who wants to try how it is read."""

from difflib import get_close_matches
from pathlib import Path

from config.load import load_registry, load_settings
from domain.errors import InputError
from domain.units import Column, SubjectKind

MAX_LISTED = 8


def registered_column(folder: Path, wanted: str) -> Column:
    """By id, subject id (`column:…`) or a name that only one column has; no database is needed.

    Raises ConfigError (no deployment, mistakes in its files), InputError (no such column).
    """
    load_settings(folder)
    return column_among(load_registry(folder).columns, wanted)


def column_among(columns: tuple[Column, ...], wanted: str) -> Column:
    """The same among columns at hand. Raises InputError."""
    asked = wanted.strip().removeprefix(f"{SubjectKind.COLUMN}:")
    by_id = next((one for one in columns if one.id == asked), None)
    if by_id is not None:
        return by_id
    named = [one for one in columns if one.name == asked]
    if len(named) == 1:
        return named[0]
    raise InputError(f"{_what(wanted, named)}。{_way_out(asked, columns, named)}")


def _what(wanted: str, named: list[Column]) -> str:
    return f"有 {len(named)} 个栏目叫“{wanted}”" if named else f"单位表里没有栏目“{wanted}”"


def _way_out(asked: str, columns: tuple[Column, ...], named: list[Column]) -> str:
    if named:
        return f"请写编号：{'、'.join(one.id for one in named[:5])}{'…' if len(named) > 5 else ''}。"
    if not columns:
        return "单位表里还没有登记任何栏目，请先在 units/ 里登记。"
    words = {word: one for one in columns for word in (one.id, one.name)}
    close = dict.fromkeys(words[word].id for word in get_close_matches(asked, words, n=3))
    listed = f"已登记：{'、'.join(one.id for one in columns)}。" if len(columns) <= MAX_LISTED else ""
    known = f"是不是：{'、'.join(close)}？" if close else listed
    return f"{known}编号写在 units/ 各文件的 columns 和 shared_columns 里（id: 后面）。"
