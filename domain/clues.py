"""Clues to leaks (泄密、个人隐私): what a text shows that a person should look at; never a verdict.

Numbers are kept masked; in full they stand only in the saved page (design.md §4.13, §6).
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

REGIONS = frozenset({
    *range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66),
    71, 81, 82, 83,
})  # fmt: skip
"""First two digits of an identity number (GB/T 2260): provinces; 81-83: residence permits."""
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
"""GB 11643: the weighted sum of the first 17 digits modulo 11 gives the place of the check digit."""
CARD_LENGTHS = range(16, 20)
CARD_BINS = ("62", "95588", "95599", "436742", "456351", "601382")
"""How Chinese bank cards begin: UnionPay, and the older ones of the four big banks."""
HEAD, TAIL = 3, 2
_ID_NUMBER = re.compile(r"(?<![0-9A-Za-z])[0-9]{17}[0-9Xx](?![0-9A-Za-z])")


class ClueKind(StrEnum):
    ID_NUMBER = "身份证号"
    MOBILE = "手机号"
    BANK_CARD = "银行卡号"
    WORD = "敏感词"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clue:
    """One kind of thing in one text. `text`: a number masked, or the word; `count`: different numbers, or
    how often the word stands; `where`: 标题 or 正文; `weak`: most likely meant to be public; `note`: why.
    """

    kind: ClueKind
    text: str
    count: int
    where: str
    weak: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word to look for, as the office keeps it (words.yaml): what sort it is and why it matters."""

    word: str
    category: str
    reason: str


def masked(number: str) -> str:
    """The first three and the last two characters, a star for each between."""
    return number[:HEAD] + "*" * (len(number) - HEAD - TAIL) + number[-TAIL:]


def without_ids(text: str) -> str:
    """The text with its identity numbers masked: for titles in findings and notices (design.md §6)."""
    return _ID_NUMBER.sub(lambda found: masked(found[0]) if is_id_number(found[0]) else found[0], text)


def is_id_number(text: str) -> bool:
    """18 characters: a known region, a real day of birth from 1900 to 2099, the right check digit."""
    digits = text[:17]
    if len(text) != 18 or not (digits.isascii() and digits.isdigit()) or int(text[:2]) not in REGIONS:
        return False
    if not 1900 <= int(text[6:10]) <= 2099:
        return False
    try:
        date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return False
    return text[17].upper() == check_digit(digits)


def check_digit(digits: str) -> str:
    """Of the first 17 digits of an identity number."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True))
    return CHECK_DIGITS[total % 11]


def is_card_number(text: str) -> bool:
    """16 to 19 digits that begin as bank cards do and pass Luhn's check."""
    if len(text) not in CARD_LENGTHS or not (text.isascii() and text.isdigit()):
        return False
    return text.startswith(CARD_BINS) and luhn(text)


def luhn(digits: str) -> bool:
    """ISO/IEC 7812-1, annex B: every second digit from the right doubled, the sum divisible by ten."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
