"""Colours and letters of all pictures: the console's calm blue, and Chinese fonts of every usual system."""

import unicodedata
from decimal import Decimal

FONT = (
    "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, WenQuanYi Micro Hei, SimHei, "
    "SimSun, sans-serif"
)
MAIN, MAIN_PALE = "#1f4e79", "#eaf1f8"
INK, SOFT, LINE = "#1d2430", "#56606e", "#d5dce5"
BAD, UNKNOWN = "#a61b1b", "#b9c2cd"
SHADES = ("#1f4e79", "#7fa3c7", "#c6d6e6")
"""From dark to light, so that they stay apart on grey paper."""

SIZE, SMALL = 12, 11


def width_of(text: str) -> float:
    """In characters of full width; Latin letters and digits take a little more than half."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WF" else 0.58 for char in text)


def shortened(text: str, most: float) -> str:
    """The text in so many full characters; its middle goes: names differ at their ends."""
    if width_of(text) <= most:
        return text
    head, tail = text, text
    while width_of(head) > (most - 1) / 2:
        head = head[:-1]
    while width_of(tail) > most - 1 - width_of(head):
        tail = tail[1:]
    return f"{head.rstrip()}…{tail.lstrip()}"


def plain(amount: Decimal) -> str:
    """2, 0.5: without zeros at its end."""
    return f"{amount.normalize():f}"
