"""What an office adds to the built-in calendar of holidays: days off and make-up working days, by date."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Holidays:
    """`days_off`, `working_days`: overrule any calendar. `complete_years`: all their holidays are entered."""

    days_off: frozenset[date] = frozenset()
    working_days: frozenset[date] = frozenset()
    complete_years: frozenset[int] = frozenset()


NO_CHANGES = Holidays()
