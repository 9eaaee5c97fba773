"""What a monitor is asked: one unit, one subject, one test, and everything seen of the subject."""

from collections.abc import Iterable, Mapping, Sequence
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
class Sheaf:
    """A column read for a test that looks at several: its looks, rows, and whose the rows are.

    `units_of` as in History: None for a column of the unit's own. `until`: the column's last valid day.
    """

    column_id: str
    kind: str
    name: str
    looks: tuple[Look, ...]
    rows: tuple[SeenRow, ...] = ()
    units_of: Mapping[str, frozenset[str]] | None = None
    until: date | None = None
    _by_unit: dict[str | None, list[SeenRow]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        """Rows by unit, once for all the units that ask; under None those nobody could attribute."""
        if self.units_of is None:
            return
        for row in self.rows:
            named: Iterable[str | None] = self.units_of.get(row.key, (None,))
            for unit_id in named:
                self._by_unit.setdefault(unit_id, []).append(row)

    def rows_of(self, unit_id: str) -> Sequence[SeenRow]:
        """The unit's rows: all of an own column, those attributed to it on a shared one."""
        own = self.units_of is None
        return self.rows if own else self._by_unit.get(unit_id, ())

    @property
    def unresolved(self) -> Sequence[SeenRow]:
        """Rows of a shared column whose unit is not known."""
        return () if self.units_of is None else self._by_unit.get(None, ())


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A subject's looks in time order and its rows with first-seen times.

    `units_of`: for a shared column, the units each row key is attributed to (empty: known to be nobody's
    of ours; key missing: not resolved). None for an own column. `holds`: run id -> why its looks at this
    subject need a person (mass change). `exempt`: spans; looks after the moment up to the day accuse nobody.
    `columns`: for a test over several columns, all of them, the subject's own among them.
    `rechecks`: of a notice, what became of a unit's items; it has no looks of its own.
    """

    looks: tuple[Look, ...]
    rows: tuple[SeenRow, ...] = ()
    units_of: Mapping[str, frozenset[str]] | None = None
    holds: Mapping[int, str] = field(default_factory=dict)
    exempt: tuple[tuple[datetime, date], ...] = ()
    columns: tuple[Sheaf, ...] = ()
    rechecks: tuple[ItemRecheck, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A monitor's answer for one look. `held`: why only a person may go on; `period`: the year judged;
    `running`: nothing is due yet."""

    verdict: Verdict
    why: str
    measured: str = ""
    limit: str = ""
    newest_on: date | None = None
    date_source: DateSource | None = None
    lapses_on: date | None = None
    held: str = ""
    period: int | None = None
    running: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One unit x subject x test. `names`: the unit's name and other spellings.

    `since`: the day from which a unit answers for the subject, None: from the subject's own. `founded`: the
    first day on which the unit is assessed, None: always.
    """

    unit_id: str
    subject_id: str
    test: Test
    names: tuple[str, ...] = ()
    since: date | None = None
    founded: date | None = None

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
            lapses_on=said.lapses_on, held=said.held or held, period=said.period,
            running=said.running,
        )  # fmt: skip


def may_accuse(look: Look, statuses: frozenset[int] = ANSWERED) -> bool:
    """An attested look, or an official unconditional GET answered with one of `statuses` (design.md §4.2)."""
    if look.look is LookKind.ATTESTED:
        return True
    return look.official and not look.conditional and look.http_status in statuses


def _exempt(look: Look, history: History) -> bool:
    day = local_day(look.at)
    return any(look.at > since and day <= last_day for since, last_day in history.exempt)
