"""Numbers of persons: check digit, Luhn, mask."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.clues import check_digit, is_card_number, is_id_number, luhn, masked, without_ids

BORN = st.dates(date(1900, 1, 1), date(2099, 12, 31))
SERIAL = st.integers(0, 999)
ACCOUNT = st.integers(0, 10**13 - 1)


def an_id(born: date, serial: int, region: str = "152723") -> str:
    first = f"{region}{born:%Y%m%d}{serial:03d}"
    return first + check_digit(first)


def a_card(account: int) -> str:
    first = f"62284{account:013d}"
    return next(number for digit in range(10) if luhn(number := f"{first}{digit}"))


def test_published_examples_pass() -> None:
    assert is_id_number("11010519491231002X")  # the example of GB 11643
    assert is_id_number("11010519491231002x")
    assert luhn("79927398713")  # the usual example of Luhn's check


@given(BORN, SERIAL)
def test_an_identity_number_is_known_by_its_check_digit(born: date, serial: int) -> None:
    number = an_id(born, serial)
    assert is_id_number(number)
    assert not any(is_id_number(number[:17] + other) for other in "0123456789X" if other != number[17])


@given(BORN, SERIAL, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(born: date, serial: int, at: int, by: int) -> None:
    number = an_id(born, serial)
    wrong = number[:at] + str((int(number[at]) + by) % 10) + number[at + 1 :]
    assert not is_id_number(wrong)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "X" * 18,
        "１１０１０５１９４９１２３１００２Ｘ",
        "1101051949123100",
        an_id(date(2000, 1, 1), 1, "992723"),
    ],
)
def test_others_are_no_identity_numbers(text: str) -> None:
    assert not is_id_number(text)


@pytest.mark.parametrize("middle", ["15272320010229", "15272318991231", "15272321000101", "15272320011301"])
def test_a_day_that_never_was_is_no_birthday(middle: str) -> None:
    first = f"{middle}001"
    assert not is_id_number(first + check_digit(first))


@given(ACCOUNT, st.integers(0, 18), st.integers(1, 9))
def test_a_card_is_known_by_luhn(account: int, at: int, by: int) -> None:
    number = a_card(account)
    assert is_card_number(number)
    assert not luhn(number[:at] + str((int(number[at]) + by) % 10) + number[at + 1 :])


def test_other_beginnings_and_lengths_are_no_cards() -> None:
    assert luhn("4" + "0" * 18) is False
    assert not is_card_number("0" * 16)
    assert not is_card_number("62" + "0" * 10)
    assert not is_card_number("六二" + "0" * 16)


@given(BORN, SERIAL)
def test_a_mask_hides_the_birthday(born: date, serial: int) -> None:
    number = an_id(born, serial)
    assert masked(number) == f"152{'*' * 13}{number[-2:]}"


@given(BORN, SERIAL, st.text(max_size=20), st.text(max_size=20))
def test_a_text_keeps_all_but_its_identity_numbers(born: date, serial: int, before: str, after: str) -> None:
    number = an_id(born, serial)
    assert without_ids(f"{before}（{number}）{after}") == f"{before}（{masked(number)}）{after}"
    assert without_ids(f"{number}0") == f"{number}0"
