"""What the planted faults must lead to. Written down by hand from the rubric's text; judges nothing.

Neither monitors nor scoring is imported here: the demo compares their work with this.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha1

from demo.world import Fault, PlantedUnit, World

SEPTEMBER, OCTOBER = "2026-09", "2026-10"


@dataclass(frozen=True, slots=True)
class Outcome:
    """`test` by annex; a test not named there does not exist. `month` "": only suspected, costs nothing.

    `person`: the office has to confirm it first.
    """

    test: Mapping[int, str]
    month: str
    person: bool = False


NEWS = {1: "A1-18a"}
NOTICES = {1: "A1-11a"}
POLICY = {1: "A1-11b"}
DIRECTORY = {1: "A1-10"}
LABELS = {1: "A1-12"}
AREAS = {1: "A1-13"}
SERVICES = {1: "A1-19"}
REPORT = {1: "A1-06"}
ACCOUNT = {1: "A1-20a", 2: "A2-10a"}
APP = {1: "A1-20b", 2: "A2-10b"}

OUTCOMES: Mapping[Fault, Outcome] = {
    Fault.NEWS_DAY_15: Outcome(NEWS, SEPTEMBER),
    Fault.NEWS_MONTHS: Outcome(NEWS, SEPTEMBER),
    Fault.NEWS_FUTURE: Outcome(NEWS, SEPTEMBER),
    Fault.NEWS_DAY_15_SECOND: Outcome(NEWS, OCTOBER),
    Fault.NEWS_DAY_15_LAST: Outcome(NEWS, ""),
    Fault.NEWS_UNDATED: Outcome(NEWS, SEPTEMBER, person=True),
    Fault.NEWS_BLANK: Outcome(NEWS, SEPTEMBER, person=True),
    Fault.NEWS_BACK_DATED: Outcome(NEWS, SEPTEMBER, person=True),
    Fault.NEWS_TWO_DATES: Outcome(NEWS, ""),
    Fault.NOTICES_STALE: Outcome(NOTICES, SEPTEMBER),
    Fault.POLICY_STALE: Outcome(POLICY, SEPTEMBER),
    Fault.SHARED_SILENT: Outcome(NOTICES, SEPTEMBER),
    Fault.DOCUMENT_EMPTY_KEYWORDS: Outcome(LABELS, SEPTEMBER, person=True),
    Fault.DOCUMENT_ABSENT_NUMBER: Outcome(LABELS, SEPTEMBER, person=True),
    Fault.DOCUMENT_BARE: Outcome(LABELS, SEPTEMBER, person=True),
    Fault.DOCUMENT_LATE: Outcome(LABELS, OCTOBER, person=True),
    Fault.DIRECTORY_MISSING: Outcome(DIRECTORY, SEPTEMBER, person=True),
    Fault.DIRECTORY_BLANK: Outcome(DIRECTORY, SEPTEMBER, person=True),
    Fault.AREAS_STALE: Outcome(AREAS, SEPTEMBER, person=True),
    Fault.SERVICES_BLANK: Outcome(SERVICES, SEPTEMBER, person=True),
    Fault.REPORT_MISSING: Outcome(REPORT, SEPTEMBER, person=True),
    Fault.FEED_SILENT: Outcome(ACCOUNT, SEPTEMBER),
    Fault.APP_HTML: Outcome(APP, SEPTEMBER),
    Fault.APP_MISSING: Outcome(APP, SEPTEMBER),
    Fault.APP_FLAPPING: Outcome(APP, ""),
    Fault.JSON_SILENT: Outcome(ACCOUNT, SEPTEMBER),
    Fault.WEWE_SILENT: Outcome(ACCOUNT, SEPTEMBER),
    Fault.WEIBO_SILENT: Outcome(ACCOUNT, SEPTEMBER),
    Fault.RSSHUB_SILENT: Outcome(ACCOUNT, SEPTEMBER),
    Fault.API_SILENT: Outcome(ACCOUNT, SEPTEMBER),
    Fault.MANUAL_SILENT: Outcome(ACCOUNT, SEPTEMBER),
    Fault.APP_CUT_OFF: Outcome(APP, SEPTEMBER),
    Fault.APP_DELISTED: Outcome(APP, OCTOBER),
}
"""Faults not named here are innocent: nothing may be held against the unit."""

POINTS: Mapping[str, Decimal] = {
    "A1-06": Decimal(3),  # all the item has
    "A1-10": Decimal(2),  # all the item has: 是否开通信息公开目录, 2分
    "A1-11a": Decimal(2), "A1-11b": Decimal(2),  # 每监控到1次未更新扣2分
    "A1-12": Decimal("0.5"),  # the rubric states no rate; what the office's person decides here
    "A1-13": Decimal(1),  # 每监控到1次未更新扣1分
    "A1-18a": Decimal(2),  # 每监控到1次未更新扣2分
    "A1-19": Decimal(2),  # all the item has
    "A1-20a": Decimal(2), "A1-20b": Decimal(2),  # 每监控到1次未更新扣2分
    "A2-10a": Decimal(1), "A2-10b": Decimal(1),  # 每监控到1次未更新扣1分
}  # fmt: skip

FULL_MARKS: Mapping[str, Decimal] = {
    "A1-06": Decimal(3), "A1-10": Decimal(2), "A1-11": Decimal(6), "A1-12": Decimal(4), "A1-13": Decimal(3),
    "A1-18": Decimal(8), "A1-19": Decimal(2), "A1-20": Decimal(6), "A2-10": Decimal(6),
}  # fmt: skip
"""扣完为止: a clause never costs more than it has."""


@dataclass(frozen=True, slots=True, order=True, kw_only=True)
class Planted:
    """One thing that must be found. `month` "" and no points: suspected, and left at that."""

    unit: str
    clause: str
    test: str
    subject: str
    month: str
    points: Decimal
    person: bool
    fault: str


def planted(world: World) -> tuple[Planted, ...]:
    """Everything that must be found, and nothing else may be."""
    return tuple(sorted(one for unit in world.units for one in _of_unit(world, unit)))


def deducted(found: tuple[Planted, ...]) -> Mapping[tuple[str, str], Decimal]:
    """(unit, clause) -> points lost over the year so far, the clause's full marks at most."""
    sums: dict[tuple[str, str], Decimal] = {}
    for one in found:
        if one.points:
            key = (one.unit, one.clause)
            sums[key] = min(sums.get(key, Decimal(0)) + one.points, FULL_MARKS[one.clause])
    return sums


