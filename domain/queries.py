"""What is asked of the stored events by lists that are looked through page by page."""

from dataclasses import dataclass

from domain.events import EventState


@dataclass(frozen=True, slots=True, kw_only=True)
class EventQuery:
    """Every condition given must hold; None: no condition. `waits`: Event.waits.

    `words`: part of what was measured, or of the reason, or the unit or subject is one of `named_units`,
    `named_subjects` (whose names match the words).
    """

    unit_id: str | None = None
    states: frozenset[EventState] | None = None
    test_id: str | None = None
    open: bool | None = None
    waits: bool = False
    words: str = ""
    named_units: frozenset[str] = frozenset()
    named_subjects: frozenset[str] = frozenset()
