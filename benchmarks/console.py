"""Users clicking through the console of a deployment at once: how long each page takes.

    python -m benchmarks.console FOLDER --users 20 --clicks 30

The folder is copied; `zwgk serve` runs over the copy in a process of its own. All users log
in; once the scores of all units stand, each opens one link after the other of the page before it. Prints one
JSON object: milliseconds from request to whole answer, by kind of page, and over all; and seconds from the
start to the first page, and until the scores stand. Files to download are left out.
"""

import argparse
import asyncio
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import httpx

from app.office import open_office
from app.users import add_user
from domain.users import Role

PASSWORD = "twenty clerks clicking"
LINK = re.compile(r'<a\s[^>]*href="(/[^"#]*)"')
TOKEN = re.compile(r'name="token"\s+value="([^"]+)"')
FILES = re.compile(r"\.(?:xlsx|docx|pdf|zip|csv|db|atom|json|svg)\b|/export\b|/page\b|/file|/download|logout")
PART = re.compile(r"(?<=/)[^/]*\d[^/]*|(?<=^/units/)[^/]+|(?<=^/scores/)[^/]+|(?<=^/own/)[^/]+")
"""What names one thing of its kind: a number or a unit's id."""
LIMIT_S = 60.0
POLL_S = 0.5
COUNTING = "正在统计"


@dataclass
class Clicks:
    """What was measured: by kind of page, milliseconds; answers that were no page."""

    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    bad: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    first_s: float = 0.0
    whole_s: float = 0.0


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="benchmarks.console", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--clicks", type=int, default=30)
    parser.add_argument("--pause", type=float, default=0.0, help="seconds between two clicks of a user")
    parser.add_argument(
        "--pace", choices=("people", "step"), default="people",
        help="pauses half to one and a half times as long, or all the same: then users fall into step",
    )  # fmt: skip
    parser.add_argument("--early", action="store_true", help="click before the scores of all units stand")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "office"
        shutil.copytree(asked.folder, copy)
        names = _users(copy, asked.users)
        with _serving(copy) as address:
            clicks = asyncio.run(_all(address, names, asked))
    print(json.dumps(_told(clicks, asked), ensure_ascii=False, indent=1))


def _users(folder: Path, count: int) -> list[str]:
    office = open_office(folder)
    with office.archive:
        names = [f"bench{number}" for number in range(count)]
        for name in names:
            add_user(office, name, role=Role.OFFICE, password=PASSWORD)
    return names


@contextmanager
def _serving(folder: Path) -> Iterator[str]:
    command = [
        sys.executable, "-c", "from cli.main import main; raise SystemExit(main())",
        "--dir", str(folder), "serve", "--port", "0",
    ]  # fmt: skip
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        try:
            said = []
            for line in server.stderr:
                said.append(line)
                if found := re.search(r"http://\S+", line):
                    break
            else:
                raise SystemExit(f"the console did not start: {''.join(said)}")
            yield found[0]
        finally:
            server.terminate()


async def _all(address: str, names: Sequence[str], asked: argparse.Namespace) -> Clicks:
    clicks = Clicks()
    clicks.first_s, clicks.whole_s = await _first(address, names[0], not asked.early)
    ready = asyncio.Barrier(len(names))
    users = (_one(address, name, number, asked, clicks, ready) for number, name in enumerate(names))
    await asyncio.gather(*users)
    return clicks


async def _first(address: str, name: str, wait: bool) -> tuple[float, float]:
    """Seconds until the workbench stands for the first time, and until no unit's scores are missing."""
    started = time.perf_counter()
    async with httpx.AsyncClient(base_url=address, timeout=LIMIT_S, follow_redirects=True) as client:
        page = await _log_in(client, name)
        first = time.perf_counter() - started
        while wait and COUNTING in page.text:
            await asyncio.sleep(POLL_S)
            page = await client.get("/")
    return first, time.perf_counter() - started


async def _log_in(client: httpx.AsyncClient, name: str) -> httpx.Response:
    form = TOKEN.search((await client.get("/login")).text)
    assert form is not None, "the login page has a token"
    return await client.post("/login", data={"name": name, "password": PASSWORD, "token": form[1]})


async def _one(
    address: str, name: str, seed: int, asked: argparse.Namespace, clicks: Clicks, ready: asyncio.Barrier
) -> None:
    random, pace = Random(seed), Random(-seed)
    async with httpx.AsyncClient(base_url=address, timeout=LIMIT_S, follow_redirects=True) as client:
        answer = await _log_in(client, name)
        await ready.wait()
        await asyncio.sleep(asked.pause * seed / asked.users)  # not all in the same moment
        for _ in range(asked.clicks):
            links = sorted({link for link in LINK.findall(answer.text) if not FILES.search(link)})
            link = random.choice(links) if links else "/"
            started = time.perf_counter()
            answer = await client.get(link.replace("&amp;", "&"))
            took = (time.perf_counter() - started) * 1000
            kind = _kind(link)
            if answer.status_code == 200:
                clicks.took[kind].append(took)
            else:
                clicks.bad[f"{answer.status_code} {kind}"] += 1
            await asyncio.sleep(asked.pause * (pace.uniform(0.5, 1.5) if asked.pace == "people" else 1))


def _kind(link: str) -> str:
    """The page without its query and without what it is about."""
    return PART.sub("*", link.partition("?")[0])


def _told(clicks: Clicks, asked: argparse.Namespace) -> dict[str, object]:
    every = [one for many in clicks.took.values() for one in many]
    return {
        "users": asked.users, "clicks": len(every), "pause_s": asked.pause, "pace": asked.pace,
        "first_page_s": round(clicks.first_s, 1), "whole_s": round(clicks.whole_s, 1), **_spread(every),
        "pages": {kind: {"clicks": len(many), **_spread(many)} for kind, many in sorted(clicks.took.items())},
        "refused": dict(clicks.bad),
    }  # fmt: skip


def _spread(many: Sequence[float]) -> dict[str, float]:
    ordered = sorted(many)
    at = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    return {
        "median_ms": round(statistics.median(ordered)),
        "p95_ms": round(at),
        "most_ms": round(ordered[-1]),
    }


if __name__ == "__main__":
    main()
