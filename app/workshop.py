"""Work of seconds in processes of its own, so that the console's pages never wait for it.

What is worked on comes from the deployment's folder; what comes back is plain data. `Beside` serves the
console; `Here` does the same where it stands, for tests and small tools.
"""

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError, ProcessPoolExecutor
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from app.deployment import Deployment
from app.office import Office
from domain.errors import ZwgkError

P = ParamSpec("P")
R = TypeVar("R")

AT_ONCE = 2
"""Processes: a draft need not wait for the scores of all units."""
POLITE = 5
"""How far the work stands behind the pages when both want the processor."""


class Workshop(Protocol):
    def do(
        self, work: Callable[Concatenate[Office, P], R], office: Office, *args: P.args, **named: P.kwargs
    ) -> R:
        """The work's result over the office, waited for. Raises what the work raises."""
        ...

    def close(self) -> None: ...


class Here:
    """In the calling thread."""

    def do(
        self, work: Callable[Concatenate[Office, P], R], office: Office, *args: P.args, **named: P.kwargs
    ) -> R:
        return work(office, *args, **named)

    def close(self) -> None:
        pass


class Beside:
    """In other processes, which open the office's folder themselves, only read, and end with this one."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._at_once, self._lock = at_once, threading.Lock()
        self._spawn = multiprocessing.get_context("spawn")
        self._ends, self._open = self._spawn.Pipe(duplex=False)
        self._pool: ProcessPoolExecutor | None = None

    def do(
        self, work: Callable[Concatenate[Office, P], R], office: Office, *args: P.args, **named: P.kwargs
    ) -> R:
        """`work` is a function of a module. Raises ZwgkError too where its process was ended from outside."""
        pool = self._opened()
        try:
            return pool.submit(_done, office.settings.dir, work, args, named).result()
        except (BrokenExecutor, CancelledError) as error:
            self._drop(pool)
            raise ZwgkError("统计的进程被中断了（可能是内存不足）。请再试一次。") from error

    def close(self) -> None:
        """What is being worked on is given up: a draft may take minutes."""
        self._open.close()
        if self._pool is not None:
            self._drop(self._pool)

    def _opened(self) -> ProcessPoolExecutor:
        with self._lock:
            if self._pool is None:
                self._pool = ProcessPoolExecutor(
                    self._at_once, mp_context=self._spawn, initializer=_settle, initargs=(self._ends,)
                )
            return self._pool

    def _drop(self, pool: ProcessPoolExecutor) -> None:
        """Whoever comes first shuts it down; two at once close its pipes twice."""
        with self._lock:
            if self._pool is not pool:
                return
            self._pool = None
        pool.shutdown(wait=True, cancel_futures=True)


_deployments: dict[Path, Deployment] = {}


def _done(folder: Path, work: Callable[..., R], args: tuple[Any, ...], named: dict[str, Any]) -> R:
    if folder not in _deployments:
        _deployments[folder] = Deployment(folder)
        gc.freeze()  # the program itself needs no collector
    return work(_deployments[folder].office(), *args, **named)


def _settle(ends: "Connection[Any, Any]") -> None:
    """Ctrl-C is for the parent; without a parent, or once it closes, there is nothing left to do."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(os, "nice"):  # not on Windows
        os.nice(POLITE)
    threading.Thread(target=_end_with, args=(ends,), name="end", daemon=True).start()


def _end_with(ends: "Connection[Any, Any]") -> None:
    """The pipe's other end is open as long as the parent wants us."""
    with suppress(EOFError):
        ends.recv()
    os._exit(0)
