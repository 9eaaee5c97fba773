"""Whether a noticed breach was put right by the deadline: 未按时整改 needs a look that proves it."""

from datetime import date, datetime, time, timedelta

from demo.simulate.breaches import Confirmed
from demo.simulate.cases import Case
from demo.simulate.sightings import BREACH, OK, SUSPECTED, Sight, half_year_before
from demo.simulate.year import BEIJING, NoticeDates

GRACE, RETRY = timedelta(hours=6), timedelta(days=3)
FORTNIGHT = frozenset({"A1-18a", "A1-20a"})
HALF_YEAR = frozenset({"A1-11a", "A1-11b"})


def put_right(case: Case, began: datetime, dates: NoticeDates) -> bool:
    """Whether a look showed it in order by 24:00 of the deadline day, or soon after with rows dated by it."""
    end = _end(dates)
    later = [s for s in case.sights if s.at > began]
    if any(s.verdict == OK and s.at < end for s in later):
        return True
    return any(end <= s.at <= end + GRACE and _in_order(case.test, s, dates.deadline) for s in later)


def proof_of_lateness(case: Case, began: datetime, confirmed: Confirmed, dates: NoticeDates) -> Sight | None:
    """The first look within three days after the deadline that still saw what was not put right in time."""
    end = _end(dates)
    was = _last_told(confirmed, dates).verdict
    seen = [s for s in case.sights if s.at > began and end <= s.at <= end + RETRY and not s.held]
    sure = {BREACH} if was == BREACH else {BREACH, SUSPECTED}
    return next((s for s in seen if s.verdict in sure and not _in_order(case.test, s, dates.deadline)), None)


def _end(dates: NoticeDates) -> datetime:
    return datetime.combine(dates.deadline + timedelta(days=1), time(0), BEIJING)


def _last_told(confirmed: Confirmed, dates: NoticeDates) -> Sight:
    """The look the notice rests on: the confirming one, or the month's last that counts."""
    if f"{confirmed.look.day:%Y-%m}" == dates.name:
        return confirmed.look
    inside = [s for s in confirmed.counting if f"{s.day:%Y-%m}" == dates.name]
    return inside[-1] if inside else confirmed.look


def _in_order(test: str, sight: Sight, deadline: date) -> bool:
    """What a look in the small hours after the deadline says of the deadline day itself."""
    if sight.verdict == OK:
        return True
    if sight.verdict != BREACH or sight.newest is None:
        return False
    if test in FORTNIGHT:
        return (deadline - sight.newest).days <= 14
    return test in HALF_YEAR and sight.newest >= half_year_before(deadline)
