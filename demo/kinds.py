"""Further columns of departments, one each: 重点领域, 办事服务, 年报, 在线访谈, with their faults."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from demo.columns import ANSWERS
from demo.documents import Writer, days_back, published
from demo.world import EVERY_NIGHT_OK, Answer, Fault, ListPage, PlantedUnit, Shape
from domain.units import ColumnKind

KIND_FAULTS = (
    Fault.AREAS_STALE,
    Fault.SERVICES_BLANK,
    Fault.REPORT_MISSING,
    Fault.REPORT_IN_TIME,
    Fault.INTERVIEWS_NONE_YET,
)
NAMES: Mapping[Fault, tuple[str, str, ColumnKind]] = {
    Fault.AREAS_STALE: ("zdly", "重点领域信息公开", ColumnKind.KEY_AREAS),
    Fault.SERVICES_BLANK: ("bsfw", "办事服务", ColumnKind.SERVICES),
    Fault.REPORT_MISSING: ("nb", "政府信息公开年报", ColumnKind.ANNUAL_REPORT),
    Fault.REPORT_IN_TIME: ("nb", "政府信息公开年报", ColumnKind.ANNUAL_REPORT),
    Fault.INTERVIEWS_NONE_YET: ("zxft", "在线访谈", ColumnKind.INTERVIEWS),
    Fault.NONE: ("zdly", "重点领域信息公开", ColumnKind.KEY_AREAS),
}


def column(writer: Writer, unit: PlantedUnit, host: str, fault: Fault) -> ListPage:
    """The unit's further column with its fault."""
    folder, name, kind = NAMES[fault]
    path = f"/{unit.id}/{folder}/"
    texts = [writer.news(path, unit.name, day, Shape.UL_BRACKETS) for day in _days(writer, fault)]
    blank = ListPage(
        id=f"{unit.id}-{folder}", name=name, kind=kind, host=host, path=path, shape=Shape.UL_BRACKETS,
        rows=tuple(published(text) for text in texts), fault=fault,
    )  # fmt: skip
    answers = (Answer.BLANK,) * 3 if fault is Fault.SERVICES_BLANK else ANSWERS.get(fault, EVERY_NIGHT_OK)
    return replace(blank, answers=answers)


def _days(writer: Writer, fault: Fault) -> list[date]:
    """Newest first. Reports and interviews: once a year in January, this year's only where it is there."""
    if fault is Fault.REPORT_IN_TIME:
        return [date(year, 1, 31) for year in range(2026, 2019, -1)]
    if fault in {Fault.REPORT_MISSING, Fault.INTERVIEWS_NONE_YET}:
        return [date(year, 1, 20) for year in range(2025, 2018, -1)]
    newest = date(2026, 3, 28) if fault is Fault.AREAS_STALE else date(2026, 9, 25)
    return days_back(writer.random, newest, 9, step=20)
