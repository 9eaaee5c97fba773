"""What a run's spider is given, and what it asks of the process that owns the run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from crawler.plan import Clocks
from domain.clues import Word
from domain.credentials import Credential
from domain.looks import Observation, PlannedLook
from domain.units import Registry


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """An on-demand check taken from the queue."""

    id: int
    looks: tuple[PlannedLook, ...]


class Desk(Protocol):
    """The owner of a run. Every method is short: it is called between requests."""

    def documents_of(self, look: PlannedLook, seen: Observation) -> Sequence[PlannedLook]:
        """Looks at documents that a column just seen asks for; already part of the run's plan."""
        ...

    def controls_failed(self, urls: Sequence[str]) -> None:
        """None of the control addresses answered: the fault may be on our side."""
        ...

    def waiting_check(self) -> Check | None:
        """Take the next on-demand check from the queue, if one waits."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A run's plan less what it has seen, and the rules for it. `as_of`: simulated moment of its start."""

    plan: tuple[PlannedLook, ...]
    seen: frozenset[tuple[str, int | None]]
    registry: Registry
    hosts: frozenset[str]
    clocks: Clocks = field(default_factory=dict)
    as_of: datetime | None = None
    controls: tuple[str, ...] = ()
    credentials: Mapping[str, Credential] = field(default_factory=dict, repr=False)
    words: tuple[Word, ...] = ()
    check_s: float = 10.0
    """Seconds after which no further look of an on-demand check is begun."""
