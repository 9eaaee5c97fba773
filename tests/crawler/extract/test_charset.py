"""Charset by mark, header, meta tag, detection; broken bytes never raise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.charset import as_utf8, charset_of, decode

TEXT = "关于印发政务公开工作要点的通知，各苏木镇人民政府、旗直各有关部门。"


def page(text: str = TEXT, declared: str = "") -> str:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    return f"<html><head>{meta}<title>{text}</title></head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize("declared", ["", "gb2312", "GBK", "gb18030", "utf-8", "no-such-charset"])
@pytest.mark.parametrize("real", ["utf-8", "utf-8-sig", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
def test_reads_the_text_whatever_was_declared(real: str, declared: str) -> None:
    assert TEXT in decode(page(declared=declared).encode(real))


@pytest.mark.parametrize("real", ["utf-8", "utf-8-sig", "gbk", "utf-16-le"])
def test_a_parser_is_given_what_is_read(real: str) -> None:
    body = page(declared="utf-8").encode(real)
    for one in (body, body.replace("知".encode(real), b"\xff\xfe")):
        assert as_utf8(one) == decode(one).encode()


def test_gb2312_means_its_superset() -> None:
    text = "朱镕基与㐀𠮷"  # 镕 is GBK, the others are GB18030 only
    assert text in decode(page(text, "gb2312").encode("gb18030"))
    assert charset_of(page(text, "gb2312").encode("gb18030")) == "gb18030"


def test_the_header_goes_before_the_page() -> None:
    assert charset_of(page("繁體中文網站", "utf-8").encode("big5"), "text/html; charset=big5") == "big5"


def test_big5_without_declaration_is_detected() -> None:
    text = "關於印發政務公開工作要點的通知，各鄉鎮人民政府、縣直各有關部門，請認真貫徹執行。"
    assert text in decode(page(text).encode("big5"))


def test_a_page_cut_inside_a_character_keeps_its_charset() -> None:
    body = page(declared="utf-8").encode()
    cut = body[: body.rindex("府".encode()) + 1]
    assert charset_of(cut) == "utf-8"
    assert TEXT in decode(cut)


def test_one_broken_byte_in_gbk_spoils_one_place() -> None:
    body = page(declared="gbk").encode("gbk").replace(b"</p>", b"\xff</p>")
    assert TEXT in decode(body)


def test_no_byte_order_mark_is_left() -> None:
    assert decode("\ufeff公告".encode()) == "公告"
    assert decode(b"") == ""


@given(st.binary(max_size=400), st.text(max_size=40))
def test_never_raises(body: bytes, content_type: str) -> None:
    assert isinstance(decode(body, content_type), str)
    assert isinstance(decode(body, f"text/html; charset={content_type}"), str)


COMMON = (
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之公开政府信息"
)
WORDS = st.text(alphabet=COMMON + "，。：《》0123456789 ", min_size=8, max_size=60).filter(
    lambda text: sum(sign in COMMON for sign in text) >= 8
)
NAMES = {
    "utf-8": ["utf-8", "UTF8"], "utf-8-sig": ["utf-8", "gbk"], "gb18030": ["gb18030", "GB2312", "gbk"],
    "gbk": ["gbk", "gb2312", "GB18030"],
}  # fmt: skip
"""Charset → what a page in it may say of itself."""


@given(WORDS, st.sampled_from(sorted(NAMES)), st.data())
def test_a_declared_text_is_read_back(text: str, real: str, data: st.DataObject) -> None:
    declared = data.draw(st.sampled_from(NAMES[real]))
    body = page(text, declared).encode(real)
    assert decode(body) == page(text, declared)
    assert decode(page(text).encode(real), f"text/html; charset={declared}") == page(text)


@given(WORDS, st.sampled_from([*sorted(NAMES), "utf-16"]))
def test_an_undeclared_text_is_read_back(text: str, real: str) -> None:
    assert decode(page(text).encode(real)) == page(text)


@given(st.text(min_size=1, max_size=80).filter(lambda text: not text.startswith("\ufeff")))
def test_any_text_behind_a_byte_order_mark_is_read_back(text: str) -> None:
    for codec in ("utf-8-sig", "utf-16"):
        try:
            body = text.encode(codec)
        except UnicodeEncodeError:  # a lone surrogate is no text
            return
        assert decode(body, "text/html; charset=gbk") == text


NO_CHARSETS = ["utf-7", "hex", "base64", "idna", "rot13", "utf-16", "unicode_escape", "undefined"]


@pytest.mark.parametrize("name", NO_CHARSETS)
def test_codecs_that_are_no_page_charsets_are_not_trusted(name: str) -> None:
    assert TEXT in decode(page().encode(), f"text/html; charset={name}")
