"""A person's mark for a clause of a unit in a score year: entered, taken back, never edited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from app.attachments import Upload, attachments
from app.office import Office
from app.signing import people
from domain.clock import local_day
from domain.errors import InputError, RefusedError
from domain.records import Mark
from domain.rubric import Clause, Mode, Section
from domain.units import Unit

MEANS = {
    Section.BASE: "保留的分",
    Section.BONUS: "给的加分",
    Section.PENALTY: "扣的分",
}
"""What the number of a mark is, by section of the rubric."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a person enters. `points` None: the mark is taken back. `second`: who agrees, for the office's
    own units."""

    points: Decimal | None
    by: str
    reason: str
    second: str = ""
    files: Sequence[Path | Upload] = ()


def mark(
    office: Office,
    unit_id: str,
    clause_id: str,
    said: Said,
    *,
    year: int | None = None,
    at: datetime | None = None,
) -> Mark:
    """Enter or take back a mark; logged with who, when, why and what was attached.

    Raises InputError (unknown unit or clause, points out of range, missing words, a file that cannot be
    used) and RefusedError (a clause the machine judges, one pair of eyes, nothing to take back).
    """
    unit = office.unit(unit_id)
    clause = _clause(office, unit, clause_id)
    by = _signed(unit, said)
    moment = office.moment(at)
    scored = score_year(year, local_day(moment))
    refuse_mark(office, unit, clause.id, said.points, scored)
    files, contents = attachments(said.files)
    made = Mark(
        unit_id=unit.id, clause_id=clause.id, year=scored, points=said.points, by=by,
        reason=said.reason.strip(), at=moment, files=files,
    )  # fmt: skip
    return office.archive.add_mark(made, contents)


def refuse_mark(office: Office, unit: Unit, clause_id: str, points: Decimal | None, year: int) -> None:
    """Raises InputError (unknown clause, points out of range), RefusedError (judged by the machine, nothing
    to take back)."""
    clause = _clause(office, unit, clause_id)
    if points is None:
        _refuse_nothing(office, unit, clause, year)
    else:
        _refuse_range(clause, unit, points)


def _clause(office: Office, unit: Unit, clause_id: str) -> Clause:
    rubric = office.rubric_for(unit)
    known = {clause.id: clause for clause in rubric.clauses_for(unit.kind)}
    clause = known.get(clause_id)
    if clause is None:
        raise InputError(f"{unit.name}的细则里没有条款“{clause_id}”。可用：{'、'.join(known)}。")
    if clause.mode is Mode.AUTO:
        raise RefusedError(
            f"{clause.id} 由系统按原文的标准扣分，不能直接评分。对某个事件有不同意见，"
            "请认定、撤销或豁免那个事件。"
        )
    return clause


def _signed(unit: Unit, said: Said) -> str:
    by, second = said.by.strip(), said.second.strip()
    if not by or not said.reason.strip():
        raise InputError("请写明是谁（--by）和理由（--reason），将记入日志。")
    if unit.office_own and not second:
        raise RefusedError(f"{unit.name}由本办自管，评分须两人：请加上 --second 另一人姓名。")
    if people(by) & people(second):
        raise RefusedError("--second 须是另一个人。")
    return f"{by}（复核：{second}）" if second else by


def score_year(year: int | None, today: date) -> int:
    """The year a mark is for; this one where none is given. Raises InputError for one to come."""
    if year is not None and year > today.year:
        raise InputError(f"{year}年度还没有开始（今天{today}）。请改写 --year，或去掉它。")
    return today.year if year is None else year


def _refuse_range(clause: Clause, unit: Unit, points: Decimal) -> None:
    full = clause.points[unit.kind]
    if not points.is_finite() or not 0 <= points <= full:
        raise InputError(f"{clause.id} 满分{full}分，写的是{MEANS[clause.section]}：请写 0 至 {full}。")


def _refuse_nothing(office: Office, unit: Unit, clause: Clause, year: int) -> None:
    mine = [m for m in office.archive.marks(unit_id=unit.id, year=year) if m.clause_id == clause.id]
    if not mine or mine[-1].points is None:
        raise RefusedError(f"{unit.name} {year}年度 {clause.id} 没有人工评分，没有可以取消的。")
