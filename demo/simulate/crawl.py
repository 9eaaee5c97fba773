"""A night's crawl without sockets: the product's plan, readers and archive, asking the portal directly."""

import asyncio
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from app.judge import judge_subjects
from app.office import Office
from app.plans import clocks_of, documents_due, hosts_of, plan_night
from crawler.addresses import AddressBook
from crawler.answers import Answer, Ask
from crawler.apps.zips import whole
from crawler.failures import NoAnswer, bad_status
from crawler.observe import Read, observed
from crawler.plan import Clocks
from crawler.spiders.accounts import see_account
from crawler.spiders.columns import see_column
from crawler.spiders.documents import see_document
from crawler.stamp import Stamp
from crawler.visit import Seer, Visit
from demo.simulate.portal import Portal
from demo.simulate.year import Thing, Year
from domain.looks import Observation, PlannedLook, RunKind, RunOutcome
from domain.readings import DocumentReading, PackageReading, PageState
from domain.units import SubjectKind
from monitors.columns import GONE
from monitors.walk import READ

DOCUMENT_S = 0.001
"""Seconds from a column's look to each of its documents': they follow at once."""


@dataclass(slots=True)
class Crawl:
    """Crawls the portal night after night into an office's archive."""

    office: Office
    year: Year
    portal: Portal
    looks: int = 0
    _things: dict[str, Thing] = field(default_factory=dict)
    _hosts: frozenset[str] = frozenset()
    _clocks: Clocks = field(default_factory=dict)
    _last: dict[str, tuple[object, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._things.update((thing.subject_id, thing) for thing in self.year.things)
        self._hosts, self._clocks = hosts_of(self.office), clocks_of(self.office)

    def night(self, day: date, *, judge_all: bool) -> None:
        """Look at everything due on the day, store it, judge it.

        Subjects that look as they did the night before are judged with the next `judge_all`: nothing in
        the result depends on when judging happens, only holds are made of what turns in a run.
        """
        archive = self.office.archive
        plan = plan_night(self.office, day)
        starts = [self.year.look_at(self._thing(look), day) for look in plan]
        wall = self.office.clock()
        run = archive.start_run(RunKind.NIGHTLY, plan, started_at=wall, as_of=min(starts), pid=1)
        seen = asyncio.run(self._see_all(plan, day))
        for first in range(0, len(seen), 200):
            archive.record(run, seen[first : first + 200])
        archive.advance(max(one.fetched_at for one in seen))
        archive.finish_run(run, RunOutcome.DONE, wall)
        self.looks += len(seen)
        changed = self._changed(seen, day)
        subjects = [subject.subject_id for subject in self.office.registry.subjects]
        judge_subjects(self.office, subjects if judge_all else changed, run=run)

    async def _see_all(self, plan: tuple[PlannedLook, ...], day: date) -> list[Observation]:
        found: list[Observation] = []
        for look in plan:
            at = self.year.look_at(self._thing(look), day)
            for seen in await self._see(look, at):
                found.append(seen)
                if seen.kind is SubjectKind.COLUMN:
                    found += await self._documents(look, seen, at)
        return list({(one.subject_id, one.check_id): one for one in found}.values())

    def _thing(self, look: PlannedLook) -> Thing:
        """The subject itself, or a document's column."""
        return self._things[look.parent_id or look.subject_id]

    async def _documents(self, look: PlannedLook, seen: Observation, at: datetime) -> list[Observation]:
        found: list[Observation] = []
        for number, document in enumerate(documents_due(self.office, look, seen), 1):
            found += await self._see(document, at + timedelta(seconds=DOCUMENT_S * number))
        return found

    async def _see(self, look: PlannedLook, at: datetime) -> list[Observation]:
        if look.kind is SubjectKind.APP:
            return [self._package(look, at)]
        return await SEERS[look.kind](self._visit(look, at))

    def _visit(self, look: PlannedLook, at: datetime) -> Visit:
        async def fetch(ask: Ask) -> Answer:
            return self._answer(ask, at)

        async def pause(_: str) -> None:
            return None

        known = self._things.get(look.subject_id)
        return Visit(
            look=look, fetch=fetch, book=AddressBook(), pause=pause, stamp=Stamp(at),
            hosts=self._hosts, clocks=self._clocks,
            subject=self.office.registry.subject(look.subject_id) if known else None,
        )  # fmt: skip

    def _answer(self, ask: Ask, at: datetime) -> Answer:
        reply = self.portal.reply(ask.url, at)
        blank = Answer(url=ask.url, fetched_at=at, wall_at=at, elapsed_s=0.1)
        if reply.status is None:
            return replace(blank, failure=NoAnswer(PageState.FAILED, "连接失败"))
        if reply.status != 200:
            return replace(blank, status=reply.status, final_url=ask.url, failure=bad_status(reply.status))
        etag = f'"{hashlib.sha256(reply.body).hexdigest()[:16]}"'
        headers = {"Content-Type": reply.content_type, "ETag": etag}
        return replace(blank, status=200, final_url=ask.url, headers=headers, body=reply.body)

    def _package(self, look: PlannedLook, at: datetime) -> Observation:
        """The download link, judged by the file itself as over the network."""
        reply = self.portal.reply(look.url, at)
        answer = Answer(
            url=look.url, fetched_at=at, wall_at=at, elapsed_s=0.1, status=reply.status, final_url=look.url,
            body=reply.body,
        )  # fmt: skip
        if reply.status == 404:
            verdict = PackageReading(verdict="broken", why="下载链接已失效（HTTP 404）")
        elif reply.status != 200:
            verdict = PackageReading(verdict="unknown", why="没有明确应答")
        elif reply.body.startswith(b"<"):
            verdict = PackageReading(verdict="broken", why="下载链接打开的是网页，不是安装包")
        else:
            good = whole(reply.body) == "ok"
            verdict = PackageReading(verdict="ok" if good else "broken", why="安装包可以下载，文件完整")
        state = PageState.FAILED if verdict.verdict == "unknown" else PageState.OK
        return observed(look, answer, Read(state=state, why=verdict.why, reading=verdict))

    def _changed(self, seen: list[Observation], day: date) -> list[str]:
        """Subjects that look otherwise than when they last answered, or whose newest row came of age.

        Of documents only those seen before: whether a notice goes on waiting for one depends on its labels.
        What gave no answer turns nothing.
        """
        changed = []
        for one in (one for one in seen if one.state in READ or one.http_status in GONE):
            labels = one.reading.labels if isinstance(one.reading, DocumentReading) else None
            looks = (one.state, one.http_status, _age(one, day), labels)
            known = one.kind is not SubjectKind.DOCUMENT or one.subject_id in self._last
            if known and self._last.get(one.subject_id) != looks:
                changed.append(one.subject_id)
            self._last[one.subject_id] = looks
        return changed


SEERS: Mapping[SubjectKind, Seer] = {
    SubjectKind.COLUMN: see_column,
    SubjectKind.DOCUMENT: see_document,
    SubjectKind.ACCOUNT: see_account,
}


def _age(seen: Observation, day: date) -> bool:
    """Whether a list's newest row is over a fortnight old."""
    newest = getattr(seen.reading, "newest_on", None)
    on = newest(seen.fetched_at) if callable(newest) else None
    return on is not None and (day - on).days > 14
