"""Facts in, hit or not hit or unknown out: the S11 shape, for information only."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import TypeAlias

from domain.clock import months_before
from domain.findings import Verdict
from domain.vetoes import (
    Check,
    ColumnFact,
    Group,
    Hit,
    Indicator,
    Looker,
    MediaFact,
    SiteFacts,
    VetoResult,
)

Answer: TypeAlias = tuple[Hit, str]
ORDER = (Hit.HIT, Hit.UNKNOWN, Hit.NOT_HIT)


def of_site(indicator: Indicator, site: SiteFacts) -> VetoResult:
    """One website indicator for one site."""
    answers = [SITE[check.look](check, site) for check in indicator.checks]
    return _result(indicator, site.name, answers)


def of_media(indicator: Indicator, media: MediaFact) -> VetoResult:
    """One new-media indicator for one account or app; a check that is about the other kind is left out."""
    checks = [c for c in indicator.checks if (c.look is Looker.MEDIA_BROKEN) == media.app]
    return _result(indicator, media.name, [_media(check, media) for check in checks])


def _result(indicator: Indicator, name: str, answers: list[Answer]) -> VetoResult:
    """Any hit is a hit; else anything unknown is unknown."""
    if not answers:
        return VetoResult(indicator=indicator, object=name, hit=Hit.UNKNOWN, why=indicator.note or "由人判断")
    hit = min((answer for answer, _ in answers), key=ORDER.index)
    return VetoResult(indicator=indicator, object=name, hit=hit, why="；".join(why for _, why in answers))


def _unreachable(check: Check, site: SiteFacts) -> Answer:
    """Share of visits that failed over the last full days, each with enough visits."""
    days = [site.day - timedelta(days=n) for n in range(check.limits["days"])]
    least = check.limits["visits"]
    few = [day for day in days if day not in site.visits or site.visits[day].made < least]
    if few:
        return Hit.UNKNOWN, f"最近{len(days)}天中有{len(few)}天访问不足{least}次，无法判定"
    made = sum(site.visits[day].made for day in days)
    failed = sum(site.visits[day].failed for day in days)
    why = f"最近{len(days)}天访问{made}次，{failed}次打不开"
    return (Hit.HIT if failed * 100 >= check.limits["percent"] * made else Hit.NOT_HIT), why


def _still(check: Check, site: SiteFacts) -> Answer:
    """No column of the site moved: stands for a home page that only navigates."""
    first = site.day - timedelta(days=check.limits["days"])
    if any(one.newest_on is not None and one.newest_on >= first for one in site.columns):
        return Hit.NOT_HIT, f"{first}以来有栏目更新"
    if not site.columns or not all(one.read for one in site.columns):
        return Hit.UNKNOWN, "没有读全各栏目，无法判定"
    return Hit.HIT, f"{first}以来没有栏目更新（首页本身未监测，以栏目代替）"


def _overdue(check: Check, site: SiteFacts) -> Answer:
    of = {kind: group for group in check.groups for kind in group.kinds}
    watched = [one for one in site.columns if one.kind in of]
    return _number(check, watched, lambda one: _late(of[one.kind], one.newest_on, site.day), "未按期更新")


def _late(group: Group, newest_on: date | None, day: date) -> bool:
    if newest_on is None:
        return True  # read, and no dated row: counts as not updated
    if group.days is not None:
        return (day - newest_on).days > group.days
    return newest_on < months_before(day, group.months or 0)


def _neglected(check: Check, site: SiteFacts) -> Answer:
    watched = [one for one in site.columns if one.has_clock]
    return _number(check, watched, lambda one: one.late or one.blank, "应更新但长期未更新")


def _blank(check: Check, site: SiteFacts) -> Answer:
    return _number(check, list(site.columns), lambda one: one.blank, "空白")


def _number(check: Check, watched: list[ColumnFact], bad: Callable[[ColumnFact], bool], what: str) -> Answer:
    """Sure ones against the limit; columns not read may be either."""
    least = check.limits["count"]
    sure = sum(bad(one) for one in watched if one.read)
    open_ones = sum(not one.read for one in watched)
    why = f"登记的{len(watched)}个栏目中{sure}个{what}{f'，{open_ones}个无法判定' if open_ones else ''}"
    if sure >= least:
        return Hit.HIT, why
    return (Hit.UNKNOWN if sure + open_ones >= least else Hit.NOT_HIT), why


def _media(check: Check, media: MediaFact) -> Answer:
    """A hit needs a recent look that proves it; a post in time acquits whenever it was seen."""
    breach, sure = media.verdict is Verdict.BREACH, media.recent and media.verdict is not None
    if media.app:
        if not sure or media.verdict is Verdict.UNKNOWN:
            return Hit.UNKNOWN, "没有取得有效监测结果"
        return (Hit.HIT, "无法下载") if breach else (Hit.NOT_HIT, "可以下载")
    if media.newest_on is None:
        return Hit.UNKNOWN, "没有取得有效监测结果"
    why = f"最近一次发布在{media.newest_on}"
    if (media.day - media.newest_on).days <= check.limits["days"]:
        return Hit.NOT_HIT, why
    return (Hit.HIT, why) if sure and breach else (Hit.UNKNOWN, f"{why}；监测点没有能够认定未更新的监测结果")


SITE: Mapping[Looker, Callable[[Check, SiteFacts], Answer]] = {
    Looker.SITE_UNREACHABLE: _unreachable,
    Looker.SITE_STILL: _still,
    Looker.COLUMNS_OVERDUE: _overdue,
    Looker.COLUMNS_NEGLECTED: _neglected,
    Looker.COLUMNS_BLANK: _blank,
}


def veto_results(
    indicators: Iterable[Indicator], sites: Iterable[SiteFacts], media: Iterable[MediaFact]
) -> Iterator[VetoResult]:
    """Every indicator for every object it is about; one only a person can judge, once for all of them."""
    sites, media = list(sites), list(media)
    for indicator in indicators:
        if not indicator.checks:
            yield _result(indicator, f"全部{indicator.object}", [])
        elif indicator.object == "网站":
            yield from (of_site(indicator, site) for site in sites)
        else:
            yield from (of_media(indicator, one) for one in media)
