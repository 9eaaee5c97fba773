"""Looks for clues to leaks in lines of text: numbers of persons, words of the office's list. Pure.

What a notice shows on purpose is no clue: a mobile behind a contact's label, a number masked by the page.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from crawler.extract.layout import Layout
from crawler.extract.lines import Line
from domain.clues import Clue, ClueKind, Word, is_card_number, is_id_number, masked

TITLE, TEXT = "标题", "正文"
REACH = 40
"""Characters before a number in which a label speaks of it; a contact's number speaks for the next one."""
ROLL = 10
"""So many different mobiles of contacts on one page may be a list of private persons."""

_WIDE = str.maketrans("０１２３４５６７８９Ｘｘ＊", "0123456789Xx*")
_EDGE = r"[0-9A-Za-z*_+/=#%.×•●\-]"
_NUMBER = re.compile(
    rf"(?<!{_EDGE})(?:[0-9]{{11,19}}[Xx]?|[0-9]{{4}}(?: [0-9]{{4}}){{3}}(?: [0-9]{{1,3}})?)"
    r"(?![0-9A-Za-z*_/=#%×•●\-]|\.[0-9])"
)
"""Digits that stand by themselves; those of bank cards also in groups of four."""
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_CONTACT = re.compile(
    r"联系|电话|手机|热线|咨询|举报|监督|投诉|报名|值班|传真|客服|受理|微信|支付宝|负责人|[Tt][Ee][Ll]|QQ"
)
_CODE = re.compile(r"编号|编码|代码|文号|证号|号码簿|登记号|项目号|订单|流水|备案|许可|信用代码|条码|序列号")
_PAPER = re.compile(r"身份证|居民证|公民身份")
_ACCOUNT = re.compile(r"开户|账号|帐号|账户|帐户|户名|收款|缴款|汇款|保证金")
_BLANKS = re.compile(r"[\s，,、。.·]+")
_GANSU = re.compile(r"62[0-3][0-9]{3}(?:19|20)[0-9]{2}")
"""A region of Gansu and a year: the number of a paper there, not of a card."""
_PUBLIC_ACCOUNT = "旁边写着账户信息，可能是对公的收款账号"
_CONTACTS = "都写在联系方式旁边；数量多，请看是不是个人名册"


def text_clues(lines: Sequence[Line], layout: Layout, words: Sequence[Word]) -> tuple[Clue, ...]:
    """The clues of a document: its title and what lies between it and other documents' links."""
    first = max(layout.headline.first, 0)
    inside = [line.text for line in lines[first : max(layout.others, layout.end)]]
    return find_clues(inside, words, TEXT)


def find_clues(lines: Iterable[str], words: Sequence[Word], where: str) -> tuple[Clue, ...]:
    """One clue a kind of number (the plain ones apart from the weak), one a word; in that order."""
    text = "\n".join(lines).translate(_WIDE)
    found: dict[tuple[ClueKind, str], list[str]] = {}
    for kind, note, number in _numbers(text):
        found.setdefault((kind, note), []).append(number)
    return (*_of_numbers(found, where), *_of_words(text, words, where))


def _of_numbers(found: dict[tuple[ClueKind, str], list[str]], where: str) -> Iterator[Clue]:
    for (kind, note), numbers in found.items():
        different = list(dict.fromkeys(numbers))
        if note == _CONTACTS and len(different) < ROLL:
            continue
        yield Clue(
            kind=kind,
            text=masked(different[0]),
            count=len(different),
            where=where,
            weak=bool(note),
            note=note,
        )


def _of_words(text: str, words: Sequence[Word], where: str) -> Iterator[Clue]:
    bare = [_BLANKS.sub("", line) for line in text.split("\n")]
    for word in words:
        sought = _BLANKS.sub("", word.word)
        count = sum(line.count(sought) for line in bare) if sought else 0
        if count:
            note = f"{word.category}：{word.reason}"
            yield Clue(kind=ClueKind.WORD, text=word.word, count=count, where=where, note=note)


def _numbers(text: str) -> Iterator[tuple[ClueKind, str, str]]:
    """Each number of a person: kind, why it is weak ("": it is not), the number."""
    contact_until = 0
    for match in _NUMBER.finditer(text):
        number, at = match[0].upper().replace(" ", ""), match.start()
        before = text[max(0, at - REACH) : at]
        if _MOBILE.fullmatch(number) and (at <= contact_until or _CONTACT.search(before)):
            contact_until = match.end() + REACH
            yield ClueKind.MOBILE, _CONTACTS, number
        elif (kind := _kind(number)) and not _is_code(kind, before):
            weak = kind is ClueKind.BANK_CARD and _ACCOUNT.search(before)
            yield kind, _PUBLIC_ACCOUNT if weak else "", number


def _kind(number: str) -> ClueKind | None:
    if _MOBILE.fullmatch(number):
        return ClueKind.MOBILE
    if is_id_number(number):
        return ClueKind.ID_NUMBER
    return ClueKind.BANK_CARD if is_card_number(number) and not _GANSU.match(number) else None


def _is_code(kind: ClueKind, before: str) -> bool:
    """Does the text call it the number of a paper or a body?"""
    is_named = kind is ClueKind.ID_NUMBER and _PAPER.search(before)
    return bool(_CODE.search(before)) and not is_named
