"""Days that addresses carry (`t20240105_1.html`, `/2024/01/05/`). Pure.

They are the day of storing; they choose a year for a day shown without one, and are kept as other candidates.
"""

import re
from datetime import date

from crawler.extract.dates import on_day

_PATH_DATE = re.compile(
    r"(?:^|[^\d])(?P<y>(?:19|20)\d\d)(?:(?P<s>[-/_.])(?P<m>0?[1-9]|1[0-2])(?:(?P=s)|[-/_.])(?P<d>0?[1-9]|[12]\d|3[01])"
    r"|(?P<m2>0[1-9]|1[0-2])(?P<d2>0[1-9]|[12]\d|3[01]))(?=\D|$)"
)
_PATH_MONTH = re.compile(r"(?:^|[^\d])(?P<y>(?:19|20)\d\d)[-/_]?(?P<m>0[1-9]|1[0-2])(?=/)")
_PATH_YEAR = re.compile(r"(?:^|[/_-])(?P<y>(?:19|20)\d\d)(?=[/_-])")


def day_in_path(url: str) -> date | None:
    """The day an address names: t20240105_1.html, /2024/01/05/, /2024-01/05/; None if it names none."""
    found = None
    for match in _PATH_DATE.finditer(url[:500]):
        day = on_day(int(match["y"]), int(match["m"] or match["m2"]), int(match["d"] or match["d2"]))
        found = day or found
    return found


def moment_in_path(url: str) -> date | None:
    """The day an address names, else the middle of its month or year: good enough to choose a year by."""
    if day := day_in_path(url):
        return day
    if found := _PATH_MONTH.search(url[:500]):
        return on_day(int(found["y"]), int(found["m"]), 15)
    if found := _PATH_YEAR.search(url[:500]):
        return on_day(int(found["y"]), 7, 1)
    return None
