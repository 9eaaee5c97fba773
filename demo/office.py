"""The demo's office: drives the real command by subprocess, every step as a person would."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from demo.nights import CLOSED_AT, DECIDED_AT, ISSUED_AT, MONTH

START = "import sys; from cli.main import main; sys.exit(main())"
PERSON = "张三（演示）"


class CommandFailedError(Exception):
    """A step of the demo did not end with 0; carries what it said."""


@dataclass(frozen=True, slots=True)
class DemoOffice:
    """A deployment folder and where its documents go."""

    folder: Path
    documents: Path

    def init(self) -> None:
        self._zwgk("init", str(self.folder), "--simulation", here=False)

    def check_config(self) -> None:
        self._zwgk("config", "check")

    def crawl(self, at: datetime) -> Mapping[str, Any]:
        report: Mapping[str, Any] = self._asked("crawl", "--as-of", at.isoformat())
        return report

    def attest(self, subject: str, newest: date, at: datetime) -> None:
        """What a person saw on a telephone."""
        by = ("--by", PERSON, "--reason", "已用手机打开账号查看", "--as-of", at.isoformat())
        self._zwgk("attest", subject, "--newest", newest.isoformat(), *by)

    def events(self) -> list[dict[str, Any]]:
        said = self._asked("events")
        found: list[dict[str, Any]] = said["events"] if isinstance(said, dict) else said
        return found

    def confirm(self, event_id: int, reason: str) -> None:
        by = ("--by", PERSON, "--reason", reason, "--as-of", DECIDED_AT.isoformat())
        self._zwgk("decide", str(event_id), "confirm", *by)

    def scores(self) -> list[dict[str, Any]]:
        sheets: list[dict[str, Any]] = self._asked("score")["sheets"]
        return sheets

    def draft(self) -> Mapping[str, Any]:
        return self._month("month", "draft", MONTH, at=CLOSED_AT)

    def close(self) -> Mapping[str, Any]:
        return self._month("month", "close", MONTH, "--by", PERSON, at=CLOSED_AT)

    def issue(self, number: int, day: date) -> Mapping[str, Any]:
        how = ("--number", str(number), "--date", day.isoformat(), "--by", PERSON, "--no-pdf")
        return self._month("notice", "issue", MONTH, *how, at=ISSUED_AT)

    def verify(self) -> Mapping[str, Any]:
        said: Mapping[str, Any] = self._asked("verify")
        return said

    def _month(self, *words: str, at: datetime) -> Mapping[str, Any]:
        said: Mapping[str, Any] = self._asked(*words, "--out", str(self.documents), "--as-of", at.isoformat())
        return said

    def _asked(self, *words: str) -> Any:
        return json.loads(self._zwgk(*words, "--json"))

    def _zwgk(self, *words: str, here: bool = True) -> str:
        """Run `zwgk`; its progress goes to our stderr. Raises CommandFailedError."""
        command = [sys.executable, "-c", START, *words, *(["--dir", str(self.folder)] if here else [])]
        clean = {name: value for name, value in os.environ.items() if not name.startswith("ZWGK_")}
        environment = {name: value for name, value in clean.items() if not name.lower().endswith("_proxy")}
        done = subprocess.run(
            command, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=environment, check=False
        )
        if done.returncode != 0:
            raise CommandFailedError(f"zwgk {' '.join(words)} ended with {done.returncode}:\n{done.stdout}")
        return done.stdout
