"""Times as Weibo writes them: in full, or relative to the moment of the answer (sources.md §4.2)."""

import re
from datetime import UTC, datetime, timedelta

from domain.clock import BEIJING

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
FULL = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) +(\d{1,2}) (\d\d):(\d\d):(\d\d) ([+-]\d\d)(\d\d) (\d{4})")
AGO = re.compile(r"(\d{1,4}) ?(秒|分钟|小时|天)前")
DAY = re.compile(r"(今天|昨天|前天) ?(\d{1,2}):(\d\d)")
DATE = re.compile(r"(?:(\d{4})-)?(\d{1,2})-(\d{1,2})(?: (\d{1,2}):(\d\d)(?::\d\d)?)?")
SECONDS = {"秒": 1, "分钟": 60, "小时": 3600, "天": 86400}
DAYS = {"今天": 0, "昨天": 1, "前天": 2}


def weibo_time(text: str, fetched_at: datetime) -> datetime | None:
    """The moment meant, aware, in UTC; None when it cannot be read. A date alone is its Beijing midnight."""
    now = fetched_at.astimezone(BEIJING)
    try:
        found = _full(text) or _relative(text, now) or _date(text, now)
    except (ValueError, OverflowError):
        return None
    return found.astimezone(UTC) if found is not None and 1990 <= found.year <= 2200 else None


def _full(text: str) -> datetime | None:
    found = FULL.fullmatch(text)
    if found is None:
        return None
    month, day, hour, minute, second, zone_h, zone_m, year = found.groups()
    said = f"{year}-{MONTHS.index(month) + 1:02}-{int(day):02}T{hour}:{minute}:{second}{zone_h}:{zone_m}"
    return datetime.fromisoformat(said)


def _relative(text: str, now: datetime) -> datetime | None:
    if text == "刚刚":
        return now
    if found := AGO.fullmatch(text):
        return now - timedelta(seconds=int(found[1]) * SECONDS[found[2]])
    if found := DAY.fullmatch(text):
        day = now - timedelta(days=DAYS[found[1]])
        return day.replace(hour=int(found[2]), minute=int(found[3]), second=0, microsecond=0)
    return None


def _date(text: str, now: datetime) -> datetime | None:
    """A date; one without a year is the latest such day that is not ahead."""
    found = DATE.fullmatch(text)
    if found is None:
        return None
    year, month, day, hour, minute = (int(part) if part else None for part in found.groups())
    years = (year,) if year else range(now.year, now.year - 9, -1)
    for one in years:
        try:
            at = datetime(one, month or 0, day or 0, hour or 0, minute or 0, tzinfo=BEIJING)
        except ValueError:
            continue  # 29 February of another year
        if year or at <= now:
            return at
    return None
