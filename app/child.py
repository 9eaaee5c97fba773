"""The crawl process: `python -m app.child --dir DIR --run N`. Makes a run's looks, judges host by host.

Progress goes to stdout, one JSON object a line; the last one says how the run ended. Exit code 0: done,
5: stopped, 3: could not go on. The run's row is the truth about the run, not this process's end.
"""

import argparse
import asyncio
import json
import logging
import os
import signal
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess

from app.desk import RunDesk
from app.office import Office, database_url, open_office
from app.plans import clocks_of, hosts_of
from app.processes import LEASE, lease_holder
from crawler import pipelines
from crawler.run import RunSpider
from crawler.settings import scrapy_settings
from crawler.work import Work
from domain.errors import CrawlError, ZwgkError
from domain.looks import PlannedLook, Run, RunKind, RunOutcome

LEASE_S = 60.0
WAIT_FOR_LEASE_S = 25.0  # an on-demand child is gone by then
BEAT_S = 2.0
CODES = {RunOutcome.DONE: 0, RunOutcome.STOPPED: 5}


def main(arguments: list[str] | None = None) -> int:
    """Run the child. Never raises for what a crawl may meet; says it and returns 3."""
    parser = argparse.ArgumentParser(prog="app.child")
    parser.add_argument("--dir", type=Path, required=True)
    parser.add_argument("--run", type=int, required=True)
    parser.add_argument("--life-line", action="store_true", help="stop when stdin closes")
    options = parser.parse_args(arguments)
    logging.raiseExceptions = False  # a full disk must not end in tracebacks about logging
    try:
        office = open_office(options.dir)
        with office.archive:
            outcome = Child(office, options.run).crawl(life_line=options.life_line)
    except ZwgkError as error:
        say(end={"outcome": None, "error": str(error)})
        return error.exit_code if error.exit_code != 2 else 3
    say(end={"outcome": outcome.value, "error": ""})
    return CODES[outcome]


def say(**message: object) -> None:
    """One line for the parent; a parent that is gone does not matter."""
    with suppress(OSError):
        sys.stdout.write(json.dumps(message, ensure_ascii=False) + "\n")
        sys.stdout.flush()


class Child:
    """One crawl process over one run."""

    def __init__(self, office: Office, run_id: int) -> None:
        self.office = office
        self.run: Run = office.archive.take_over(run_id, pid=os.getpid(), at=office.clock())
        self.desk = RunDesk(office, self.run)
        self.orphaned = False
        self.stopped = False

    def crawl(self, *, life_line: bool) -> RunOutcome:
        """Take the crawl lease, make the looks, judge, finish the run. Raises ZwgkError."""
        self._take_lease()
        holder = lease_holder(self.run)
        try:
            self._make_looks(life_line=life_line)
            if self.desk.error is not None:
                raise self.desk.error
            if self.orphaned:
                raise CrawlError("启动抓取的进程已不在，抓取已停下；再次运行 zwgk crawl 会从中断处继续。")
            if not self.stopped:
                self.desk.judge_rest()
            outcome = RunOutcome.STOPPED if self.stopped else RunOutcome.DONE
            self.desk.finish(outcome)
            return outcome
        finally:
            with suppress(ZwgkError):
                self.office.archive.release_lease(LEASE, holder)

    def _take_lease(self) -> None:
        until = time.monotonic() + WAIT_FOR_LEASE_S
        while not self._renew():
            if time.monotonic() > until:
                raise CrawlError("另一个抓取进程正在运行，本次没有开始。请等它结束后再运行。")
            time.sleep(0.25)

    def _renew(self) -> bool:
        archive, now = self.office.archive, self.office.clock()
        return archive.take_lease(LEASE, lease_holder(self.run), at=now, seconds=LEASE_S)

    def _make_looks(self, *, life_line: bool) -> None:
        archive, office = self.office.archive, self.office
        seen = archive.observed(self.run.id)
        work = Work(
            plan=self._plan(), seen=frozenset(seen), registry=office.registry, hosts=hosts_of(office),
            clocks=clocks_of(office), words=office.words, as_of=office.now() if archive.simulation else None,
            controls=office.settings.control_urls if self.run.kind is RunKind.NIGHTLY else (),
            credentials=office.credentials(),
        )  # fmt: skip
        process = AsyncCrawlerProcess(self._settings(), install_root_handler=True)
        crawler = process.create_crawler(RunSpider)
        for receiver, sent in (
            (self._looked, signals.item_scraped),
            (self._host_stored, pipelines.host_stored),
            (self._storing_failed, pipelines.storing_failed),
            (self._broken, signals.spider_error),
            (self._opened, signals.spider_opened),
        ):
            crawler.signals.connect(receiver, signal=sent)
        self._life_line = life_line
        process.crawl(crawler, work=work, desk=self.desk)
        process.start(install_signal_handlers=False)

    def _plan(self) -> tuple[PlannedLook, ...]:
        """The run's plan without what has left the registry since it was made."""
        registered = {subject.subject_id for subject in self.office.registry.subjects}
        return tuple(
            look for look in self.run.plan if (look.parent_id or look.subject_id) in registered
        )  # fmt: skip

    def _settings(self) -> dict[str, Any]:
        mine = scrapy_settings(self.office.settings)
        return mine | {
            "ZWGK_DATABASE_URL": database_url(self.office.settings),
            "ZWGK_RUN_ID": self.run.id,
            "ZWGK_FENCE": self.run.fence,
        }

    def _opened(self, spider: RunSpider) -> None:
        self.spider, loop = spider, asyncio.get_running_loop()
        self.desk.on_error = spider.stop
        self.desk.stamp = spider.stamp
        for asked in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(asked, self._stop)
        if self._life_line:
            threading.Thread(target=self._watch_parent, args=(loop,), daemon=True).start()
        self._beating = loop.create_task(self._beat())

    def _stop(self) -> None:
        self.stopped = True
        self.spider.stop()

    def _watch_parent(self, loop: asyncio.AbstractEventLoop) -> None:
        sys.stdin.read()
        self.orphaned = True
        with suppress(RuntimeError):  # the loop has ended: so has the crawl
            loop.call_soon_threadsafe(self.spider.stop)

    async def _beat(self) -> None:
        """A sign of life every two seconds; also keeps the lease."""
        while self.desk.error is None:
            with self.desk.watched():
                self.office.archive.heartbeat(self.run, self.office.clock(), self.desk.done, self.desk.failed)
                self._renew()
            await asyncio.sleep(BEAT_S)

    def _looked(self, item: object) -> None:
        progress = self.desk.looked(item)
        if progress is not None:
            say(look=progress)

    def _host_stored(self, subjects: tuple[str, ...], check_id: int | None) -> None:
        self.desk.host_stored(subjects, check_id)

    def _storing_failed(self, error: ZwgkError) -> None:
        self.desk.fail(error)

    def _broken(self, failure: Any) -> None:
        self.desk.fail(CrawlError(f"抓取程序出错：{failure.value!r}。请把运行日志交给维护人员。"))


if __name__ == "__main__":
    sys.exit(main())
