"""Runs a RunSpider in a process of its own (a reactor starts once a process) and gives back its items.

`python -m tests.crawler.crawling` reads a pickled job on stdin and writes pickled items on stdout.
"""

import pickle
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess

from config.settings import Settings
from crawler.pipelines import HostDone
from crawler.run import RunSpider
from crawler.settings import scrapy_settings
from crawler.work import Check, Work
from domain.looks import Observation, PlannedLook
from domain.units import SubjectKind
from tests.crawler import pickling

pickling.install()


@dataclass(frozen=True)
class Job:
    work: Work
    settings: dict[str, object]
    checks: tuple[Check, ...] = ()
    documents: Mapping[str, Sequence[PlannedLook]] = field(default_factory=dict)
    after: int = 0  # checks wait until so many observations were made
    bodies: bool = False  # observations come back with what was answered


class Desk:
    """Hands out what the job says."""

    def __init__(self, job: Job) -> None:
        self.checks, self.documents, self.after = list(job.checks), job.documents, job.after
        self.items: list[Observation | HostDone] = []

    def documents_of(self, look: PlannedLook, seen: Observation) -> Sequence[PlannedLook]:
        return self.documents.get(look.subject_id, ())

    def controls_failed(self, urls: Sequence[str]) -> None:
        raise AssertionError(urls)

    def waiting_check(self) -> Check | None:
        return self.checks.pop(0) if self.checks and len(self.items) >= self.after else None

    def keep(self, item: Observation | HostDone) -> None:
        self.items.append(item)


def crawl(job: Job, *, timeout_s: float = 90) -> list[Observation | HostDone]:
    """The items of a run, in the order they went through the pipelines."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.crawler.crawling"], input=pickle.dumps(job), capture_output=True,
        cwd=Path(__file__).parents[2], timeout=timeout_s, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    assert not done.stderr, done.stderr.decode()
    items: list[Observation | HostDone] = pickle.loads(done.stdout)
    return items


def settings(**changes: object) -> dict[str, object]:
    """Scrapy settings of a deployment on the loopback, without delays."""
    wanted: dict[str, object] = {"delay_s": 0, "timeout_s": 3, "allow_private": ("127.0.0.1",), **changes}
    return scrapy_settings(Settings(dir=Path(), **wanted))  # type: ignore[arg-type]


def columns(*urls: str) -> tuple[PlannedLook, ...]:
    """A plan of column looks, the address as subject."""
    return tuple(PlannedLook(subject_id=url, kind=SubjectKind.COLUMN, url=url) for url in urls)


def main() -> None:
    copy = pickle.loads(sys.stdin.buffer.read())
    desk = Desk(copy)
    process = AsyncCrawlerProcess(copy.settings | {"ITEM_PIPELINES": {}})
    crawler = process.create_crawler(RunSpider)
    crawler.signals.connect(desk.keep, signals.item_scraped)
    process.crawl(crawler, work=copy.work, desk=desk)
    process.start(install_signal_handlers=False)
    bare = not copy.bodies
    kept = [replace(one, body=None) if bare and isinstance(one, Observation) else one for one in desk.items]
    sys.stdout.buffer.write(pickle.dumps(kept))


if __name__ == "__main__":
    main()
