"""Where observations go: into the archive in batches, or on the screen.

The only file of the crawler that sees storage.
"""

import json
import sys
from dataclasses import asdict, dataclass, replace
from datetime import date

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from domain.errors import StorageError
from domain.looks import Observation, Run
from storage.archive import Archive

stored = object()
"""Signal, sent after a batch is in the archive: `observations`."""

host_stored = object()
"""Signal, sent when all that an address's looks saw is in the archive: `subjects`, `check_id`."""

storing_failed = object()
"""Signal: the archive refused a batch, the crawl cannot go on: `error`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HostDone:
    """Not an observation: everything of an address (or of an on-demand check) has been seen."""

    subjects: tuple[str, ...]
    check_id: int | None = None


class StorePipeline:
    """Collects observations and records them under the run's fence, one transaction a batch."""

    def __init__(self, crawler: Crawler) -> None:
        url = crawler.settings["ZWGK_DATABASE_URL"]
        if not url:
            raise NotConfigured
        self.crawler = crawler
        self.batch = crawler.settings.getint("ZWGK_BATCH")
        self.archive = Archive.open(url)
        run = self.archive.run(crawler.settings.getint("ZWGK_RUN_ID"))
        self.run: Run = replace(run, fence=crawler.settings.getint("ZWGK_FENCE"))
        self.waiting: list[Observation] = []
        self.failed = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "StorePipeline":
        return cls(crawler)

    def process_item(self, item: Observation | HostDone) -> Observation | HostDone:
        if isinstance(item, HostDone):
            self.flush()
            self._send(host_stored, subjects=item.subjects, check_id=item.check_id)
            return item
        self.waiting.append(item)
        if len(self.waiting) >= self.batch:
            self.flush()
        return item

    def close_spider(self) -> None:
        self.flush()
        self.archive.close()

    def flush(self) -> None:
        """Record what is waiting. After a refusal nothing more is written; `storing_failed` is sent once."""
        batch, self.waiting = self.waiting, []
        if not batch or self.failed:
            return
        try:
            self.archive.record(self.run, batch)
        except StorageError as error:
            self.failed = True
            self._send(storing_failed, error=error)
            return
        self._send(stored, observations=tuple(batch))

    def _send(self, signal: object, **arguments: object) -> None:
        self.crawler.signals.send_catch_log(signal, **arguments)


class ShowPipeline:
    """Writes each observation as a line of JSON on stdout: `scrapy crawl columns -a url=…`."""

    def __init__(self, crawler: Crawler) -> None:
        if crawler.settings["ZWGK_DATABASE_URL"]:
            raise NotConfigured
        crawler.signals.connect(self.shown, signals.item_scraped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "ShowPipeline":
        return cls(crawler)

    def process_item(self, item: Observation | HostDone) -> Observation | HostDone:
        return item

    def shown(self, item: Observation | HostDone) -> None:
        if isinstance(item, Observation):
            sys.stdout.write(json.dumps(_facts(item), ensure_ascii=False, default=_plain) + "\n")


def _facts(item: Observation) -> dict[str, object]:
    facts = asdict(replace(item, body=None, reading=None))
    facts["body_bytes"] = len(item.body or b"")
    facts["reading"] = _reading(item)
    return facts


def _reading(item: Observation) -> object:
    if item.reading is None:
        return None
    slots = type(item.reading).__dataclass_fields__
    return {name: _value(getattr(item.reading, name)) for name in slots}


def _value(value: object) -> object:
    if isinstance(value, tuple):
        return [_value(one) for one in value]
    fields = getattr(value, "__dataclass_fields__", None)
    return {name: _value(getattr(value, name)) for name in fields} if fields else value


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else dict(value)  # type: ignore[call-overload]
