"""Looking at a portal in a process of its own: `python -m app.portal_child`, one JSON wish on stdin.

What it says goes to stdout, one JSON object a line: {"progress": …} while it looks, then {"found": …},
{"list": …} or {"error": …}. It needs no database and stores nothing; who asked may end it at any time.
"""

import asyncio
import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from app.discover import Wish, discover_portal
from app.office import wall_clock
from app.words import PAGE_STATES
from crawler.discovering import Fetched, Manners, PoliteReader
from crawler.extract.discover_links import site_of
from crawler.extract.list_explained import explain_list
from crawler.extract.list_reading import Look
from domain.clock import local_day
from domain.clues import without_ids
from domain.errors import CrawlError, ZwgkError
from domain.overrides import ListOverride
from domain.readings import PageState

STUBS = 2
"""How many stubs and frames are followed to get to a list."""

MOST_ROWS = 20


def main() -> int:
    wish = json.loads(sys.stdin.readline())
    manners = Manners(**{**wish["manners"], "allow_private": tuple(wish["manners"]["allow_private"])})
    try:
        if wish["what"] == "discover":
            _discover(wish, manners)
        else:
            say(list=asyncio.run(_list(wish, manners)))
    except ZwgkError as error:
        say(error=str(error))
    return 0


def say(**message: object) -> None:
    sys.stdout.write(json.dumps(message, ensure_ascii=False, default=str) + "\n")
    sys.stdout.flush()


def _discover(wish: Mapping[str, Any], manners: Manners) -> None:
    asked = Wish(url=wish["url"], manners=manners, depth=wish["depth"], try_lists=wish["try_lists"])
    say(found=asdict(discover_portal(asked, clock=wall_clock, progress=lambda said: say(progress=said))))


async def _list(wish: Mapping[str, Any], manners: Manners) -> dict[str, Any]:
    """A list page as it is read now, with the explanation. Raises CrawlError when it cannot be had."""
    told = ListOverride(**wish["override"]) if wish["override"] else None
    async with PoliteReader(manners) as reader:
        page = await reader.get(wish["url"])
        for hop in range(STUBS + 1):
            if not page.ok:
                raise CrawlError(f"没有读到 {page.url}：{page.why}。")
            at = wall_clock()
            said = _explained(page, at, told)
            inner = said["next_url"] if said["state"] == PageState.SHELL else None
            if inner is None or hop == STUBS or site_of(inner) != site_of(wish["url"]):
                return said
            page = await reader.get(inner)
    raise AssertionError("unreachable: the last hop returns")


def _explained(page: Fetched, at: datetime, told: ListOverride | None) -> dict[str, Any]:
    reading, why = explain_list(page.body, Look(page.url, local_day(at), 200, told), page.content_type)
    rows = [
        {"title": without_ids(row.title), "url": row.url, "date": row.published_on}
        for row in reading.rows[:MOST_ROWS]
    ]
    return {
        "url": page.url, "state": reading.state, "said": PAGE_STATES[reading.state], "why": reading.why,
        "next_url": reading.next_url,
        "count": len(reading.rows), "newest": reading.newest_on(at), "rows": rows, "explain": asdict(why),
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
