"""A rubric's YAML as models, and their way into the domain. Points are decimal strings, never floats."""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from config.fields import Day, Strict, Text
from config.mistakes import near, refusal
from config.schema import required_kind
from domain.rubric import (
    Clause,
    CountBy,
    CountPer,
    Mode,
    OfficeDecision,
    Rubric,
    Section,
    Shape,
    Test,
)
from domain.units import UnitKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What a monitor asks of its test: one limit of `one_of`, every one of `all_of`; others it may take."""

    one_of: tuple[str, ...] = ()
    all_of: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    kinds: bool = True
    titles: bool = False  # without words to look for in titles it could find nothing

    @property
    def known(self) -> tuple[str, ...]:
        return (*self.one_of, *self.all_of, *self.may)


MONITORS: Mapping[str, Needs] = {
    "directory.open": Needs(),
    "column.listed": Needs(),
    "column.stale": Needs(one_of=("days", "months")),
    "column.count": Needs(all_of=("min",), may=("due",)),
    "column.found": Needs(all_of=("min",), may=("due",)),
    "leaders.mismatch": Needs(all_of=("days",), titles=True),
    "notice.names": Needs(),
    "items.volume": Needs(kinds=False),
    "document.labels": Needs(),
    "account.stale": Needs(one_of=("days",)),
    "app.broken": Needs(),
    "notice.rectified": Needs(kinds=False),
}
"""Names of the monitors that exist (monitors/catalog.py), and what each needs."""

UNSUPPORTED: Mapping[str, str] = {
    "shortfall": "按差额扣分",
    "period": "按时段扣分",
    "rate": "按比率扣分",
    "late": "按逾期时间分档",
    "veto_mark": "否决后定为固定分",
    "aggregate": "多个对象合并计分",
    "bonus_if": "达到门槛才加分",
    "tiers": "分档加分",
    "uncapped": "加分不封顶",
    "rescale": "不涉及时折算",
    "spread": "不涉及时分摊",
    "weight": "板块加权",
    "reminders": "多次提醒后通报",
}
"""Ways of scoring met in other rubrics that this version does not know: refused by name."""

POINTS = re.compile(r"\d{1,3}(\.\d{1,2})?")
DUE = re.compile(r"(\d{2})-(\d{2})")


def squeeze(text: str) -> str:
    """Text with every run of blanks and line ends as one space: how quotes are compared."""
    return " ".join(text.split())


def _points(value: Any) -> Any:
    if not isinstance(value, str):
        raise refusal(f"分值 {value} 没有加引号", f'请写成带引号的文字，例如 "{value}"，免得小数算不准')
    if not POINTS.fullmatch(value) or not Decimal(value):
        raise refusal(f"分值“{value}”不合要求", '请写大于零的数，最多两位小数，例如 "2" 或 "0.5"')
    return Decimal(value)


def _monitor(value: str) -> str:
    if value not in MONITORS:
        known = tuple(MONITORS)
        way_out = f"{near(value, known)}可用：{'、'.join(known)}；还不能自动监测的请写 monitor: null"
        raise refusal(f"没有“{value}”这种监测", way_out)
    return value


def _shape(value: Any) -> Any:
    known = tuple(shape.value for shape in Shape if shape is not Shape.VETO)
    if value in known:
        return value
    what = f"没有“{value}”这种计分方式"
    if value in UNSUPPORTED:
        what = f"shape: {value}（{UNSUPPORTED[value]}）本版本不支持"
    raise refusal(what, f"{near(value, known)}可用：{'、'.join(known)}")


def _limit(value: Any) -> Any:
    """A whole number, or the last day of a window as MM-DD."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise refusal(f"期限“{value}”应是整数", "请写整数，例如 14")
    if isinstance(value, int):
        if not 1 <= value <= 1000:
            raise refusal(f"期限 {value} 超出范围", "请写 1 至 1000 之间的整数")
        return value
    said = DUE.fullmatch(value)
    month, day = (int(part) for part in said.groups()) if said else (0, 0)
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(2024, month)[1]:
        raise refusal(f"期限“{value}”应是整数", '请写整数，例如 14；截止日写成带引号的“月-日”，例如 "01-31"')
    return value


