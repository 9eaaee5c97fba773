"""Crawl children: is one alive, start one, talk with it. One file knows pids and pipes."""

import json
import os
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast

import app
from domain.looks import Run, RunOutcome

SILENT = timedelta(seconds=300)
"""A run without heartbeat for so long is dead even if its pid lives (hung, or another process's by now)."""

LEASE = "crawl"
"""One crawl child at a time holds this lease."""

CODE = Path(app.__file__).resolve().parent.parent
TAIL_LINES = 20


def alive(run: Run, now: datetime) -> bool:
    """Is the run's process still at work? `now`: true time."""
    if run.outcome is not RunOutcome.RUNNING or run.pid is None:
        return False
    return now - (run.heartbeat_at or run.started_at) < SILENT and _process_lives(run.pid)


def _process_lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    with suppress(OSError):  # no /proc on this system: the signal's word stands
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    return True


def lease_holder(run: Run) -> str:
    """The name under which a run's child holds the crawl lease: the same after a take-over."""
    return f"run {run.id}"


@dataclass(slots=True)
class Child:
    """A running crawl child. Its stdin is our life line: it stops when we are gone."""

    process: "subprocess.Popen[str]"
    tail: deque[str] = field(default_factory=lambda: deque(maxlen=TAIL_LINES))

    @classmethod
    def start(cls, folder: Path, run_id: int) -> "Child":
        options = ["--dir", str(folder.resolve()), "--run", str(run_id), "--life-line"]
        return cls(_started("app.child", *options))

    @classmethod
    def wishing(cls, module: str, wish: Mapping[str, Any]) -> "Child":
        """A child that is told on its stdin what is wanted; the pipe is closed behind it."""
        child = cls(_started(module))
        assert child.process.stdin is not None
        with suppress(BrokenPipeError):
            child.process.stdin.write(json.dumps(wish, ensure_ascii=False) + "\n")
            child.process.stdin.close()
        return child

    @classmethod
    def listening(cls, module: str) -> "Child":
        """A child that answers one wish after another, until its stdin is closed."""
        return cls(_started(module))

    def ask(self, wish: Mapping[str, Any], limit_s: float) -> dict[str, Any] | None:
        """Its answer; None when it is gone, or ended here for having taken longer than the limit."""
        assert self.process.stdin is not None
        late = threading.Timer(limit_s, self.kill)
        late.start()
        try:
            self.process.stdin.write(json.dumps(wish, ensure_ascii=False) + "\n")
            self.process.stdin.flush()
            return next(self.messages(), None)
        except BrokenPipeError:
            return None
        finally:
            late.cancel()

    def messages(self) -> Iterator[dict[str, Any]]:
        """What the child says, until it ends. Other lines (log, tracebacks) are kept in `tail`."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.startswith("{"):
                with suppress(json.JSONDecodeError):
                    yield cast("dict[str, Any]", json.loads(line))
                    continue
            self.tail.append(line.rstrip())
        self.process.wait()

    def stop(self) -> None:
        """Ask it to stop: it finishes the request in hand and stores what it has."""
        if self.process.poll() is None:
            self.process.terminate()

    def kill(self) -> None:
        if self.process.poll() is None:
            self.process.kill()

    def close(self) -> None:
        """Let go of pipes and process."""
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        self.process.wait()


def _started(module: str, *options: str) -> "subprocess.Popen[str]":
    path = os.pathsep.join([str(CODE), *filter(None, [os.environ.get("PYTHONPATH")])])
    return subprocess.Popen(
        [sys.executable, "-P", "-m", module, *options],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, encoding="utf-8", errors="replace",
        env={**os.environ, "PYTHONPATH": path, "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"},
        start_new_session=True,
    )  # fmt: skip
