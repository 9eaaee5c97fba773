"""Long lists page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Paged(Generic[T]):
    """The rows of the page `at` (from 1 on) of `pages`; `total`: rows in all."""

    rows: Sequence[T]
    total: int
    at: int
    pages: int


def cut(total: int, asked: int, size: int = PAGE) -> tuple[int, int]:
    """The page shown when `asked` for one (a page beyond the last is the last), and how many there are."""
    pages = max(1, -(-total // size))
    return min(max(1, asked), pages), pages


def paged(rows: Sequence[T], asked: int, size: int = PAGE) -> Paged[T]:
    """One page of rows that are all at hand."""
    at, pages = cut(len(rows), asked, size)
    return Paged(rows=rows[(at - 1) * size : at * size], total=len(rows), at=at, pages=pages)
