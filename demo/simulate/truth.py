"""What every unit must have lost by the year's end, and for which breaches: from the planted year alone.

The office's year is gone through month by month: what is confirmed, noticed, objected to, put right or not.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TypeAlias

from demo.simulate.breaches import Breach, Confirmed, breaches, confirmed_by, months_of
from demo.simulate.cases import Case, cases_of, documents_again
from demo.simulate.coverage import Waited
from demo.simulate.rectify import proof_of_lateness, put_right
from demo.simulate.sightings import SUSPECTED, Sight
from demo.simulate.year import BEIJING, Fate, NoticeDates, Year, fate

RATES = {
    "A1-04": Decimal(2), "A1-10": Decimal(2), "A1-11a": Decimal(2), "A1-11b": Decimal(2),
    "A1-12": Decimal("0.5"), "A1-18a": Decimal(2), "A1-20a": Decimal(2), "A1-20b": Decimal(2),
    "A2-10a": Decimal(1), "A2-10b": Decimal(1),
}  # fmt: skip
"""每监控到1次扣几分; A1-10 and A1-12 state no rate: what the rubric file proposes, the person follows."""
FULL = {
    "A1-04": Decimal(10), "A1-10": Decimal(2), "A1-11": Decimal(6), "A1-12": Decimal(4), "A1-18": Decimal(8),
    "A1-20": Decimal(6), "A2-10": Decimal(6),
}  # fmt: skip
ONCE = frozenset({"A1-10", "A1-12"})
"""A directory is open or not, a document was complete or not: once a year."""
RETRY = timedelta(days=3)
Told: TypeAlias = tuple[Case, Breach, Confirmed]


@dataclass(frozen=True, slots=True, order=True)
class Charge:
    """“1次”."""

    unit: str
    clause: str
    test: str
    subject: str
    month: str
    points: Decimal


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a year comes to. `waiting`: unit, test, subject still 疑似 at its end; `undecided`: units with a
    noticed item of which nobody can say whether it was put right in time; `waited`: the documents that
    notices waited for."""

    charges: tuple[Charge, ...]
    cases: list[Case]
    waiting: frozenset[tuple[str, str, str]]
    undecided: frozenset[str]
    waited: Waited


def outcome_of(year: Year) -> Outcome:
    """Everything that must cost points by the last day, and nothing else may."""
    ledger = Ledger(year, cases_of(year))
    late = [one for dates in year.notices() for one in ledger.notice(dates)]
    end = datetime.combine(year.last_day + timedelta(days=1), time(0), BEIJING)
    found = [charge for case in ledger.cases for charge in ledger.charged(case, end)]
    found += _once_a_month(charge for case in late for charge in ledger.charged(case, end))
    waiting = frozenset(
        (case.unit, case.test, case.subject) for case in ledger.cases if ledger.waits(case, end)
    )
    undecided = frozenset(ledger.undecided)
    return Outcome(tuple(sorted(found)), ledger.cases, waiting, undecided, ledger.waited())


def charges(year: Year) -> tuple[Charge, ...]:
    return outcome_of(year).charges


def deducted(found: Iterable[Charge]) -> dict[tuple[str, str], Decimal]:
    """(unit, clause) -> points lost: 扣完为止."""
    sums: dict[tuple[str, str], Decimal] = {}
    for one in found:
        key = (one.unit, one.clause)
        sums[key] = min(sums.get(key, Decimal(0)) + one.points, FULL[one.clause])
    return sums


