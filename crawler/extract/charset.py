"""Which charset a page's bytes are in, and its text. Pure; broken bytes become U+FFFD, never an error.

Declarations err: pages declare gb2312 and hold GBK, GB18030, UTF-8 or even UTF-16. So a byte order mark
speaks first, then the header and the `<meta>` are believed only as far as the bytes agree with them, and
text that is valid UTF-8 with enough non-ASCII characters is UTF-8 whatever was declared (Chinese text in
another charset practically never is).
"""

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

from charset_normalizer import from_bytes

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_GB_NAMES = re.compile(
    r"^(?:gb[_-]?2312(?:-80)?|x?-?gbk|gb[_-]?18030|cp936|936|ms936|euc-?cn|hz-gb-2312|chinese)$"
)
_DECLARED = re.compile(
    rb"<(?:meta\b[^>]{0,300}?charset|\?xml\b[^>]{0,100}?encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I
)
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I)
_NON_ASCII = re.compile(rb"[\x80-\xff]{1,4}[^<>\x00-\x2f]?")
_IS_UTF8 = "内容是正确的 UTF-8"

HEAD_BYTES = 8192
"""How far into the page a `<meta charset>` is looked for."""
SAMPLE_BYTES = 16384
"""How much non-ASCII text detection looks at."""
SURE_UTF8_BYTES = 24
"""Valid UTF-8 with so many bytes beyond ASCII outweighs another declaration."""


def decode(body: bytes, content_type: str = "") -> str:
    """The page's text, byte order mark removed; bytes that are no text become U+FFFD.

    `content_type`: the HTTP header's value, "" when unknown.
    """
    return _read(body, content_type).text.removeprefix("\ufeff")


def as_utf8(body: bytes, content_type: str = "") -> bytes:
    """What `decode` gives as UTF-8, for a parser: the very bytes where they are that already."""
    read = _read(body, content_type)
    if read.name == "utf-8" and "\ufffd" not in read.text and not body.startswith(codecs.BOM_UTF8):
        return body
    return read.text.removeprefix("\ufeff").encode("utf-8", "replace")


def charset_of(body: bytes, content_type: str = "") -> str:
    """The Python codec the bytes are read with; the GB family is always its superset gb18030."""
    return _read(body, content_type).name


def charset_and_why(body: bytes, content_type: str = "") -> tuple[str, str]:
    """The codec `decode` uses and, in Chinese, why."""
    read = _read(body, content_type)
    if read.why != _IS_UTF8:
        return read.name, read.why
    declared = next(_declared(body, content_type), None)
    doubt = {"utf-8": "", None: "（没有声明）"}.get(declared, "（声明的不是）")
    return read.name, f"{read.why}{doubt}"


class _Decoded(NamedTuple):
    name: str
    text: str
    why: str


def _read(body: bytes, content_type: str) -> _Decoded:
    for mark, name in _BOMS:
        if body.startswith(mark):
            return _Decoded(name, body.decode(name, "replace"), "文件开头有字节顺序标记")
    if wide := _wide(body[:1024]):
        return _Decoded(wide, body.decode(wide, "replace"), "每隔一个字节为零，是没有标记的 UTF-16")
    text = _strict(body, "utf-8")
    if text is not None and _is_sure_utf8(body):
        return _Decoded("utf-8", text, _IS_UTF8)
    declared = list(dict.fromkeys(_declared(body, content_type)))
    if text is not None and (not declared or declared[0] == "utf-8"):
        return _Decoded("utf-8", text, _IS_UTF8)
    for name in declared:
        text = _strict(body, name)
        if text is not None:
            return _Decoded(name, text, "应答头或网页声明，内容相符")
    candidates = dict.fromkeys([*declared, *([] if declared else [_detect(body)]), "utf-8", "gb18030"])
    texts = {name: body.decode(name, "replace") for name in candidates}
    # a page cut inside a character loses one, a wrong charset many
    name, text = min(texts.items(), key=lambda one: one[1].count("\ufffd") / (len(one[1]) + 1))
    return _Decoded(name, text, "内容有坏字节，取坏字节最少的" if declared else "没有声明，按内容判断")


def _declared(body: bytes, content_type: str) -> Iterator[str]:
    """Codecs named by the header, then by the page, that Python knows and that keep ASCII as it is."""
    header = _HEADER.search(content_type)
    names = [header.group(1)] if header else []
    names += [found.group(1).decode("ascii", "ignore") for found in _DECLARED.finditer(body[:HEAD_BYTES])]
    for name in names:
        if known := _known(name):
            yield known


def _known(name: str) -> str | None:
    lowered = name.strip().lower()
    if _GB_NAMES.match(lowered):
        return "gb18030"
    try:
        codec = codecs.lookup(lowered)
        keeps_ascii = b"<html>".decode(codec.name) == "<html>"
    except (LookupError, UnicodeError, ValueError):
        return None
    return codec.name if keeps_ascii else None


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: markup leaves a zero in every other byte."""
    zeros_even, zeros_odd = head[::2].count(0), head[1::2].count(0)
    if zeros_odd > len(head) // 8 and zeros_odd > 8 * zeros_even:
        return "utf-16-le"
    if zeros_even > len(head) // 8 and zeros_even > 8 * zeros_odd:
        return "utf-16-be"
    return None


def _strict(body: bytes, name: str) -> str | None:
    try:
        return body.decode(name)
    except UnicodeError:
        return None


def _is_sure_utf8(body: bytes) -> bool:
    seen = 0
    for run in _NON_ASCII.finditer(body):
        seen += run.end() - run.start()
        if seen >= SURE_UTF8_BYTES:
            return True
    return False


def _detect(body: bytes) -> str:
    """Nothing is declared and it is not UTF-8: ask charset-normalizer, about the text without the markup."""
    sample, size = bytearray(), 0
    for run in _NON_ASCII.finditer(body):
        sample += run.group()
        size += run.end() - run.start()
        if size > SAMPLE_BYTES:
            break
    best = from_bytes(bytes(sample), cp_isolation=["utf_8", "gb18030", "big5"]).best()
    return _known(best.encoding) or "gb18030" if best else "gb18030"
