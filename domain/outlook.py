"""What becomes of a subject if nothing new comes: when it lapses, and what the nights to come would find.

Pure: from the findings of one unit x subject x test. Nothing is guessed where no look has answered.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from domain.clock import day_start, local_day
from domain.findings import Finding, Verdict

DAY = timedelta(days=1)
NIGHTLY = timedelta(hours=2)
"""When a night to come looks, Beijing time: any hour inside the usual window gives the same months."""


AGAINST = frozenset({Verdict.BREACH, Verdict.SUSPECTED})


class Prospect(StrEnum):
    DUE = "due"  # in order as far as is known, or exempt, and lapses on a known day to come
    LAPSED = "lapsed"  # the last answer is against it: an event tells the rest
    UNKNOWN = "unknown"  # no answer yet, or none since the day it may have lapsed


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """`lapses_on`: the first day too late, only of DUE. `said`: the last finding that answered.

    `unanswered`: looks since then that gave no answer; `why`: what the last of them says.
    """

    prospect: Prospect
    lapses_on: date | None = None
    said: Finding | None = None
    unanswered: int = 0
    why: str = ""


def outlook(findings: Iterable[Finding], today: date, exempt_until: date | None = None) -> Outlook | None:
    """How the case stands at the end of `today`; None: nothing is running out (done for the year, no clock).

    An exemption moves the lapse to the day after its last, also where the breach is there already.
    """
    order = in_order(findings)
    said = next((finding for finding in reversed(order) if finding.answered), None)
    after = order[order.index(said) + 1 :] if said is not None else order
    why = after[-1].why if after else ""
    seen = Outlook(prospect=Prospect.UNKNOWN, said=said, unanswered=len(after), why=why)
    if said is None:
        return seen
    free = min(exempt_until, date.max - DAY) + DAY if exempt_until is not None else date.min
    if said.verdict in AGAINST:
        return _by(seen, free) if free > today else replace(seen, prospect=Prospect.LAPSED)
    if said.lapses_on is None:
        return None
    day = max(said.lapses_on, free)
    return _by(seen, day) if day > today else seen


def _by(seen: Outlook, day: date) -> Outlook:
    return replace(seen, prospect=Prospect.DUE, lapses_on=day)


def continued(
    findings: Iterable[Finding], days: Iterable[date], year: int, exempt_until: date | None = None
) -> list[Finding]:
    """What one look a night would find on these days if the subject stays as the last look saw it.

    A lapse stays one; what was in order is one from `lapses_on` on (a suspicion where a window ends);
    where the last look gave no answer, or was about another year, nothing is found. Numbered below zero.
    """
    order = in_order(findings)
    if not order or not order[-1].answered or order[-1].period not in {None, year}:
        return []
    last = order[-1]
    return [
        replace(
            last, observation_id=-number, at=day_start(day) + NIGHTLY, verdict=_then(last, day),
            accuses=exempt_until is None or day > exempt_until,
        )
        for number, day in enumerate(days, 1)
        if day > local_day(last.at)
    ]  # fmt: skip


def _then(last: Finding, day: date) -> Verdict:
    if last.lapses_on is None or day < last.lapses_on:
        return last.verdict
    return {Verdict.OK: Verdict.BREACH, Verdict.UNKNOWN: Verdict.SUSPECTED}.get(last.verdict, last.verdict)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: (finding.at, finding.observation_id))
