"""Is a newest date in time on a day? Limits of the rubric: `days` or calendar `months`."""

from dataclasses import replace
from datetime import date, timedelta

from domain.clock import months_before
from domain.findings import Verdict
from domain.rubric import RubricError, Test
from monitors.case import Case, Measured


def in_time(newest_on: date, day: date, test: Test) -> bool:
    """Whether something dated `newest_on` is still in time on `day`.

    `days`: the limit itself is in time (day 14 of 14). `months`: in time iff newest_on is not before
    day - n calendar months, clamped at the month's end (design.md §4.1).
    Raises RubricError if the test carries neither limit.
    """
    if "days" in test.limits:
        return (day - newest_on).days <= test.limit("days")
    if "months" in test.limits:
        return newest_on >= months_before(day, test.limit("months"))
    raise RubricError(f"test {test.id}: no limit `days` or `months`; add one in the rubric file")


def lapses_on(newest_on: date, test: Test) -> date:
    """The first day on which something dated `newest_on` is a breach if nothing newer comes."""
    if "days" in test.limits:
        return newest_on + timedelta(days=test.limit("days") + 1)
    day = newest_on + timedelta(days=28 * test.limit("months"))
    while in_time(newest_on, day, test):
        day += timedelta(days=1)
    return day


def limit_text(test: Test) -> str:
    """The limit as the office reads it."""
    if "days" in test.limits:
        return f"{test.limit('days')}天内至少更新1次"
    return f"{test.limit('months')}个月内至少更新1次"


def for_the_young(case: Case, said: Measured, day: date) -> Measured:
    """A breach found before a unit has been assessed for the whole limit is SUSPECTED: what is missing may
    have been its predecessor's to publish, and a person decides."""
    founded = case.founded
    if said.verdict is not Verdict.BREACH or founded is None or not in_time(founded, day, case.test):
        return said
    why = f"{said.why}；本单位自{founded}起考核，至今未满期限，须人工判断"
    return replace(said, verdict=Verdict.SUSPECTED, why=why)
