"""The spider of a run: every planned look, one line an address, on-demand checks in between.

Each look ends in one Observation, whatever happens. When an address has nothing left, a HostDone follows
its observations through the pipeline, so that its subjects can be judged.
"""

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from time import monotonic
from types import MappingProxyType

from scrapy import Spider

from crawler.answers import Answer, Ask, Fetcher
from crawler.frontier import Frontier
from crawler.looking import browser_of, limits_of
from crawler.middlewares.guard import GuardMiddleware
from crawler.observe import Read, observed
from crawler.pipelines import HostDone
from crawler.spiders.accounts import see_account, see_app
from crawler.spiders.columns import see_column
from crawler.spiders.documents import see_document
from crawler.stamp import Stamp
from crawler.turns import Turns
from crawler.visit import Seer, Visit
from crawler.work import Check, Desk, Work
from domain.looks import Observation, PlannedLook
from domain.readings import PageState
from domain.units import SubjectKind

SEERS: Mapping[SubjectKind, Seer] = MappingProxyType(
    {
        SubjectKind.COLUMN: see_column,
        SubjectKind.DOCUMENT: see_document,
        SubjectKind.ACCOUNT: see_account,
        SubjectKind.APP: see_app,
    }
)
POLL_S = 0.5  # how often the queue of on-demand checks is asked
GRACE_S = 3.0  # seconds that looks in hand get when the run is asked to stop

Item = Observation | HostDone
log = logging.getLogger(__name__)


