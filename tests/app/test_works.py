"""Work beside the pages: done once, given again, made anew when it is out of date."""

import threading
from collections.abc import Callable

import pytest

from app.works import KEPT, Done, Going, Works
from domain.errors import RefusedError


class Slow:
    """Work that ends when it is let go."""

    def __init__(self, result: object) -> None:
        self.go, self.result = threading.Event(), result

    def __call__(self) -> object:
        self.go.wait(30)
        return self.result


def until(works: Works, name: str, version: object, call: Callable[[], object]) -> Done:
    """Ask until it is there; every asking waits a little by itself."""
    while True:
        found = works.ask(name, version, call)
        if isinstance(found, Done) and found.fresh:
            return found


def test_work_is_done_once_a_version() -> None:
    works, made = Works(30), list[int]()
    for version in (1, 1, 2, 2):
        found = works.ask("draft", version, lambda version=version: made.append(version) or version)  # type: ignore[misc]
        assert isinstance(found, Done)
        assert (found.result, found.fresh) == (version, True)
    assert made == [1, 2]


def test_a_page_is_told_that_work_goes_on_and_gets_it_later() -> None:
    works, slow = Works(0.01), Slow("report")
    going = works.ask("draft", 1, slow)
    assert isinstance(going, Going)
    assert works.seconds(going.id) is not None
    again = works.ask("draft", 1, slow)
    assert isinstance(again, Going)
    assert again.id == going.id
    slow.go.set()
    assert until(works, "draft", 1, slow).result == "report"
    assert works.seconds(going.id) is None
    assert works.going("draft") is None


def test_an_earlier_result_is_shown_while_a_newer_one_is_made() -> None:
    works, slow = Works(0.01), Slow("new")
    assert until(works, "draft", 1, lambda: "old").result == "old"
    found = works.ask("draft", 2, slow)
    assert isinstance(found, Done)
    assert (found.result, found.fresh, found.going is not None) == ("old", False, True)
    slow.go.set()
    assert until(works, "draft", 2, slow).result == "new"


def test_an_error_is_told_once_and_the_next_tries_again() -> None:
    works, tries = Works(30), list[int]()

    def fails() -> None:
        tries.append(1)
        raise RefusedError("还没有结账")

    for _ in range(2):
        with pytest.raises(RefusedError, match="还没有结账"):
            works.ask("quarter", 1, fails)
    assert len(tries) == 2
    assert works.going("quarter") is None


def test_only_the_results_asked_for_last_are_kept() -> None:
    works, made = Works(30), list[int]()
    for number in (*range(KEPT + 1), 0):
        works.ask(number, 1, lambda number=number: made.append(number))  # type: ignore[misc]
    assert made == [*range(KEPT + 1), 0]
