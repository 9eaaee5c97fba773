"""The scheduler's process: a timer, one worker at a time, an orderly end on SIGTERM or Ctrl-C."""

import logging
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from types import FrameType

from apscheduler.schedulers.background import BackgroundScheduler

from app.crawls import bury_dead, run_crawl
from app.deployment import fingerprint
from app.notify import due as somebody_waits
from app.notify import notify
from app.office import Office, open_office
from app.processes import Child, alive
from app.scheduler import LEASE, Action, Tick, tick
from app.told import BY_MACHINE, OUTBOX, remind
from domain.clock import BEIJING
from domain.errors import RefusedError, ZwgkError
from domain.looks import RunKind, RunOutcome
from domain.notify import Outcome

log = logging.getLogger(__name__)

EVERY_S = 10
RETRY = timedelta(minutes=10)
"""After a crawl that failed: how long until the next attempt."""

NOTIFY_EVERY = timedelta(minutes=30)
"""How often messages are looked after while somebody has not been told yet; so long after a failure, too."""

STOP_S = 30.0
"""How long a crawl gets to end in order; its rest is gone on with after the next start."""


def serve(folder: Path, *, told: Callable[[str], None], every_s: float = EVERY_S) -> None:
    """Run the schedule until SIGTERM or Ctrl-C. `told` gets a sentence for each thing that happens.

    Raises RefusedError for a simulation, or while another scheduler is at work; ConfigError, StorageError.
    """
    office = open_office(folder)
    with office.archive:
        if office.archive.simulation:
            raise RefusedError("模拟库不按钟点运行：用 zwgk crawl --as-of 时刻 逐次监测。")
        Server(office, told).run(every_s)


def stand_by(*, told: Callable[[str], None]) -> None:
    """Wait for SIGTERM or Ctrl-C: what a simulation does, whose nights are run by hand."""
    stopping = threading.Event()
    with _stopped_by_signals(stopping):
        told("模拟库不按钟点运行：只开控制台；按 Ctrl-C 或发送 SIGTERM 停止。")
        stopping.wait()


