"""What a monitor is asked: one unit, one subject, one test, and everything seen of the subject."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from domain.clock import local_day
from domain.findings import Finding, Verdict
from domain.looks import Look, LookKind, SeenRow
from domain.readings import DateSource
from domain.rectification import ItemRecheck
from domain.rubric import Test

ANSWERED = frozenset({200})


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A subject's looks in time order and its rows with first-seen times.

    `units_of`: for a shared column, the units each row key is attributed to (empty: known to be nobody's
    of ours; key missing: not resolved). None for an own column. `holds`: run id -> why its looks at this
    subject need a person (mass change). `exempt`: looks after this moment up to this day accuse nobody.
    `rechecks`: of a notice, what became of a unit's items; it has no looks of its own.
    """

    looks: tuple[Look, ...]
    rows: tuple[SeenRow, ...] = ()
    units_of: Mapping[str, frozenset[str]] | None = None
    holds: Mapping[int, str] = field(default_factory=dict)
    exempt: tuple[datetime, date] | None = None
    rechecks: tuple[ItemRecheck, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A monitor's answer for one look."""

    verdict: Verdict
    why: str
    measured: str = ""
    limit: str = ""
    newest_on: date | None = None
    date_source: DateSource | None = None
    lapses_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One unit x subject x test."""

    unit_id: str
    subject_id: str
    test: Test

    def finding(
        self, look: Look, said: Measured, history: History, *, statuses: frozenset[int] = ANSWERED
    ) -> Finding:
        """The finding for a look. Only official, unconditional, answered, not exempt looks accuse."""
        held = history.holds.get(look.run_id, "") if look.run_id is not None else ""
        return Finding(
            unit_id=self.unit_id, subject_id=self.subject_id, clause_id=self.test.clause_id,
            test_id=self.test.id, observation_id=look.id, at=look.at, verdict=said.verdict,
            accuses=may_accuse(look, statuses) and not _exempt(look, history), measured=said.measured,
            limit=said.limit, why=said.why, newest_on=said.newest_on, date_source=said.date_source,
            lapses_on=said.lapses_on, held=held,
        )  # fmt: skip


def may_accuse(look: Look, statuses: frozenset[int] = ANSWERED) -> bool:
    """An attested look, or an official unconditional GET answered with one of `statuses` (design.md §4.2)."""
    if look.look is LookKind.ATTESTED:
        return True
    return look.official and not look.conditional and look.http_status in statuses


def _exempt(look: Look, history: History) -> bool:
    if history.exempt is None:
        return False
    since, last_day = history.exempt
    return look.at > since and local_day(look.at) <= last_day
