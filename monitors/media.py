"""Judges new media: accounts silent for too long, apps that cannot be downloaded (A1-20, A2-10)."""

from datetime import date, timedelta

from domain.clock import local_day
from domain.findings import Finding, Verdict
from domain.looks import Look, LookKind
from domain.readings import AccountReading, DateSource, PackageReading
from domain.rubric import Test
from monitors.case import Case, History, Measured
from monitors.limits import for_the_young, in_time, lapses_on, limit_text
from monitors.posts import Posts

TRIED = frozenset({200, 206, 404, 410})


def silent(case: Case, history: History) -> list[Finding]:
    """Breach when the newest post ever seen is older than the limit on the look's Beijing day.

    Freshness may be concluded from any reading; staleness only from full coverage, a recent sync of the
    source and posts to see, or from a person. UNKNOWN otherwise. A post is of the earliest time official
    looks saw it with: an edit is no publication (monitors/posts.py). A unit younger than the limit is only
    SUSPECTED. Source: sources.md §4, clause A1-20.
    """
    findings, posts = [], Posts()
    for look in sorted(history.looks, key=lambda one: (one.at, one.id)):
        newest = posts.attested(_told(look)) if look.look is LookKind.ATTESTED else posts.saw(look)
        said = for_the_young(case, _silent(look, newest, case.test), local_day(look.at))
        findings.append(case.finding(look, said, history))
    return findings


def _told(look: Look) -> date | None:
    """What a person says the newest is: earlier posts yield."""
    post = look.reading.newest(look.at) if isinstance(look.reading, AccountReading) else None
    return look.newest_on or (local_day(post.published_at) if post else None)


def _silent(look: Look, newest: date | None, test: Test) -> Measured:
    reading = look.reading
    attested = look.look is LookKind.ATTESTED
    if not attested and (not isinstance(reading, AccountReading) or reading.reason != "ok"):
        return Measured(verdict=Verdict.UNKNOWN, why=look.why, limit=limit_text(test))
    if newest is None:
        why = f"{look.why}；没有可用的发布时间"
        return Measured(verdict=Verdict.UNKNOWN, why=why, limit=limit_text(test))
    day = local_day(look.at)
    verdict, why = Verdict.OK, f"最近一次发布在{newest}"
    if not in_time(newest, day, test):
        doubt = _doubt(look, reading, test) if isinstance(reading, AccountReading) else ""
        verdict, why = (Verdict.UNKNOWN, doubt) if doubt else (Verdict.BREACH, why)
    return Measured(
        verdict=verdict, why=why, measured=f"距今{(day - newest).days}天", limit=limit_text(test),
        newest_on=newest, date_source=DateSource.PAGE, lapses_on=lapses_on(newest, test),
    )  # fmt: skip


def _doubt(look: Look, reading: AccountReading, test: Test) -> str:
    """Why an old newest post proves nothing here, or nothing.

    Limit `synced_days`: how recent the source's own last sync must be, 2 days where not given.
    """
    within = timedelta(days=int(test.limits.get("synced_days", 2)))
    if reading.coverage != "full":
        return "来源只能看到部分内容，旧的最新一条不能证明未更新"
    if not reading.posts:
        return "来源没有返回任何内容"
    if reading.source_synced_at is None or look.at - reading.source_synced_at > within:
        return "来源本身近期未成功同步，不能证明未更新"
    return ""


def downloadable(case: Case, history: History) -> list[Finding]:
    """Breach when the download link gives 404/410, HTML instead of a package, or a truncated package.

    UNKNOWN: no clear answer (5xx, timeout, blocked); a store without a listing that no look ever saw there,
    which may be our own wrong number. Source: clause A1-20 “无法下载、无法使用”.
    """
    findings, seen = [], False
    for look in sorted(history.looks, key=lambda one: (one.at, one.id)):
        said = _downloadable(look, seen=seen)
        seen = seen or said.verdict is Verdict.OK
        findings.append(case.finding(look, said, history, statuses=TRIED))
    return findings


def _downloadable(look: Look, *, seen: bool) -> Measured:
    limit = "能够下载、能够使用"
    reading = look.reading
    if not isinstance(reading, PackageReading) or reading.verdict == "unknown":
        return Measured(verdict=Verdict.UNKNOWN, why=look.why, limit=limit)
    if reading.listing and reading.verdict == "broken" and not seen:
        why = f"{reading.why}，此前也没有查到过：请核对登记的编号（listing）"
        return Measured(verdict=Verdict.UNKNOWN, why=why, limit=limit)
    if reading.verdict == "broken":
        gone = "商店查不到" if reading.listing else "无法下载"
        return Measured(verdict=Verdict.BREACH, why=reading.why, measured=gone, limit=limit)
    return Measured(verdict=Verdict.OK, why=reading.why, measured="可以下载", limit=limit)
