"""Finds units named in notices of upper levels (A1-26): each such notice is for a person to confirm."""

from domain.clues import without_ids
from domain.findings import Finding, Verdict
from domain.looks import Look, SeenRow
from monitors.attribution import folded
from monitors.books import dates_of
from monitors.case import Case, History, Measured, may_accuse
from monitors.leaders import SHORTEST
from monitors.walk import READ


def names_unit(title: str, names: tuple[str, ...]) -> bool:
    """Whether a title names the unit by any spelling of at least three characters."""
    said = folded(title)
    return any(name in said for name in map(folded, names) if len(name) >= SHORTEST)


def named(case: Case, history: History) -> list[Finding]:
    """A notice: SUSPECTED at its first sight, once an accusing look saw it no more is said of it.

    The column itself (no single row in the history): OK at each look that read it, so that a unit nobody
    names counts as judged. UNKNOWN: not readable.
    """
    looks = sorted(history.looks, key=lambda one: (one.at, one.id))
    if len(history.rows) != 1:
        return [case.finding(look, _read(look), history) for look in looks]
    return _sighted(case, looks, history.rows[0], history)


def _read(look: Look) -> Measured:
    if look.state not in READ:
        return Measured(verdict=Verdict.UNKNOWN, why=look.why)
    return Measured(verdict=Verdict.OK, why="已查看上级通报栏目")


def _sighted(case: Case, looks: list[Look], row: SeenRow, history: History) -> list[Finding]:
    findings: list[Finding] = []
    day = max(dates_of(row), default=None)
    said = Measured(
        verdict=Verdict.SUSPECTED,
        why=f"上级通报《{without_ids(row.title)}》提到本单位，是否属于通报批评由人认定",
        measured="被点名1次", limit="未被上级通报批评", newest_on=day, period=day.year if day else None,
    )  # fmt: skip
    for look in looks:
        if look.at < row.first_seen_at or look.state not in READ:
            continue
        findings.append(case.finding(look, said, history))
        if may_accuse(look):
            break
    return findings
