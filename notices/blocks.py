"""Paragraphs of an official document by their level (GB/T 9704: 一、黑体 · （一）楷体 · body 仿宋)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from notices.wording import ordinal


@dataclass(frozen=True, slots=True)
class Block:
    """`level` 1: a heading, all in `head`; 2: `head` leads the paragraph `text`; 0: `text` alone."""

    level: int
    head: str = ""
    text: str = ""

    @property
    def line(self) -> str:
        """As read on paper."""
        return self.head + self.text


def chapter(number: int, title: str) -> Block:
    return Block(1, f"{ordinal(number)}、{title}")


def numbered(parts: Iterable[Block]) -> tuple[Block, ...]:
    """Give level-2 paragraphs （一）（二）… in their order."""
    return tuple(replace(one, head=f"（{ordinal(n)}）{one.head}") for n, one in enumerate(parts, 1))
