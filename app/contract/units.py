"""Units as the API gives them: the list, and one with what is watched of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from app.contract.warnings import DueItem, UnclearItem, due_json, unclear_json
from app.unit_view import SubjectRow, UnitRow, UnitView
from domain.scores import ScoreSheet
from domain.units import UnitKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreTotals:
    total: Annotated[Decimal, "已评定的分"]
    pending: Annotated[Decimal, "待定的分，不计入已评定"]
    deducted: Decimal
    bonus: Decimal
    penalty: Decimal
    final: Annotated[Decimal, "已评定＋加分－扣分项，0 至 120"]
    coverage: Annotated[Decimal | None, "有结果的监测所占的比例，0 至 1；null：没有该看的"]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitInList:
    id: str
    name: str
    kind: UnitKind
    annex: Annotated[int, "按哪个附件考核"]
    office_own: Annotated[bool, "由本办自管：有关的决定须两人"]
    open: Annotated[int, "没有整改的事件数（撤销、豁免的不计）"]
    watched: Annotated[int, "登记的监测对象数"]
    score: Annotated[ScoreTotals | None, "null：今天不考核"]
    next: Annotated[DueItem | None, "下一个期限"]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitList:
    as_of: Annotated[date, "得分截至哪天"]
    units: Sequence[UnitInList]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectState:
    subject: str
    name: str
    kind: Annotated[str, "栏目、账号或应用"]
    about: Annotated[str, "栏目类别、平台或应用商店"]
    url: str
    newest: Annotated[date | None, "最近更新的日期"]
    age: Annotated[int | None, "距今几天"]
    seen_at: Annotated[datetime | None, "最近一次监测"]
    said: Annotated[str, "监测结果"]
    why: str
    trial: Annotated[bool, "试运行：监测，暂不评判"]
    next: Annotated[DueItem | None, "下一个期限"]
    unclear: UnclearItem | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitDetail:
    id: str
    name: str
    kind: UnitKind
    annex: int
    score: ScoreTotals | None
    subjects: Sequence[SubjectState]
    due: Annotated[Sequence[DueItem], "30 天内到期的"]


def unit_row_json(row: UnitRow) -> UnitInList:
    return UnitInList(
        id=row.unit.id, name=row.unit.name, kind=row.unit.kind, annex=row.unit.annex,
        office_own=row.unit.office_own, open=row.open, watched=row.watched, score=_score(row.sheet),
        next=due_json(row.next) if row.next else None,
    )  # fmt: skip


def unit_json(view: UnitView) -> UnitDetail:
    return UnitDetail(
        id=view.unit.id, name=view.unit.name, kind=view.unit.kind, annex=view.unit.annex,
        score=_score(view.sheet), subjects=[_subject(row) for row in view.subjects],
        due=[due_json(one) for one in view.due],
    )  # fmt: skip


def _score(sheet: ScoreSheet | None) -> ScoreTotals | None:
    if sheet is None:
        return None
    return ScoreTotals(
        total=sheet.total, pending=sheet.pending, deducted=sheet.deducted, bonus=sheet.bonus,
        penalty=sheet.penalty, final=sheet.final, coverage=sheet.coverage,
    )  # fmt: skip


def _subject(row: SubjectRow) -> SubjectState:
    return SubjectState(
        subject=row.subject.subject_id, name=row.subject.name, kind=row.kind, about=row.about, url=row.url,
        newest=row.newest_on, age=row.age, seen_at=row.seen_at, said=row.said, why=row.why, trial=row.trial,
        next=due_json(row.next) if row.next else None,
        unclear=unclear_json(row.unclear) if row.unclear else None,
    )  # fmt: skip
