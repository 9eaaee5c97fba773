"""A rubric's YAML as models, and their way into the domain. Points are decimal strings, never floats."""

import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from config.fields import Day, Strict, Text
from config.mistakes import near, refusal
from config.schema import required_kind
from domain.rubric import Clause, CountBy, CountPer, Mode, OfficeDecision, Rubric, Section, Test
from domain.units import UnitKind

MONITORS = {
    "directory.open": (),
    "column.stale": ("days", "months"),
    "document.labels": (),
    "account.stale": ("days",),
    "app.broken": (),
    "notice.rectified": (),
}
"""Names of the monitors that exist (monitors/catalog.py), and the limits of which each needs one."""

WITHOUT_KINDS = frozenset({"notice.rectified"})
"""Monitors that are not about a kind of column or account."""

POINTS = re.compile(r"\d{1,3}(\.\d{1,2})?")


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


Points = Annotated[Decimal, BeforeValidator(_points)]
Quote = Annotated[Text, AfterValidator(squeeze)]
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
    kinds: tuple[Annotated[Text, AfterValidator(required_kind)], ...] = ()
    limits: dict[str, Annotated[int, Field(ge=1, le=1000)]] = Field(default_factory=dict)
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
