"""Writes accounts and apps with their faults."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from demo.nights import NIGHTS
from demo.world import EVERY_NIGHT_OK, Answer, Fault, Feed, Package

FIRST, LAST = NIGHTS[0], NIGHTS[-1]

FEED_FAULTS = (
    Fault.FEED_SILENT, Fault.FEED_SILENT, Fault.FEED_PARTIAL, Fault.FEED_UNSYNCED, Fault.FEED_DAY_14,
    Fault.FEED_BROKEN,
)  # fmt: skip
PACKAGE_FAULTS = (
    Fault.APP_HTML, Fault.APP_MISSING, Fault.APP_BROKEN, Fault.APP_FLAPPING, Fault.NONE, Fault.NONE,
)  # fmt: skip

SILENT = frozenset({
    Fault.FEED_SILENT, Fault.FEED_PARTIAL, Fault.FEED_UNSYNCED, Fault.FEED_BROKEN, Fault.JSON_SILENT,
    Fault.WEWE_SILENT, Fault.WEWE_FROZEN, Fault.WEWE_UNKNOWN, Fault.WE_MP_SILENT, Fault.WE_MP_OLD_SILENT,
    Fault.ALBUM_ONE_OLD, Fault.ALBUM_EMPTY, Fault.ALBUM_CAPTCHA, Fault.WEIBO_SILENT, Fault.WEIBO_TOO_FAST,
    Fault.WEIBO_VISITOR, Fault.WEIBO_LOGIN, Fault.RSSHUB_SILENT, Fault.RSSHUB_COOKIES, Fault.RSSHUB_WAF,
    Fault.RSSHUB_EMPTY, Fault.RSSHUB_UNDATED, Fault.API_SILENT, Fault.API_UNCONFIRMED,
    Fault.API_WRONG_SECRET, Fault.MANUAL_SILENT, Fault.MANUAL_UNSEEN,
})  # fmt: skip
ANSWERS: Mapping[Fault, tuple[Answer, Answer, Answer]] = {
    Fault.FEED_BROKEN: (Answer.BROKEN,) * 3,
    Fault.APP_HTML: (Answer.HTML,) * 3,
    Fault.APP_MISSING: (Answer.GONE,) * 3,
    Fault.APP_BROKEN: (Answer.BROKEN,) * 3,
    Fault.APP_FLAPPING: (Answer.HTML, Answer.OK, Answer.HTML),
    Fault.APP_DELISTED: (Answer.OK, Answer.GONE, Answer.GONE),
    Fault.APP_NEVER_LISTED: (Answer.GONE,) * 3,
    Fault.STORE_BROKEN: (Answer.BROKEN,) * 3,
}


def feed(random: Random, blank: Feed) -> Feed:
    """The account with its posts: a silent one last posted 20 days before the first night."""
    if blank.fault in SILENT:
        newest = FIRST - timedelta(days=20, hours=random.randrange(-8, 12))
    elif blank.fault is Fault.FEED_DAY_14:
        newest = datetime(2026, 9, 17, 0, 20, tzinfo=LAST.tzinfo)
    else:
        newest = LAST - timedelta(hours=random.randint(2, 60))
    full = blank.fault not in {Fault.FEED_PARTIAL, Fault.API_UNCONFIRMED}
    posts = tuple(newest - timedelta(days=3 * number, minutes=37 * number) for number in range(10))
    return replace(
        blank, posts=posts, full_coverage=full, answers=ANSWERS.get(blank.fault, EVERY_NIGHT_OK),
    )  # fmt: skip


def package(blank: Package) -> Package:
    return replace(blank, answers=ANSWERS.get(blank.fault, EVERY_NIGHT_OK))
