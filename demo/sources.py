"""Plants accounts behind every source and apps in every store: what may accuse, and what must not."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import count, cycle
from random import Random

from demo import media
from demo.world import Fault, Feed, Package, PlantedUnit

HOSTS = tuple(f"127.0.0.{number}" for number in range(6, 15))
"""Each source has a host of its own, as in life: its refusals are not the portal's."""
WEIBO, WEIXIN, OFFICIAL, WEWE, WE_MP, RSSHUB, SITE, STORE, DOWNLOAD = HOSTS

MICROBLOG, CHANNEL, VIDEO, NEWS, CLIENT, FILMS = "微博", "微信", "抖音", "头条号", "移动客户端", "视频号"

ACCOUNTS: Sequence[tuple[str, str, Fault]] = (
    ("jsonfeed", CLIENT, Fault.NONE),
    ("jsonfeed", CLIENT, Fault.JSON_SILENT),
    ("rss", CLIENT, Fault.ATOM_WRONG_TIMES),
    ("wewe-rss", CHANNEL, Fault.NONE),
    ("wewe-rss", CHANNEL, Fault.WEWE_SILENT),
    ("wewe-rss", CHANNEL, Fault.WEWE_FROZEN),
    ("wewe-rss", CHANNEL, Fault.WEWE_UNKNOWN),
    ("we-mp-rss", CHANNEL, Fault.WE_MP_SILENT),
    ("we-mp-rss", CHANNEL, Fault.WE_MP_OLD_SILENT),
    ("wechat-album", CHANNEL, Fault.ALBUM_ONE_OLD),
    ("wechat-album", CHANNEL, Fault.ALBUM_EMPTY),
    ("wechat-album", CHANNEL, Fault.ALBUM_CAPTCHA),
    ("weibo", MICROBLOG, Fault.WEIBO_SILENT),
    ("weibo", MICROBLOG, Fault.WEIBO_PINNED),
    ("weibo", MICROBLOG, Fault.WEIBO_TOO_FAST),
    ("weibo", MICROBLOG, Fault.WEIBO_VISITOR),
    ("weibo", MICROBLOG, Fault.WEIBO_LOGIN),
    ("rsshub", NEWS, Fault.RSSHUB_SILENT),
    ("rsshub", VIDEO, Fault.RSSHUB_PINNED),
    ("rsshub", MICROBLOG, Fault.RSSHUB_COOKIES),
    ("rsshub", VIDEO, Fault.RSSHUB_WAF),
    ("rsshub", MICROBLOG, Fault.RSSHUB_EMPTY),
    ("rsshub", NEWS, Fault.RSSHUB_UNDATED),
    ("wechat-api", CHANNEL, Fault.NONE),
    ("wechat-api", CHANNEL, Fault.API_SILENT),
    ("wechat-api", CHANNEL, Fault.API_UNCONFIRMED),
    ("wechat-api", CHANNEL, Fault.API_WRONG_SECRET),
    ("manual", FILMS, Fault.MANUAL_SILENT),
    ("manual", FILMS, Fault.MANUAL_UNSEEN),
)
APPS: Sequence[tuple[str, Fault]] = (
    ("apk", Fault.APP_CUT_OFF),
    ("apk", Fault.APP_NO_RANGES),
    ("apk", Fault.APP_REDIRECTED),
    ("apk", Fault.APP_ENDLESS),
    ("apple", Fault.APP_DELISTED),
    ("yingyongbao", Fault.APP_DELISTED),
    ("huawei", Fault.APP_DELISTED),
    ("xiaomi", Fault.APP_DELISTED),
    ("apple", Fault.NONE),
    ("huawei", Fault.NONE),
    ("yingyongbao", Fault.APP_NEVER_LISTED),
    ("xiaomi", Fault.STORE_BROKEN),
)
UNITS = 9
"""So many units share them, a few each."""


def with_sources(random: Random, units: Sequence[PlantedUnit]) -> list[PlantedUnit]:
    """The units, some with accounts and apps of every kind added to what they have."""
    chosen = cycle(unit.id for unit in random.sample(units, UNITS))
    planted = {unit.id: unit for unit in units}
    numbers = count(1)
    for source, platform, fault in random.sample(ACCOUNTS, len(ACCOUNTS)):
        unit = planted[next(chosen)]
        made = account(random, unit, next(numbers), (source, platform, fault))
        planted[unit.id] = replace(unit, feeds=(*unit.feeds, made))
    for store, fault in random.sample(APPS, len(APPS)):
        unit = planted[next(chosen)]
        planted[unit.id] = replace(unit, packages=(*unit.packages, app(unit, next(numbers), store, fault)))
    return [planted[unit.id] for unit in units]


def account(random: Random, unit: PlantedUnit, number: int, kind: tuple[str, str, Fault]) -> Feed:
    """An account of (source, platform, fault); `number` is its own within the banner."""
    source, platform, fault = kind
    host, path = _address(source, platform, number, old=fault is Fault.WE_MP_OLD_SILENT)
    blank = Feed(
        id=f"{unit.id}-{source}{number}", name=f"{unit.name}{platform}{number}", platform=platform,
        source=source, host=host, path=path, posts=(), fault=fault,
    )  # fmt: skip
    return media.feed(random, blank)


def _address(source: str, platform: str, number: int, *, old: bool) -> tuple[str, str]:
    routes = {MICROBLOG: "weibo/user", VIDEO: "douyin/user", NEWS: "toutiao/user/token"}
    feed_id = f"MP_WXS_32950847{number:02}"
    return {
        "jsonfeed": (SITE, f"/client{number}/feed.json"),
        "rss": (SITE, f"/client{number}/atom.xml"),
        "wewe-rss": (WEWE, f"/feeds/{feed_id}.json"),
        "we-mp-rss": (WE_MP, f"/rss/{feed_id}" if old else f"/feed/{feed_id}.json"),
        "wechat-album": (WEIXIN, f"/mp/appmsgalbum?__biz=Mz{number}&album_id=29{number:04}"),
        "wechat-api": (OFFICIAL, f"/?{number}"),
        "manual": (SITE, f"/nothing{number}"),
        "weibo": (WEIBO, f"/u/16698794{number:02}"),
        "rsshub": (RSSHUB, f"/{routes.get(platform, 'other')}/{number}"),
    }[source]


def app(unit: PlantedUnit, number: int, store: str, fault: Fault) -> Package:
    listing = f"cn.gov.example.app{number}"
    host, path, known_as = {
        "apk": (DOWNLOAD, f"/files/{number}.apk", ""),
        "apple": (STORE, f"/lookup?bundleId={listing}&country=cn", listing),
        "yingyongbao": (STORE, f"/appdetail/{listing}", listing),
        "huawei": (STORE, "/edge/webedge/appinfo", listing),
        "xiaomi": (STORE, f"/details?id={listing}", listing),
    }[store]
    return media.package(Package(
        id=f"{unit.id}-{store}{number}", name=f"掌上{unit.name}{number}", host=host, path=path, store=store,
        listing=known_as, fault=fault,
    ))  # fmt: skip
