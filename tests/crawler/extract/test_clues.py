"""What is a clue in a text and, more often, what is none."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.words import shipped_words
from crawler.extract.clues import find_clues
from crawler.extract.document import read_document
from domain.clues import Clue, ClueKind, Word, luhn
from tests.domain.test_clues import a_card, an_id

ID = an_id(date(1980, 5, 6), 123)
OTHER = an_id(date(1991, 7, 8), 45)
CARD = a_card(1234567890123)
GROUPED = " ".join(CARD[at : at + 4] for at in range(0, 19, 4))
STAR = Word(word="机密★", category="涉密标志", reason="不应公开")


def kinds(*lines: str) -> list[tuple[str, bool]]:
    return [(clue.kind.value, clue.weak) for clue in find_clues(lines, (), "正文")]


@pytest.mark.parametrize(
    "line",
    [
        f"张三，身份证号：{ID}", f"（{ID}）", f"姓名 {ID} 嘎查", f"证件编号身份证{ID}，",
        ID.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    ],
)  # fmt: skip
def test_an_identity_number_in_full_is_a_clue(line: str) -> None:
    assert kinds(line) == [("身份证号", False)]


@pytest.mark.parametrize(
    "line",
    [
        f"{ID[:6]}********{ID[-4:]}",  # masked by the page: as it should be
        f"{ID[:14]}****",
        f"统一社会信用代码：{ID}",
        f"项目编号 {ID}",
        f"{ID}0", f"0{ID}", f"A{ID}", f"{ID}-1", f"t20200101_{ID}.html", f"?id={ID}",
        ID[:17] + str((int(ID[17]) + 1) % 10 if ID[17].isdigit() else 0),
    ],
)  # fmt: skip
def test_masked_numbers_and_other_codes_are_none(line: str) -> None:
    assert kinds(line) == []


def test_numbers_are_counted_once_each_and_masked() -> None:
    [clue] = find_clues([ID, f"又见 {ID}", OTHER], (), "正文")
    assert clue == Clue(kind=ClueKind.ID_NUMBER, text=f"152{'*' * 13}{ID[-2:]}", count=2, where="正文")


@pytest.mark.parametrize(
    "lines",
    [
        ("联系电话：13812345678",),
        ("联系人：张三，13812345678、李四 13912345678",),
        ("联系人", "王五", "15012345678"),
        ("举报热线（兼微信）13812345678",),
        ("订单编号：13812345678",),
        ("姓名", "电话", "甲", "13812345678", "乙", "13912345678"),
        ("138****5678",),
        ("0477-13812345678",),
        ("https://127.0.0.1/13812345678",),
        ("发稿时间戳1700000000000",),
    ],
)  # fmt: skip
def test_a_contacts_mobile_is_no_clue(lines: tuple[str, ...]) -> None:
    assert kinds(*lines) == []


def test_a_mobile_by_itself_is_one_and_a_long_roll_of_contacts_a_weak_one() -> None:
    assert kinds("住户王某某13812345678于昨日申请") == [("手机号", False)]
    roll = [f"某某{n}　1381234567{n}" for n in range(10)]
    assert kinds("姓名　联系方式", *roll) == [("手机号", True)]
    assert kinds("姓名　联系方式", *roll[:9]) == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (f"打入本人卡 {CARD}", [("银行卡号", False)]),
        (f"打入本人卡 {GROUPED}。", [("银行卡号", False)]),
        (f"开户行：某某银行，账号：{CARD}", [("银行卡号", True)]),
        (f"许可证编号{CARD}", []),
        (CARD[:18] + str((int(CARD[18]) + 1) % 10), []),
        (next(n for d in range(100) if luhn(n := f"6201022023{d:08d}")), []),
    ],
)  # fmt: skip
def test_bank_cards(line: str, found: list[tuple[str, bool]]) -> None:
    assert kinds(line) == found


def test_words_are_found_whatever_blanks_and_commas_stand_between() -> None:
    [clue] = find_clues(["密级：机 密 ★ 5年", "机密★"], (STAR,), "标题")
    assert (clue.kind, clue.text, clue.count, clue.note) == (ClueKind.WORD, "机密★", 2, "涉密标志：不应公开")
    assert find_clues(["机密", "★", "严守国家机密"], (STAR,), "标题") == ()
    [inner] = find_clues(["内部资料 不得外传"], shipped_words(), "正文")
    assert inner.text == "内部资料，不得外传"


@given(st.lists(st.text(alphabet="0123456789Xx*-， 电话账号身份证编", max_size=60), max_size=5))
def test_any_text_gives_clues_and_no_number_in_full(lines: list[str]) -> None:
    for clue in find_clues(lines, shipped_words(), "正文"):
        assert clue.count > 0
        assert clue.kind is ClueKind.WORD or "*" in clue.text


PAGE = """<html><head><title>某某局</title></head><body><div class="top">站点电话 </div>
<h1>关于发放补贴的公示</h1><p>发布日期：2026-09-10　来源：财政局</p>
<div id="zoom"><p>经审核，现将下列人员名单予以公示，公示期五天，请社会各界监督。</p>
<table><tr><td>姓名</td><td>身份证号</td></tr><tr><td>甲某</td><td>{number}</td></tr></table></div>
<div class="related"><p>相关信息</p><ul><li><a href="a.html">机密★</a></li></ul></div>
<div>主办单位：某某局 网站标识码：1527000001</div></body></html>"""


def test_a_document_tells_its_own_clues_only() -> None:
    reading = read_document(PAGE.format(number=ID).encode(), "", words=(STAR,))
    assert [clue.kind for clue in reading.clues] == [ClueKind.ID_NUMBER]
    assert ID not in str(reading)
    assert read_document(PAGE.format(number="152***********23").encode(), "").clues == ()
