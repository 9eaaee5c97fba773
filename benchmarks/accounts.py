"""Accounts over 8 platforms looked at in one real run, from the demo's sources on the loopback.

    python -m benchmarks.accounts --accounts 200 --delay 1

Prints one line of JSON. `requests` are counted by the server, robots.txt among them; `crawl_peak_mb` is the
largest process of the run; `answered`: accounts whose posts were read, by platform.
"""

import argparse
import json
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import yaml

from demo import media, sources
from demo.nights import NIGHTS
from demo.office import DemoOffice
from demo.plant import plant
from demo.portal import free_port, served
from demo.registry import write_registry
from demo.site import Portal
from demo.world import Fault, Feed, PlantedUnit, World
from domain.readings import AccountReading
from domain.units import UnitKind
from storage.archive import Archive

SITES = tuple(f"127.0.1.{number}" for number in range(1, 26))
"""Sites that publish feeds of their own; all other sources are one host each, as in a deployment."""

PLATFORMS = (
    ("微信", "wewe-rss", "/feeds/MP_WXS_{}.json"),
    ("微博", "weibo", "/u/16698{:05}"),
    ("抖音", "rsshub", "/douyin/user/{}"),
    ("头条号", "rsshub", "/toutiao/user/token/{}"),
    ("哔哩哔哩", "rsshub", "/bilibili/user/dynamic/{}"),
    ("快手", "rsshub", "/kuaishou/profile/{}"),
    ("移动客户端", "jsonfeed", "/client{}/feed.json"),
    ("网站", "rss", "/news{}/rss.xml"),
)
"""Platform, source, path. 快手 has no times at RSSHub: asked, and never answered."""

HOSTS = {"wewe-rss": sources.WEWE, "weibo": sources.WEIBO, "rsshub": sources.RSSHUB}


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="benchmarks.accounts", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("--accounts", type=int, default=200)
    parser.add_argument("--delay", type=float, default=1.0, help="delay_s of the deployment (default 1)")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measured = measure(Path(folder) / "office", asked.accounts, asked.delay)
    print(json.dumps(measured, ensure_ascii=False))


def measure(folder: Path, accounts: int, delay_s: float) -> Mapping[str, Any]:
    """One night over so many accounts in a fresh deployment."""
    hosts = (*sources.HOSTS, *SITES)
    world = with_accounts(free_port(1, hosts), hosts, accounts)
    office = DemoOffice(folder=folder, documents=folder)
    office.init()
    write_registry(folder, world)
    set_delay(folder / "zwgk.yaml", delay_s)
    with served(Portal(world)) as portal:
        started = time.perf_counter()
        office.crawl(NIGHTS[0])
        seconds = round(time.perf_counter() - started, 1)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss  # KB on Linux
    return {
        "accounts": accounts, "platforms": len(PLATFORMS), "delay_s": delay_s, "seconds": seconds,
        "requests": len(portal.asked), "crawl_peak_mb": round(peak / 1024, 1),
        "answered": answered(folder, world),
    }  # fmt: skip


def with_accounts(port: int, hosts: tuple[str, ...], accounts: int) -> World:
    """Units with an account on every platform each; one account in ten is silent."""
    base, random, units = plant(1, port), Random(1), []
    for at in range(0, accounts, len(PLATFORMS)):
        numbers = range(at, min(at + len(PLATFORMS), accounts))
        unit_id = f"u{at // len(PLATFORMS)}"
        feeds = tuple(media.feed(random, blank(unit_id, number)) for number in numbers)
        units.append(
            PlantedUnit(id=unit_id, name=f"单位{unit_id}", kind=UnitKind.DEPARTMENT, aliases=(), feeds=feeds)
        )
    shared = replace(base.shared, rows=())
    return replace(base, hosts=hosts, units=tuple(units), shared=shared)


def blank(unit_id: str, number: int) -> Feed:
    platform, source, path = PLATFORMS[number % len(PLATFORMS)]
    fault = Fault.FEED_SILENT if number % 10 == 0 else Fault.NONE
    return Feed(
        id=f"{unit_id}-{number}", name=f"{unit_id}{platform}", platform=platform, source=source,
        host=HOSTS.get(source, SITES[number // len(PLATFORMS) % len(SITES)]), path=path.format(number),
        posts=(), fault=Fault.RSSHUB_UNDATED if platform == "快手" else fault,
    )  # fmt: skip


def set_delay(file: Path, delay_s: float) -> None:
    settings = yaml.safe_load(file.read_text(encoding="utf-8"))
    settings["delay_s"] = delay_s
    file.write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")


def answered(folder: Path, world: World) -> Mapping[str, int]:
    """Accounts of which the run read posts, by platform."""
    found: Counter[str] = Counter({platform: 0 for platform, _, _ in PLATFORMS})
    with Archive.open(f"sqlite:///{folder / 'data' / 'zwgk.db'}") as archive:
        for feed in (feed for unit in world.units for feed in unit.feeds):
            looks = archive.looks_of(feed.subject_id)
            readings = (look.reading for look in looks)
            found[feed.platform] += any(isinstance(one, AccountReading) and one.posts for one in readings)
    return dict(found)


if __name__ == "__main__":
    main()