Points = Annotated[Decimal, BeforeValidator(_points)]
Quote = Annotated[Text, AfterValidator(squeeze)]
KindName = Annotated[Text, AfterValidator(required_kind)]
Letter = Annotated[str, Field(pattern=r"^[a-z]$")]


class DecisionEntry(Strict):
    """The office's recorded decision that gives a test its rate."""

    on: Day
    by: Text
    text: Text


class TestEntry(Strict):
    id: Letter | None = None
    item: Text
    mode: Mode
    monitor: Annotated[Text, AfterValidator(_monitor)] | None = None
    kinds: tuple[KindName, ...] = ()
    also: tuple[KindName, ...] = ()
    titles: tuple[Text, ...] = ()
    limits: dict[str, Annotated[int | str, BeforeValidator(_limit)]] = Field(default_factory=dict)
    shape: Annotated[Shape, BeforeValidator(_shape)] = Shape.OCCURRENCE
    percent: Points | None = None
    per_item: Points | None = None
    weights: dict[KindName, Points] = Field(default_factory=dict)
    exclusive: str = ""
    per: Points | None = None
    proposed_per: Points | None = None
    rate_quote: Annotated[str, AfterValidator(squeeze)] = ""
    decision: DecisionEntry | None = None
    count_by: CountBy = CountBy.MONTH
    count_per: CountPer | None = None

    def to_domain(self, clause_id: str) -> Test:
        decided = self.decision
        return Test(
            id=f"{clause_id}{self.id or ''}",
            clause_id=clause_id,
            item=self.item,
            mode=self.mode,
            monitor=self.monitor,
            kinds=self.kinds,
            limits=dict(self.limits),
            per=self.per,
            proposed_per=self.proposed_per,
            rate_quote=self.rate_quote,
            decision=OfficeDecision(on=decided.on, by=decided.by, text=decided.text) if decided else None,
            count_by=self.count_by,
            shape=self.shape,
            titles=self.titles,
            also=self.also,
            percent=self.percent,
            per_item=self.per_item,
            weights=dict(self.weights),
            exclusive=self.exclusive,
            count_per=self.count_per or (CountPer.UNIT if self.monitor == "notice.rectified" else None),
        )


class BlockEntry(Strict):
    """A block with the total printed in the rubric, by unit kind."""

    name: Text
    section: Section = Section.BASE
    points: dict[UnitKind, Points]


class ClauseEntry(Strict):
    id: Annotated[str, Field(pattern=r"^A\d-\d\d$")]
    block: Text
    item: Text
    quote: Quote
    source: Text
    method: str = ""
    mode: Mode
    points: dict[UnitKind, Points]
    tests: tuple[TestEntry, ...] = ()
    note: str = ""
    mark_from: str = ""

    def to_domain(self, annex: int, section: Section) -> Clause:
        return Clause(
            id=self.id,
            annex=annex,
            block=self.block,
            item=self.item,
            quote=self.quote,
            source=self.source,
            method=self.method,
            mode=self.mode,
            points=dict(self.points),
            section=section,
            tests=tuple(test.to_domain(self.id) for test in self.tests),
            note=self.note,
            mark_from=self.mark_from,
        )


class RubricFile(Strict):
    """One file under rubric/: one version of one annex."""

    version: Annotated[Text, Field(pattern=r"^[A-Za-z0-9._-]+$")]
    annex: Annotated[int, Field(ge=1, le=2)]
    title: Text
    year: Annotated[int, Field(ge=2000, le=2200)]
    blocks: tuple[BlockEntry, ...]
    clauses: tuple[ClauseEntry, ...]

    def to_domain(self) -> Rubric:
        """Only for a file whose clauses name its blocks (config.rubric checks)."""
        sections = {block.name: block.section for block in self.blocks}
        clauses = tuple(entry.to_domain(self.annex, sections[entry.block]) for entry in self.clauses)
        return Rubric(
            version=self.version, annex=self.annex, title=self.title, year=self.year, clauses=clauses
        )
