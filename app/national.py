"""What the veto indicators of the national rubric say of the watched sites and accounts: information only."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from urllib.parse import urlsplit

from app.assess import assess
from app.gather import Sheaves
from app.office import Office
from config.load import load_vetoes
from crawler.plan import lapsed
from domain.clock import day_end, day_start, local_day
from domain.errors import InputError
from domain.looks import Visit
from domain.readings import PageState
from domain.units import Account, App, Column
from domain.vetoes import ColumnFact, Looker, MediaFact, SiteFacts, Vetoes, VetoResult, Visits
from monitors.case import Sheaf
from monitors.walk import READ
from scoring.vetoes import veto_results

RECENT = timedelta(days=2)
"""A column's last good look must not be older on the day it is told about."""


def national(office: Office, as_of: date | None = None) -> tuple[Vetoes, list[VetoResult]]:
    """The indicators and their results as of a day's end. Raises InputError when no such file is there."""
    found = load_vetoes(office.settings.dir)
    if not found:
        raise InputError(
            "rubric/ 里没有国家指标（scope: information）的文件。zwgk init 会在新文件夹生成，可拷贝过来。"
        )
    day = as_of or local_day(office.now())
    sites, media = _sites(office, found[0], day), _media(office, day)
    return found[0], list(veto_results(found[0].indicators, sites, media))


def _sites(office: Office, vetoes: Vetoes, day: date) -> Iterator[SiteFacts]:
    """One site a host of registered columns."""
    sheaves = Sheaves(office, day_end(day))
    by_host: dict[str, list[ColumnFact]] = defaultdict(list)
    for column in office.registry.columns:
        if column.monitored_from is not None and column.valid_on(day):
            by_host[urlsplit(column.url).netloc].append(_column(column, sheaves.of(column), day))
    visits = _visits(office, vetoes, day)
    for host, columns in sorted(by_host.items()):
        yield SiteFacts(name=host, day=day, columns=tuple(columns), visits=visits.get(host, {}))


def _column(column: Column, sheaf: Sheaf, day: date) -> ColumnFact:
    good = [look for look in sheaf.looks if look.state in READ]
    last = good[-1] if good else None
    dates = (row.published_on for row in sheaf.rows)
    newest = max((on for on in dates if on is not None and on <= day), default=None)
    return ColumnFact(
        name=column.name, kind=column.kind.value, newest_on=newest,
        read=last is not None and day - local_day(last.at) <= RECENT,
        blank=last is not None and last.state is PageState.EMPTY, has_clock=column.clock != "none",
        late=newest is None or lapsed(column.clock, newest, day),
    )  # fmt: skip


def _visits(office: Office, vetoes: Vetoes, day: date) -> Mapping[str, Mapping[date, Visits]]:
    """Host -> day -> visits, over the days and with the patience of the indicator."""
    checks = [c for i in vetoes.indicators for c in i.checks if c.look is Looker.SITE_UNREACHABLE]
    if not checks:
        return {}
    limits = checks[0].limits
    first = day - timedelta(days=limits["days"] - 1)
    made: dict[str, dict[date, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for visit in office.archive.visits(day_start(first), day_end(day)):
        made[urlsplit(visit.url).netloc][local_day(visit.at)].append(_failed(visit, limits["seconds"]))
    return {
        host: {on: Visits(made=len(looks), failed=sum(looks)) for on, looks in by_day.items()}
        for host, by_day in made.items()
    }


def _failed(visit: Visit, seconds: int) -> bool:
    """No answer, an answer that the server failed, or one that took too long."""
    return visit.status is None or visit.status >= 500 or visit.seconds >= seconds


def _media(office: Office, day: date) -> Iterable[MediaFact]:
    """Accounts and apps by their newest finding up to the day's end."""
    until = day_end(day)
    subjects: tuple[Account | App, ...] = (*office.registry.accounts, *office.registry.apps)
    for subject in subjects:
        if not subject.valid_on(day):
            continue
        latest = [one.latest for one in assess(office, subject, until) if one.latest is not None]
        found = latest[0] if latest else None
        yield MediaFact(
            name=_named(subject), day=day, app=isinstance(subject, App),
            verdict=found.verdict if found else None, newest_on=found.newest_on if found else None,
            recent=found is not None and day - local_day(found.at) <= RECENT,
        )  # fmt: skip


def _named(subject: Account | App) -> str:
    return f"“{subject.name}”（{subject.platform if isinstance(subject, Account) else '移动客户端'}）"
