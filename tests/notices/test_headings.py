"""Headings come from the test's monitor and kinds, never from a site."""

import pytest

from domain.rubric import Mode, Test
from notices.headings import heading


@pytest.mark.parametrize(
    ("monitor", "kinds", "words"),
    [
        ("column.count", ("年报",), "年报未按期公开"),
        ("column.listed", ("办事服务",), "办事服务没有公开内容"),
        ("leaders.mismatch", ("领导信息",), "领导信息未及时更新"),
        ("notice.names", ("上级通报",), "被上级通报批评"),
    ],
)
def test_headings_of_the_assisted_clauses(monitor: str, kinds: tuple[str, ...], words: str) -> None:
    test = Test(id="A1-06", clause_id="A1-06", item="i", mode=Mode.ASSISTED, monitor=monitor, kinds=kinds)
    assert heading(test) == words
