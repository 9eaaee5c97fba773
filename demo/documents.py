"""Writes the documents of the simulated portal as data: titles, dates, addresses, label blocks."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import count
from random import Random

from demo.names import CATEGORIES, WORK, news_title, notice_title, paragraphs
from demo.nights import NIGHTS
from demo.world import Document, Fault, Row, Shape

FORMS = 4
"""Layouts of the label block (demo/pages.py)."""


class Writer:
    """Writes documents with addresses of their own. All choices come from `random`."""

    def __init__(self, random: Random, banner: str) -> None:
        self.random = random
        self.banner = banner
        self._numbers = count(random.randrange(100_000, 900_000))

    def news(self, folder: str, unit: str, day: date, shape: Shape, *, neutral: bool = False) -> Document:
        """A news page. `neutral`: the address tells no date."""
        return Document(
            title=news_title(self.random, unit), day=day, publisher=unit,
            path=self._address(folder, day, Shape.JSON if neutral else shape),
            paragraphs=paragraphs(self.random),
        )  # fmt: skip

    def notice(self, folder: str, publisher: str, day: date, shape: Shape, *, policy: bool) -> Document:
        """A notice or policy document with a complete label block."""
        title = notice_title(self.random, publisher, policy=policy)
        return Document(
            title=title, day=day, publisher=publisher, path=self._address(folder, day, shape),
            paragraphs=paragraphs(self.random), form=self.random.randrange(FORMS),
            labels=self._labels(title, publisher, day),
        )  # fmt: skip

    def _labels(self, title: str, publisher: str, day: date) -> tuple[tuple[str, str], ...]:
        number = self.random.randrange(1, 90)
        issued = day - timedelta(days=self.random.randrange(3))
        return (
            ("索引号", f"0000{self.random.randrange(10_000, 99_999)}/{day.year}-{number:05}"),
            ("分类", self.random.choice(CATEGORIES)),
            ("发布机构", publisher),
            ("发文日期", f"{issued.year}年{issued.month:02}月{issued.day:02}日"),
            ("名称", title),
            ("文号", f"{self.banner[0]}政发〔{day.year}〕{number}号"),
            ("主题词", self.random.choice(WORK)),
            ("时效性", "有效"),
        )

    def _address(self, folder: str, day: date, shape: Shape) -> str:
        number = next(self._numbers)
        if shape is Shape.ISLAND:
            return f"{folder}art/{day.year}/{day.month}/{day.day}/art_{number % 1000}_{number}.html"
        if shape in {Shape.JSON, Shape.UL_BRACKETS, Shape.SHORT_GROUPED}:
            return f"{folder}content/post_{number}.html"
        return f"{folder}{day:%Y%m}/t{day:%Y%m%d}_{number}.html"


def published(document: Document) -> Row:
    """The document's row, shown from nine o'clock of its day on."""
    return Row(document=document, appears=datetime.combine(document.day, time(9), NIGHTS[0].tzinfo))


def days_back(random: Random, newest: date, number: int, *, step: int = 6) -> list[date]:
    """So many days, newest first, at most `step` apart."""
    days = [newest]
    while len(days) < number:
        days.append(days[-1] - timedelta(days=random.randint(1, step)))
    return days


def spoiled(document: Document, fault: Fault) -> Document:
    """The document with a fault planted in its label block."""
    labels = dict(document.labels)
    match fault:
        case Fault.DOCUMENT_NO_NUMBER:
            labels["文号"] = "无"
        case Fault.DOCUMENT_EMPTY_KEYWORDS | Fault.DOCUMENT_LATE | Fault.DOCUMENT_OLD:
            labels["主题词"] = ""
        case Fault.DOCUMENT_ABSENT_NUMBER:
            del labels["文号"]
        case Fault.DOCUMENT_BARE:
            del labels["分类"]
            labels["主题词"] = ""
    return replace(document, labels=tuple(labels.items()), fault=fault)