class RunSpider(Spider):
    """Not in SPIDER_MODULES: it needs a run. `work` and `desk` come from the process that owns it."""

    name = "run"

    def __init__(self, work: Work, desk: Desk) -> None:
        super().__init__()
        self.work, self.desk = work, desk
        self.allowed_domains = sorted(work.hosts)
        self.stamp = Stamp(work.as_of)
        self.turns = Turns()
        self.frontier = Frontier(subject for subject, check_id in work.seen if check_id is None)
        self._subjects = {subject.subject_id: subject for subject in work.registry.subjects}
        self._stopping = False
        self._out: asyncio.Queue[Item | None] = asyncio.Queue()
        self._lines: dict[str, asyncio.Task[None]] = {}
        self._others: list[asyncio.Task[None]] = []  # checks, and the beginning

    def stop(self) -> None:
        """Begin nothing new; what is in hand gets a few seconds."""
        self._stopping = True

    async def start(self) -> AsyncIterator[Item]:
        guard = self.crawler.get_downloader_middleware(GuardMiddleware)
        assert guard is not None
        self.book = guard.book
        self._fetch = Fetcher(self.crawler, self.stamp)
        self._browser = browser_of(self)
        working = asyncio.create_task(self._work())
        try:
            while (item := await self._out.get()) is not None:
                yield item
            await working
        finally:
            working.cancel()

    async def _work(self) -> None:
        try:
            self._others.append(asyncio.create_task(self._begin()))
            while (tasks := self._in_hand()) or self._take_check():
                if self._stopping:
                    await self._wind_up(tasks)
                    break
                self._take_check()
                await asyncio.wait(self._in_hand(), timeout=POLL_S)
        finally:
            await self._browser.close()
            self._out.put_nowait(None)

    async def _begin(self) -> None:
        """Ask the control addresses, then put the plan in line."""
        controls = [Ask(url=url, urgent=True, any_content=True) for url in self.work.controls]
        answers = [await self._fetch(ask) for ask in controls]
        silent = [answer.url for answer in answers if answer.status is None or answer.status >= 500]
        if silent and len(silent) == len(answers):
            self.desk.controls_failed(silent)
        await asyncio.gather(*(self._queue(look) for look in self.work.plan if look.check_id is None))

    def _in_hand(self) -> list[asyncio.Task[None]]:
        """Lines and checks still at work. Raises what one of them failed with."""
        tasks = [*self._lines.values(), *self._others]
        for task in tasks:
            if task.done() and not task.cancelled():
                task.result()
        return [task for task in tasks if not task.done()]

    async def _wind_up(self, tasks: list[asyncio.Task[None]]) -> None:
        _, late = await asyncio.wait(tasks, timeout=GRACE_S)
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late)

    def _take_check(self) -> bool:
        check = None if self._stopping else self.desk.waiting_check()
        if check is not None:
            self._others.append(asyncio.create_task(self._serve(check)))
        return check is not None

    async def _queue(self, look: PlannedLook) -> None:
        """Put a look in its address's line and see that someone works on it."""
        address = await self.book.line_of(look.url)
        line = self._lines.get(address)
        if self.frontier.add(look, address) and (line is None or line.done()):
            self._lines[address] = asyncio.create_task(self._line(address))

    async def _line(self, address: str) -> None:
        """All looks of an address, one after the other."""
        while not self._stopping and (look := self.frontier.take(address)) is not None:
            for document in await self._see(look, address):
                await self._queue(document)
        subjects = self.frontier.finished(address)
        if subjects:
            self._out.put_nowait(HostDone(subjects=tuple(subjects)))

    async def _serve(self, check: Check) -> None:
        """An on-demand check: its addresses side by side; no look is begun after `check_s` seconds."""
        until = monotonic() + self.work.check_s
        lines: dict[str, deque[PlannedLook]] = {}
        for look in check.looks:
            lines.setdefault(await self.book.line_of(look.url), deque()).append(look)
        await asyncio.gather(*(self._hurry(address, looks, until) for address, looks in lines.items()))
        subjects = tuple(look.subject_id for look in check.looks)
        self._out.put_nowait(HostDone(subjects=subjects, check_id=check.id))

    async def _hurry(self, address: str, looks: deque[PlannedLook], until: float) -> None:
        async with self.turns.urgent(address):
            while looks and monotonic() < until:
                looks.extend(await self._see(looks.popleft(), address, until))

    async def _see(
        self, look: PlannedLook, address: str, until: float | None = None
    ) -> tuple[PlannedLook, ...]:
        """Make a look. Gives back the looks at documents it asks for, planned before it is stored."""
        found: tuple[PlannedLook, ...] = ()
        visit = self._visit(look, address, until)
        try:
            observations = await SEERS[look.kind](visit)
        except Exception:  # the edge of a look: one page our readers fail on must not end the night
            log.exception("reading %s failed", look.url)
            observations = [self._unreadable(look)]
        for seen in observations:
            if seen.subject_id == look.subject_id and look.kind is SubjectKind.COLUMN:
                found = tuple(self.desk.documents_of(look, seen))
            self._out.put_nowait(seen)
        return found

    def _unreadable(self, look: PlannedLook) -> Observation:
        judged, wall = self.stamp.moments()
        answer = Answer(url=look.url, fetched_at=judged, wall_at=wall, elapsed_s=0.0)
        why = "读取程序出错，未能判断（见运行日志）"
        return observed(look, answer, Read(state=PageState.FAILED, why=why))

    def _visit(self, look: PlannedLook, address: str, until: float | None) -> Visit:
        urgent = look.check_id is not None

        async def fetch(ask: Ask) -> Answer:
            async with self.turns.turn(address, urgent=urgent):
                await self.turns.keep_delay(self.crawler.engine.downloader, address, outside=False)
                return await self._fetch(_within(ask, until))

        @asynccontextmanager
        async def alone() -> AsyncIterator[None]:
            async with self.turns.turn(address, urgent=urgent):
                await self.turns.keep_delay(self.crawler.engine.downloader, address, outside=True)
                yield

        async def pause(asked: str) -> None:
            async with self.turns.turn(address, urgent=urgent):
                await self.turns.keep_delay(self.crawler.engine.downloader, asked, outside=True)

        limits = limits_of(self)
        if until is not None:
            left_s = max(1.0, until - monotonic())
            limits = replace(
                limits, account_s=min(limits.account_s, left_s), browser_s=min(limits.browser_s, left_s)
            )
        return Visit(
            look=look, fetch=fetch, book=self.book, pause=pause, stamp=self.stamp, hosts=self.work.hosts,
            limits=limits, subject=self._subjects.get(look.subject_id), clocks=self.work.clocks,
            browser=self._browser, alone=alone, credentials=self.work.credentials, words=self.work.words,
        )  # fmt: skip


def _within(ask: Ask, until: float | None) -> Ask:
    """For a check: no answer is waited for longer than the check has left, yet a second at least."""
    return ask if until is None else replace(ask, timeout_s=max(1.0, until - monotonic()))