def told(found: tuple[Planted, ...], month: str) -> tuple[int, Decimal]:
    """What the month's notice must tell: how many problems, and the points they took after the caps."""
    mine = tuple(one for one in found if one.month == month)
    return len(mine), sum(deducted(mine).values(), Decimal(0))


def document_subject(url: str) -> str:
    """The id under which a document is known: by its address."""
    return f"document:{sha1(url.encode(), usedforsecurity=False).hexdigest()[:16]}"


def _of_unit(world: World, unit: PlantedUnit) -> Iterator[Planted]:
    for subject_id, fault in _faults(world, unit):
        outcome = OUTCOMES.get(fault)
        test = outcome.test.get(unit.annex) if outcome else None
        if outcome is None or test is None:
            continue
        points = POINTS[test] if outcome.month else Decimal(0)
        yield Planted(
            unit=unit.id, clause=test.rstrip("ab"), test=test, subject=subject_id, month=outcome.month,
            points=points, person=outcome.person, fault=fault.value,
        )  # fmt: skip


def _faults(world: World, unit: PlantedUnit) -> Iterator[tuple[str, Fault]]:
    """Every subject of the unit with its fault: columns, documents, accounts, apps, share of the shared."""
    for column in unit.columns:
        yield column.subject_id, column.fault
        for row in column.rows:
            yield document_subject(world.url(column.host, row.document.path)), row.document.fault
    for feed in unit.feeds:
        yield feed.subject_id, feed.fault
    for package in unit.packages:
        yield package.subject_id, package.fault
    yield world.shared.subject_id, unit.shared_fault
    for row in world.shared.rows:
        if row.document.publisher in {unit.name, *unit.aliases}:
            yield document_subject(world.url(world.shared.host, row.document.path)), row.document.fault