@dataclass(slots=True)
class Ledger:
    """The cases, and what notices did to them. `lifted`: breaches withdrawn on appeal, and when."""

    year: Year
    cases: list[Case]
    lifted: dict[tuple[str, str, str, datetime], datetime] = field(default_factory=dict)
    awaited: dict[int, set[date]] = field(default_factory=dict)
    undecided: set[str] = field(default_factory=set)

    def notice(self, dates: NoticeDates) -> list[Case]:
        """One month: its items, the appeals against them, the documents waited for; the A1-04 cases."""
        items = [told for case in self.cases for told in self._items(case, dates)]
        for case, breach, _ in items:
            if fate(self.year.seed, case.unit, case.test, case.subject) is Fate.WITHDRAWN:
                self.lifted.setdefault((case.unit, case.test, case.subject, breach.began), dates.decided)
        self._wait_for_documents([case for case, _, _ in items], dates)
        return list(self._lateness(items, dates))

    def waited(self) -> Waited:
        lifted = {
            case.number: at
            for case in self.cases
            if case.page is not None
            for (unit, test, subject, _), at in self.lifted.items()
            if (unit, test, subject) == (case.unit, case.test, case.subject)
        }
        return Waited(self.awaited, lifted)

    def charged(self, case: Case, until: datetime) -> Iterator[Charge]:
        for month, _ in self._months(case, until):
            yield Charge(case.unit, case.test.rstrip("abc"), case.test, case.subject, month, RATES[case.test])

    def waits(self, case: Case, until: datetime) -> bool:
        """Whether a breach that is still open has been confirmed by nobody and nothing."""
        last = [b for b in breaches(s for s in case.sights if s.at < until) if b.closed is None]
        return any(
            confirmed_by(breach, case.test, self.year, until) is None and self._stands(case, breach)
            for breach in last
        )

    def _months(self, case: Case, until: datetime) -> Iterator[tuple[str, Told]]:
        """The months that cost, each with the breach that cost it, as known at a moment."""
        months: set[str] = set()
        for told in self._confirmed(case, until):
            for month in months_of(told[2]):
                if month not in months and not (case.test in ONCE and months):
                    months.add(month)
                    yield month, told

    def _confirmed(self, case: Case, until: datetime) -> Iterator[Told]:
        for breach in breaches(s for s in case.sights if s.at < until):
            lifted = self.lifted.get((case.unit, case.test, case.subject, breach.began))
            if lifted is not None and lifted < until:
                continue
            confirmed = confirmed_by(breach, case.test, self.year, until)
            if confirmed is not None:
                yield case, breach, confirmed

    def _items(self, case: Case, dates: NoticeDates) -> list[Told]:
        """The case's breaches that the month's notice tells: confirmed in it, or charged for it."""
        charged = [told for month, told in self._months(case, dates.closed) if month == dates.name]
        fresh = [t for t in self._confirmed(case, dates.closed) if f"{t[2].look.day:%Y-%m}" == dates.name]
        told = {breach.began: (case, breach, confirmed) for case, breach, confirmed in (*charged, *fresh)}
        return list(told.values())

    def _wait_for_documents(self, cases: Iterable[Case], dates: NoticeDates) -> None:
        """A noticed document is looked at every night until three days after the deadline."""
        first = dates.issued.date() + timedelta(days=1)
        nights = {first + timedelta(days=n) for n in range((dates.deadline + RETRY - first).days + 1)}
        for case in cases:
            if case.page is not None:
                self.awaited.setdefault(case.number, set()).update(nights)
                case.sights = documents_again(self.year, case, self.awaited)

    def _lateness(self, items: Iterable[Told], dates: NoticeDates) -> Iterator[Case]:
        """A1-04 of annex 1: a unit's items that a look after the deadline still saw."""
        proofs: dict[str, dict[datetime, Sight]] = {}
        unproven = set()
        for case, breach, confirmed in items:
            if not case.test.startswith("A1") or not self._stands(case, breach):
                continue
            if put_right(case, breach.began, dates):
                continue
            proof = proof_of_lateness(case, breach.began, confirmed, dates)
            if proof is not None:
                proofs.setdefault(case.unit, {})[proof.at] = Sight(proof.at, proof.day, SUSPECTED)
            elif dates.deadline < self.year.last_day:
                unproven.add(case.unit)
        self.undecided |= unproven - proofs.keys()
        for unit, seen in proofs.items():
            yield Case(unit, "A1-04", f"notice:{dates.name}", [seen[at] for at in sorted(seen)])

    def _stands(self, case: Case, breach: Breach) -> bool:
        return (case.unit, case.test, case.subject, breach.began) not in self.lifted


def _once_a_month(found: Iterable[Charge]) -> Iterator[Charge]:
    """一个单位一个月算1次, however many notices; the earlier notice first."""
    taken: set[tuple[str, str]] = set()
    for one in sorted(found, key=lambda charge: (charge.month, charge.subject)):
        if (one.unit, one.month) not in taken:
            taken.add((one.unit, one.month))
            yield one
