"""A rule of judgement broken on purpose, and where."""

from dataclasses import dataclass

JUDGES = ("tests/domain", "tests/monitors", "tests/scoring")
"""Fast tests of the rules; the demo is asked where they let a mutant live."""


@dataclass(frozen=True, slots=True)
class Edit:
    """In `file`, `old` must stand exactly once and becomes `new`."""

    file: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Mutation:
    """A rule broken. `tests`: asked first; without any only the demo is asked."""

    name: str
    edits: tuple[Edit, ...]
    tests: tuple[str, ...] = JUDGES
