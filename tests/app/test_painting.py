"""The process that draws: started when needed, anew after a failure; each version drawn once."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from app.painting import Painter, Pictures
from domain.errors import ZwgkError
from pictures.figures import Drawing, Timeline
from pictures.timeline import timeline

EMPTY = timeline(Timeline(unit="财政局", year=2026, today=date(2026, 11, 26), rows=()))


@pytest.fixture(scope="module")
def painter() -> Iterator[Painter]:
    with Painter() as made:
        yield made


def test_svg_and_png_come_from_the_same_process(painter: Painter) -> None:
    assert "财政局2026年监测时间轴" in painter.svg(EMPTY)
    assert painter.png(EMPTY).startswith(b"\x89PNG")


def test_what_cannot_be_drawn_is_told_and_the_next_is_drawn(painter: Painter) -> None:
    with pytest.raises(ZwgkError, match="图没有画出来.*KeyError"):
        painter.svg(replace(EMPTY, chart="nothing"))
    assert painter.svg(EMPTY).startswith("<svg")


def test_each_version_is_made_once_however_many_ask() -> None:
    pictures, made = Pictures(), []

    def make() -> Drawing:
        made.append(1)
        return EMPTY

    def ask() -> None:
        pictures.get("a", 1, make)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1
    pictures.get("a", 2, make)
    pictures.get("a", 2, make)
    pictures.get("b", 2, make)
    pictures.close()
    assert len(made) == 3