class Server:
    """Ticks, and does what a tick asks for in a worker thread, so that the lease goes on being renewed."""

    def __init__(self, office: Office, told: Callable[[str], None]) -> None:
        self.office, self.told = office, told
        self.folder = office.settings.dir
        self.holder = f"{socket.gethostname()}:{os.getpid()}"
        self.stopping = threading.Event()
        self._files = fingerprint(self.folder)
        self._worker: threading.Thread | None = None
        self._not_before: datetime | None = None
        self._post: threading.Thread | None = None
        self._next_post: datetime | None = None

    def run(self, every_s: float) -> None:
        first = tick(self.office, self.office.clock(), holder=self.holder)
        if first.action is Action.STAND_BY:
            raise RefusedError("另一个调度进程正在运行，不能同时再开一个。请先停止它。")
        clock = BackgroundScheduler(timezone=BEIJING)
        clock.add_job(self.beat, "interval", seconds=every_s, coalesce=True, max_instances=1)
        with _stopped_by_signals(self.stopping):
            clock.start()
            self.told("调度已开始；按 Ctrl-C 或发送 SIGTERM 停止。")
            self.stopping.wait()
            clock.shutdown(wait=True)
            self._wind_up()

    def beat(self) -> None:
        """One tick of the timer. An error of ours is told, and the next tick tries again."""
        try:
            self._reload()
            now = self.office.clock()
            asked = tick(self.office, now, holder=self.holder)
            if asked.action in {Action.CRAWL, Action.CHECK} and self._free(now):
                self._start(asked)
            elif asked.action is not Action.STAND_BY:
                self._send_post(now)
        except ZwgkError as error:
            self.told(str(error))

    def _free(self, now: datetime) -> bool:
        busy = self._worker is not None and self._worker.is_alive()
        waiting = self._not_before is not None and now < self._not_before
        return not busy and not waiting and not self.stopping.is_set()

    def _start(self, asked: Tick) -> None:
        log.info("%s: %s", asked.action, asked.why)
        work = partial(self._crawl, asked.only) if asked.action is Action.CRAWL else self._serve_checks
        self._worker = threading.Thread(target=self._guarded, args=(work,), name=asked.action)
        self._worker.start()

    def _guarded(self, work: Callable[[Office], None]) -> None:
        """Do the work with an office of its own (files read anew). A failure is told and tried again."""
        self._not_before = None
        try:
            office = open_office(self.folder)
            with office.archive:
                work(office)
        except ZwgkError as error:
            self._not_before = self.office.clock() + RETRY
            self.told(f"{error}\n{RETRY.seconds // 60} 分钟后再试。")

    def _crawl(self, only: frozenset[str] | None, office: Office) -> None:
        self.told("每晚监测开始。" if only is None else f"整改到期复查开始（{len(only)}个对象）。")
        report = run_crawl(office, only=only)
        self.told(
            f"第 {report.run_id} 次监测结束（{report.outcome.value}）：已看 {report.done} 处，"
            f"{report.failed} 处没有得到答复。"
        )
        if report.outcome is RunOutcome.DONE:
            self._remind(office)

    def _remind(self, office: Office) -> None:
        """What units are to hear now, as texts in the outbox; sending them is another's work."""
        outbox = self.folder / OUTBOX
        letters = remind(office, out=outbox, by=BY_MACHINE)
        if letters:
            self.told(f"给 {len(letters)} 个单位的提示已写入 {outbox}。")

    def _send_post(self, now: datetime) -> None:
        """Messages go out in a thread of their own: a mail server may take its time."""
        busy = any(one is not None and one.is_alive() for one in (self._worker, self._post))
        if busy or self.stopping.is_set() or (self._next_post is not None and now < self._next_post):
            return
        if somebody_waits(self.office):
            self._next_post = now + NOTIFY_EVERY
            self._post = threading.Thread(target=self._posted, name="notify", daemon=True)
            self._post.start()

    def _posted(self) -> None:
        try:
            office = open_office(self.folder)
            with office.archive:
                found = notify(office, holder=f"{self.holder}:notify")
        except ZwgkError as error:
            self.told(str(error))
            return
        for one in found:
            if one.outcome in {Outcome.SENT, Outcome.FAILED, Outcome.NO_ADDRESS}:
                self.told(f"通知 {one.recipient.name}（{one.recipient.to}）：{one.outcome.value}。")

    def _serve_checks(self, office: Office) -> None:
        """A child takes every waiting check from the queue, and ends."""
        bury_dead(office, RunKind.ON_DEMAND)
        run = office.archive.start_run(
            RunKind.ON_DEMAND, (), started_at=office.clock(), as_of=None, pid=os.getpid()
        )
        child = Child.start(office.settings.dir, run.id)
        try:
            for _ in child.messages():
                pass
        finally:
            child.close()
        bury_dead(office, RunKind.ON_DEMAND)

    def _reload(self) -> None:
        """Registry, rubrics or settings were edited: take them over once they are right."""
        files = fingerprint(self.folder)
        if files == self._files:
            return
        self._files = files
        fresh = open_office(self.folder)
        old, self.office = self.office, fresh
        old.archive.close()
        self.told("配置有改动，已重新读入。")

    def _wind_up(self) -> None:
        """End the crawl in hand in order, then give the lease up."""
        archive = self.office.archive
        if self._worker is not None and self._worker.is_alive():
            self.told("正在停止监测……")
            for kind in (RunKind.NIGHTLY, RunKind.ON_DEMAND):
                run = archive.unfinished_run(kind)
                if run is not None and run.pid is not None and alive(run, self.office.clock()):
                    with suppress(ProcessLookupError):
                        os.kill(run.pid, signal.SIGTERM)
            self._worker.join(STOP_S)
        archive.release_lease(LEASE, self.holder)
        archive.close()
        self.told("调度已停止。")


@contextmanager
def _stopped_by_signals(stopping: threading.Event) -> Iterator[None]:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopping.set()

    before = {asked: signal.signal(asked, stop) for asked in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for asked, handler in before.items():
            signal.signal(asked, handler)
