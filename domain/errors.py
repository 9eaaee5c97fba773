"""The one tree of errors. Each message says where, what, and the way out.

ZwgkError                 exit 3: could not run
├── InputError            exit 2: bad usage
│   ├── ConfigError       registry, rubric or settings are wrong (all problems at once)
│   ├── NotSimulationError  a simulated moment asked of an official database
│   └── RefusedError      the request is understood but the rules forbid it
├── StorageError          database or data folder cannot be used
│   ├── FenceLostError    another process took this run over: late writes are refused
│   └── OvertakenError    a person decided, or a notice named it, while it was being judged
└── CrawlError            the crawl could not start or its process died
"""

from collections.abc import Sequence
from dataclasses import dataclass


class ZwgkError(Exception):
    """Root of all errors shown to a user; `exit_code` is what the command returns."""

    exit_code = 3


class InputError(ZwgkError):
    """What the caller gave cannot be used: an unknown unit, a month in the future, a wrong option."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a configuration file: where, what, and the way out."""

    file: str
    line: int | None
    key: str
    what: str
    way_out: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.key}: {self.what}。{self.way_out}"


class ConfigError(InputError):
    """Registry, rubric or settings are wrong; carries every problem found, not only the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class NotSimulationError(InputError):
    """A simulated moment was asked of an official database (design: only `init --simulation` has one)."""


class RefusedError(InputError):
    """The request is understood, but the rules forbid it (closing a running month, deciding twice …)."""


class StorageError(ZwgkError):
    """The database or the data folder cannot be read or written."""


class FenceLostError(StorageError):
    """Another process took the run over; what this one still had in hand is refused."""


class OvertakenError(StorageError):
    """An event's decisions, appeals or notice are not those it was judged by; it has to be judged again."""


class CrawlError(ZwgkError):
    """A crawl could not start, or its process died."""
