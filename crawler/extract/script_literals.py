"""Literal values written into a page's scripts: strings, numbers, objects of them. Pure, bounded.

Nothing is evaluated or guessed: a value that is no literal, and no variable set once to a literal, is None.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

MAX_SCRIPT = 200_000
"""Characters of a script that is read; libraries are longer, settings are not."""

MAX_OBJECT = 20_000
"""Characters of an object literal, callbacks in it included."""

_STRING = r"'(?:[^'\\\n]|\\.){0,600}'|\"(?:[^\"\\\n]|\\.){0,600}\""
_ENDS = r"(?=\s{0,200}(?:[,;})\]]|$)|[ \t]{0,80}\r?\n\s{0,200}[^\s+\-*/.?&|(\[])"
_LITERAL = re.compile(rf"\s*(?P<value>{_STRING}|-?\d{{1,18}}(?:\.\d{{1,6}})?|true|false|null){_ENDS}")
_NAME = re.compile(rf"\s*(?P<name>[A-Za-z_$][\w$]{{0,60}}){_ENDS}")
_GAP = re.compile(r"(?:\s|//[^\n]*|/\*.*?\*/)*", re.S)
_KEY = re.compile(rf"(?:(?P<quoted>{_STRING})|(?P<bare>[A-Za-z_$][\w$]{{0,60}}))\s*:\s*")
_METHOD = re.compile(r"(?:async\s+)?[A-Za-z_$][\w$]{0,60}\s*(?=\()")
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)")
_DECLARED = re.compile(r"\b(?:var|let|const)\s+(?P<name>[A-Za-z_$][\w$]{0,60})\s*=(?!=)")
_SET = re.compile(r"(?<![\w$.])(?P<name>[A-Za-z_$][\w$]{0,60})\s{0,20}(?:=(?!=)|\+\+|--|[+\-*/]=)")


@dataclass(frozen=True, slots=True)
class Literal:
    """A value and where it ends in the script."""

    value: str
    end: int


def variables(script: str) -> Mapping[str, str]:
    """Variables that are declared with a literal and never set again."""
    times = Counter(match["name"] for match in _SET.finditer(script))
    found: dict[str, str] = {}
    for match in _DECLARED.finditer(script):
        value = _LITERAL.match(script, match.end())
        if value and times[match["name"]] == 1:
            found[match["name"]] = unquoted(value["value"])
    return found


def literal(script: str, at: int, known: Mapping[str, str]) -> Literal | None:
    """The string, number or known variable that stands at `at` and ends there: `"a" + b` is none."""
    if found := _LITERAL.match(script, at):
        return Literal(unquoted(found["value"]), found.end())
    if (found := _NAME.match(script, at)) and found["name"] in known:
        return Literal(known[found["name"]], found.end())
    return None


def block(script: str, at: int) -> str:
    """The object literal `{…}` that begins at `at`, its braces included; "" when none does."""
    if script[at : at + 1] != "{":
        return ""
    end = _skipped(script, at + 1, min(len(script), at + MAX_OBJECT), commas=False)
    return script[at : end + 1] if script[end : end + 1] == "}" else ""


def members(written: str, known: Mapping[str, str]) -> Mapping[str, str | None] | None:
    """An object literal's own members; None where it cannot be read to its end.

    A member's value is None when it is no literal; an object is given as it is written, `{…}`.
    """
    found: dict[str, str | None] = {}
    at = after_gap(written, 1)
    while written[at : at + 1] != "}":
        member = _KEY.match(written, at) or _METHOD.match(written, at)
        end = _skipped(written, member.end(), len(written)) if member else len(written)
        if member is None or end >= len(written):
            return None
        if member.re is _KEY:
            name = unquoted(member["quoted"]) if member["quoted"] else member["bare"]
            inner, value = block(written, member.end()), literal(written, member.end(), known)
            found[name] = inner or (value.value if value and not written[value.end : end].strip() else None)
        at = after_gap(written, end + (written[end] == ","))
    return found


def strings(written: str, known: Mapping[str, str]) -> dict[str, str] | None:
    """An object of literals only, as parameters; None when one of them is computed or nested."""
    found = members(written, known) if written else None
    if found is None or any(value is None or value.startswith("{") for value in found.values()):
        return None
    return {name: value for name, value in found.items() if value is not None}


def unquoted(written: str) -> str:
    """A literal's value; null is ""."""
    if written[:1] in ("'", '"'):
        return _ESCAPE.sub(_unescaped, written[1:-1])
    return "" if written == "null" else written


def _unescaped(found: re.Match[str]) -> str:
    escape = found[1]
    if len(escape) == 5:
        return chr(int(escape[1:], 16))
    return {"n": "\n", "t": "\t", "r": "\r"}.get(escape, escape)


def after_gap(written: str, at: int) -> int:
    """Where the next thing stands behind white space and comments."""
    found = _GAP.match(written, at)
    return found.end() if found else at


def _skipped(written: str, at: int, limit: int, *, commas: bool = True) -> int:
    """Where what begins at `at` ends: at a comma outside brackets and quotes, or its closing bracket."""
    depth, quote = 0, ""
    while at < limit:
        char = written[at]
        if quote:
            at += char == "\\"
            quote = "" if char == quote else quote
        elif char in "'\"`":
            quote = char
        elif char in "([{":
            depth += 1
        elif (char in ")]}" and depth == 0) or (char == "," and depth == 0 and commas):
            return at
        elif char in ")]}":
            depth -= 1
        at += 1
    return limit
