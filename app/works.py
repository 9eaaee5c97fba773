"""Work of seconds done beside the console's pages: asked for by name, done once, shown when it is there.

Results live in memory only: everything they are made from is in the archive.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from time import monotonic
from typing import Any
from uuid import uuid4

from domain.errors import ZwgkError

WAIT_S = 0.1
"""How long a page waits for work before it shows that it is going on."""

AT_ONCE = 2
"""So that a draft need not wait for LibreOffice."""

KEPT = 24
"""So many results are kept, the ones asked for last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Going:
    """Work that is going on. `seconds`: since when."""

    id: str
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What came of it. `fresh` False: of an earlier version; `going`: the newer one being made."""

    result: Any
    fresh: bool = True
    going: Going | None = None


class _Work:
    def __init__(self, version: Hashable) -> None:
        self.id, self.version, self.began = uuid4().hex, version, monotonic()
        self.ended = threading.Event()
        self.result: Any = None
        self.error: ZwgkError | None = None

    @property
    def going(self) -> Going | None:
        return None if self.ended.is_set() else Going(id=self.id, seconds=monotonic() - self.began)

    def run(self, call: Callable[[], Any], turn: threading.Semaphore) -> None:
        """Few at a time: they share the machine with the pages."""
        self.error = ZwgkError("程序出了差错，没有完成。请再试一次；如果总是这样，请告诉管理员。")
        try:
            with turn:
                self.result = call()
            self.error = None
        except ZwgkError as error:
            self.error = error
        finally:
            self.ended.set()


class Works:
    """All threads share one. `ask` never waits longer than `wait_s`."""

    def __init__(self, wait_s: float = WAIT_S) -> None:
        self._wait_s = wait_s
        self._lock, self._turn = threading.Lock(), threading.BoundedSemaphore(AT_ONCE)
        self._done: OrderedDict[Hashable, _Work] = OrderedDict()
        self._going: dict[Hashable, _Work] = {}

    def ask(self, name: Hashable, version: Hashable, call: Callable[[], Any]) -> Done | Going:
        """The result of this version; an earlier one while this is made; else that it is going on.

        Raises the ZwgkError the work ended with, once: the next to ask has it tried again.
        """
        with self._lock:
            old = self._settled(name)
            if old is not None and old.version == version:
                return Done(result=old.result)
            work = self._going.get(name) or self._started(name, version, call)
        work.ended.wait(self._wait_s)
        with self._lock:
            old = self._settled(name)
            if old is None:
                return Going(id=work.id, seconds=monotonic() - work.began)
            return Done(result=old.result, fresh=old.version == version, going=work.going)

    def going(self, name: Hashable) -> Going | None:
        """Whether work of this name is going on. Raises the error it ended with, once."""
        with self._lock:
            self._settled(name)
            work = self._going.get(name)
            return work.going if work is not None else None

    def seconds(self, work_id: str) -> float | None:
        """How long the work has been going on; None when it is over."""
        with self._lock:
            found = (w for w in self._going.values() if w.id == work_id and not w.ended.is_set())
            return next((monotonic() - work.began for work in found), None)

    def _started(self, name: Hashable, version: Hashable, call: Callable[[], Any]) -> _Work:
        work = self._going[name] = _Work(version)
        threading.Thread(target=work.run, args=(call, self._turn), name="work", daemon=True).start()
        return work

    def _settled(self, name: Hashable) -> _Work | None:
        """The newest result, after taking over what ended since."""
        work = self._going.get(name)
        if work is not None and work.ended.is_set():
            del self._going[name]
            if work.error is not None:
                raise work.error
            self._done[name] = work
            while len(self._done) > KEPT:
                self._done.popitem(last=False)
        if name in self._done:
            self._done.move_to_end(name)
        return self._done.get(name)
