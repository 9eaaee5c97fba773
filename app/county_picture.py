"""The county's picture for the quarterly document: problems told of, by month of the year."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from app.painting import Painter
from domain.errors import ZwgkError
from domain.notices import MonthReport, Place
from domain.quarters import Quarter
from notices.letter import Picture
from pictures.figures import Months, Part
from pictures.months import PAPER, months


def county_picture(asked: Quarter, reports: Sequence[MonthReport]) -> Picture:
    """From the closed months of the year up to the quarter's end. Raises ZwgkError (not drawn)."""
    figure = problems_by_month(asked, reports)
    drawing = months(figure, PAPER)
    with Painter() as painter:
        return Picture(png=painter.png(drawing), title=figure.title, text=drawing.text)


def picture_if_any(asked: Quarter, reports: Sequence[MonthReport]) -> tuple[Picture | None, str]:
    """The picture, or why there is none: no document fails for want of it."""
    try:
        return county_picture(asked, reports), ""
    except ZwgkError as error:
        return None, f"通报里没有统计图：{error}"


def problems_by_month(asked: Quarter, reports: Sequence[MonthReport]) -> Months:
    """Told problems by where they stood; months that are not closed have none, and the title names them."""
    counts = Counter((one.month.number, item.place) for one in reports for item in one.items)
    known = [one.month.number for one in reports]
    open_ = [str(number) for number in range(1, asked.months[-1].number + 1) if number not in known]
    left_out = f"，{'、'.join(open_)}月未结账" if open_ and known and int(open_[-1]) > min(known) else ""
    return Months(
        title=f"{asked.year}年各月通报的问题（单位：项{left_out}）", measure="项", year=asked.year,
        until=max(known, default=0), causes=tuple(p.value for p in Place if any(q is p for _, q in counts)),
        parts=tuple(
            Part(month=month, cause=place.value, amount=Decimal(number))
            for (month, place), number in sorted(counts.items())
        ),
    )  # fmt: skip
