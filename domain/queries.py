"""What is asked of the stored events by lists that are looked through page by page."""

from dataclasses import dataclass

from domain.events import EventState


@dataclass(frozen=True, slots=True, kw_only=True)
class EventQuery:
    """Every condition given must hold; None: no condition. `waits`: Event.waits.

    `words`: part of what was measured, or of the reason, or the unit or subject is one of `named_units`,
    `named_subjects` (whose names match the words). `changed_after`: something was logged of it behind that
    entry of the log. `secret`: also those about 泄密, which only who reads clues may see; `hidden_clauses`:
    what that leaves out, filled in by app.event_list.
    """

    unit_id: str | None = None
    subject_id: str | None = None
    changed_after: int | None = None
    states: frozenset[EventState] | None = None
    test_id: str | None = None
    open: bool | None = None
    waits: bool = False
    words: str = ""
    named_units: frozenset[str] = frozenset()
    named_subjects: frozenset[str] = frozenset()
    secret: bool = False
    hidden_clauses: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class LogQuery:
    """Entries of the log whose subject ("event:12") and actor have these words in them; "": all."""

    subject: str = ""
    actor: str = ""
