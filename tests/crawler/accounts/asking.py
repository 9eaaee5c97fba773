"""Feeds for the tests of adapters, and a way to have an adapter read scripted answers."""

import asyncio
import json
from collections.abc import Mapping
from datetime import UTC, datetime

from crawler.accounts.base import Source
from crawler.answers import Answer, Ask
from crawler.failures import bad_status
from domain.readings import AccountReading
from domain.units import Account

NOW = datetime(2026, 11, 20, 1, tzinfo=UTC)


def account(source: str, url: str, *, platform: str = "微信", full: bool = True) -> Account:
    return Account(
        id="a", unit_id="u", platform=platform, name="n", source=source, url=url, full_coverage=full
    )


def asked(
    source: Source, of: Account, pages: Mapping[str, tuple[int, str]]
) -> tuple[AccountReading, list[str]]:
    """What the adapter reads when each address answers with a status and a body; and what it asked for."""
    urls = []

    async def fetch(ask: Ask) -> Answer:
        urls.append(ask.url)
        status, body = pages.get(ask.url, (404, ""))
        failure = None if status == 200 else bad_status(status)
        return Answer(
            url=ask.url, fetched_at=NOW, wall_at=NOW, elapsed_s=0, status=status, failure=failure,
            body=body.encode("utf-8", "surrogatepass"),
        )  # fmt: skip

    reading = asyncio.run(source.read(of, fetch)).reading
    assert reading is not None
    return reading, urls


def rss(*items: str, head: str = "") -> str:
    listed = "".join(f"<item>{item}</item>" for item in items)
    return f'<rss version="2.0"><channel><title>t</title>{head}{listed}</channel></rss>'


def item(at: str, key: str = "1") -> str:
    link = f"<link>http://mp.weixin.qq.com/s/{key}</link>"
    return f"<title>文{key}</title>{link}<guid>{key}</guid><pubDate>{at}</pubDate>"


def built(at: str) -> str:
    return f"<lastBuildDate>{at}</lastBuildDate>"


def json_feed(*items: object, version: str = "https://jsonfeed.org/version/1", **head: object) -> str:
    return json.dumps({"version": version, "title": "t", **head, "items": items})
