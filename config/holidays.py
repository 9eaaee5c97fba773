"""DIR/holidays.yaml: days off and make-up working days beyond, or instead of, the built-in calendar."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from config.document import Document, read_document
from config.fields import Day, Strict
from config.mistakes import problems_of
from domain.errors import ConfigError, Problem
from domain.workdays import NO_CHANGES, Holidays

HOLIDAYS_FILE = "holidays.yaml"


class HolidaysFile(Strict):
    """All lists may be left out. `complete_years`: their holidays are all entered, nothing is 待核."""

    days_off: tuple[Day, ...] = ()
    working_days: tuple[Day, ...] = ()
    complete_years: tuple[Annotated[int, Field(ge=2000, le=2200)], ...] = ()


def load_holidays(folder: Path) -> Holidays:
    """The overrides, none where the file is not there. Raises ConfigError with every problem."""
    holidays, problems = read_holidays(folder)
    if problems:
        raise ConfigError(problems)
    return holidays


def read_holidays(folder: Path) -> tuple[Holidays, list[Problem]]:
    path = folder / HOLIDAYS_FILE
    if not path.is_file():
        return NO_CHANGES, []
    document, problems = read_document(path)
    if document is None or problems:
        return NO_CHANGES, problems
    try:
        read = HolidaysFile.model_validate({} if document.data is None else document.data)
    except ValidationError as error:
        return NO_CHANGES, problems_of(document, error, HolidaysFile)
    return (
        Holidays(
            days_off=frozenset(read.days_off),
            working_days=frozenset(read.working_days),
            complete_years=frozenset(read.complete_years),
        ),
        [*_twice(document, read), *_bare(document, read)],
    )


def _twice(document: Document, read: HolidaysFile) -> Iterator[Problem]:
    """A day that stands twice, in one list or in both."""
    first: dict[object, str] = {}
    for key in ("days_off", "working_days"):
        for index, day in enumerate(getattr(read, key)):
            if day in first:
                what = f"{day} 已经写在 {first[day]} 里"
                yield document.problem((key, index), what, "一天只能写一次：放假或上班，请删去一处")
            first.setdefault(day, key)


def _bare(document: Document, read: HolidaysFile) -> Iterator[Problem]:
    """A year called complete without a day off: every deadline over its holidays would be too early."""
    with_holidays = {day.year for day in read.days_off}
    for index, year in enumerate(read.complete_years):
        if year not in with_holidays:
            what = f"{year} 年写在 complete_years 里，但 days_off 中没有这一年的放假日"
            yield document.problem(
                ("complete_years", index), what, "请先登记放假日，或删去这一年（仍标待核）"
            )
