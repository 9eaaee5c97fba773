"""The monthly report as data: what a 通报 and its four annexes say. Filled by app/, worded by notices/.

Everything printed is in here, so a closed month is reprinted without asking the archive or scoring anew.
Suspected events are only counted (`unconfirmed`); findings about 泄密/安全 are never carried.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from domain.clock import Month
from domain.units import SubjectKind


class Stage(StrEnum):
    """How far a month's notice has come: redrawn at will, frozen, sent out."""

    DRAFT = "草稿"
    CLOSED = "定稿待发"
    ISSUED = "已印发"


class Place(StrEnum):
    """类别 of the problem list."""

    PORTAL = "门户栏目"
    MEDIA = "新媒体"
    OTHER = "其他"
    """Neither: what became of a notice, and the like."""


class RecheckResult(StrEnum):
    """What became of an item of the previous notice (design.md §4.12)."""

    FIXED = "已整改"
    LATE = "逾期整改"
    PARTLY = "整改不到位"
    NOT_FIXED = "未整改"
    NOT_DUE = "未到期"
    UNKNOWN = "无法判定"
    WITHDRAWN = "已撤销"
    EXEMPT = "已豁免"


OVERDUE = frozenset({RecheckResult.LATE, RecheckResult.PARTLY, RecheckResult.NOT_FIXED})
LIFTED = frozenset({RecheckResult.WITHDRAWN, RecheckResult.EXEMPT})
"""Taken back by the office: not looked at again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeItem:
    """One problem of the month: a row of 附件1, and of the form 附件4.

    `problem`: the heading it is grouped under; `detail`: what was measured; `clause`: its short name;
    `seen_at`: the looks that prove it; `age_days`: newest date to the last of them; `points`: after the
    clause's cap; `charged`: it counts as an occurrence, even where the cap left no points; `late`: it is
    about not being updated in time; `mended_on`: the day a good look showed it in order again.
    """

    number: int
    unit_id: str
    unit: str
    annex: int
    place: Place
    subject_id: str
    subject: str
    platform: str
    address: str
    problem: str
    detail: str
    newest_on: date | None
    seen_at: tuple[datetime, ...]
    age_days: int | None
    clause_id: str
    clause: str
    test_id: str
    points: Decimal
    event_id: int
    observation_ids: tuple[int, ...]
    charged: bool = True
    late: bool = False
    mended_on: date | None = None

    @property
    def fixable(self) -> bool:
        """False for what is over: having been late with an earlier notice (A1-04)."""
        return not self.subject_id.startswith(f"{SubjectKind.NOTICE}:")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeductionLine:
    """One unit x clause charged in the month: a row of 附件2.

    `each`: the points of its occurrences, without repeats; `month_points` and `total` (the year's, with
    this month) after the cap.
    """

    unit_id: str
    unit: str
    clause_id: str
    item: str
    days: tuple[date, ...]
    count: int
    each: tuple[Decimal, ...]
    month_points: Decimal
    total: Decimal
    cap: Decimal

    @property
    def left(self) -> Decimal:
        return self.cap - self.total


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckLine:
    """One item of the previous notice, looked at again: a row of 附件3. `checked_at` None: not seen since.

    `counts`: the rubric of its unit has a clause against late rectification.
    """

    item: int
    unit_id: str
    unit: str
    problem: str
    deadline: date
    checked_at: datetime | None
    result: RecheckResult
    counts: bool


class CorrectionKind(StrEnum):
    """Why a closed month's charge is not what its notice said."""

    WITHDRAWN = "撤销"
    EXEMPT = "豁免"
    CHANGED = "改计"
    """Another number of points by a decision, or by the cap after another correction."""
    ADDED = "补记"
    """Decided only after the month was closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One event's charge for a closed month, put right in a later notice, once.

    `month`: the one it was charged to; `item`: its row in that month's 附件1, None where it stood in none;
    `told`, `now`: points after the clause's cap, as told last and as they stand.
    """

    month: Month
    item: int | None
    event_id: int
    unit_id: str
    unit: str
    problem: str
    clause_id: str
    clause: str
    kind: CorrectionKind
    told: Decimal
    now: Decimal

    @property
    def returned(self) -> Decimal:
        """Points given back to the unit; less than 0 where points were added."""
        return self.told - self.now


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviousNotice:
    """The last notice issued before this month's."""

    month: Month
    number: int
    issued_on: date
    deadline: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectCount:
    """How the columns, or the accounts of one platform, stood in the month; each is in one class only.

    `problem`: an item of this month; `carried`: in breach since an earlier month, not charged again;
    `suspected`: waits for a person; `unknown`: no good look; `exempt`: in breach, but let off by
    the office. `late`: of `problem`, those not updated.
    """

    label: str
    monitored: int = 0
    problem: int = 0
    late: int = 0
    carried: int = 0
    suspected: int = 0
    unknown: int = 0
    units: int = 0
    exempt: int = 0

    @property
    def normal(self) -> int:
        rest = self.carried + self.suspected + self.unknown + self.exempt
        return self.monitored - self.problem - rest

    @property
    def rate(self) -> Decimal | None:
        """Share in order among those that could be judged, percent with one decimal; None: none could."""
        judged = self.normal + self.problem + self.carried
        if not judged:
            return None
        return (Decimal(self.normal) * 100 / judged).quantize(Decimal("0.1"), ROUND_HALF_UP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """A rubric the report rests on, frozen with its version. `units`: kinds of unit it assesses."""

    annex: int
    title: str
    version: str
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LateRule:
    """The clause against late rectification, in its own words; only rubrics that have one."""

    annex: int
    clause_id: str
    quote: str
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who signs and where to ask.

    `prefix`: 发文机关代字 before the number; `copies`: 抄送, named as they are printed; `public`: the 附注
    on publication, without its brackets.
    """

    name: str
    phone: str = ""
    email: str = ""
    prefix: str = ""
    copies: str = ""
    public: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """What issuing adds. `*_certain` False: the day lies beyond the published holidays and is 待核."""

    number: int
    issued_on: date
    deadline: date
    deadline_certain: bool
    appeal_until: date
    appeal_certain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthReport:
    """A month's notice. `until`: the last day covered; `made_at`: when events and looks were read.

    `year_count`, `year_points`: occurrences and points of the score year up to this month, after caps.
    `fix_days`, `appeal_days`: working days from issue, before an `issue` has made them dates.
    `corrections`: of months closed before, which are never scored anew.
    """

    month: Month
    until: date
    made_at: datetime
    stage: Stage
    simulation: bool
    sender: Sender
    basis: tuple[Basis, ...]
    late_rules: tuple[LateRule, ...]
    units: int
    columns: SubjectCount
    platforms: tuple[SubjectCount, ...]
    items: tuple[NoticeItem, ...]
    deductions: tuple[DeductionLine, ...]
    rechecks: tuple[RecheckLine, ...]
    previous: PreviousNotice | None
    year_count: int
    year_points: Decimal
    unconfirmed: int
    fix_days: int
    appeal_days: int
    issue: Issue | None = None
    corrections: tuple[Correction, ...] = ()

    @property
    def points(self) -> Decimal:
        """Points charged in the month, after caps."""
        return sum((line.month_points for line in self.deductions), Decimal(0))

    @property
    def charged(self) -> int:
        """Occurrences charged in the month."""
        return sum(line.count for line in self.deductions)

    @property
    def carried(self) -> int:
        """Columns and accounts in breach since an earlier month, not charged again."""
        return sum(count.carried for count in (self.columns, *self.platforms))

    @property
    def event_ids(self) -> tuple[int, ...]:
        """The events the notice names, each once."""
        return tuple(dict.fromkeys(item.event_id for item in self.items))
