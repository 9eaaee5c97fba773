"""What a run's spider asks of its process: documents due, checks waiting, judging when a host is done."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from app.by_hand import remind_office
from app.clues import announce
from app.judge import judge_subjects
from app.office import Office
from app.plans import documents_due, plan_check
from app.sources import alarm
from crawler.stamp import Stamp
from crawler.work import Check
from domain.clock import local_day
from domain.errors import FenceLostError, ZwgkError
from domain.looks import Observation, PlannedLook, Run, RunKind, RunOutcome
from domain.readings import PageState

READ = frozenset({PageState.OK, PageState.UNDATED, PageState.EMPTY})


class RunDesk:
    """Between spider and archive. After the first error of the archive nothing more is asked of it."""

    def __init__(self, office: Office, run: Run) -> None:
        self.office, self.run = office, run
        self.error: ZwgkError | None = None
        self.on_error: Callable[[], None] = lambda: None
        self.stamp = Stamp()
        self._offline = False  # the fault may be ours: no source is blamed then
        self.planned = len(run.plan)
        earlier = office.archive.looks_in_run(run.id)
        self.done, self.failed = len(earlier), sum(look.state not in READ for look in earlier)
        self._unjudged = {look.parent_id or look.subject_id for look in earlier}

    def fail(self, error: ZwgkError) -> None:
        """Remember the first error and end the crawl."""
        if self.error is None:
            self.error = error
            self.on_error()

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Turn an error of the archive into the end of the crawl, not of the event loop."""
        try:
            yield
        except ZwgkError as error:
            self.fail(error)

    def documents_of(self, look: PlannedLook, seen: Observation) -> Sequence[PlannedLook]:
        found: Sequence[PlannedLook] = ()
        with self.watched():
            found = documents_due(self.office, look, seen)
            if look.check_id is None and found:
                self.office.archive.extend_plan(self.run, found)
                self.planned += len(found)
        return found

    def controls_failed(self, urls: Sequence[str]) -> None:
        """Everything this run sees waits for a person, and the administrator is told (design.md §4.8)."""
        why = f"对照网址都打不开（{'、'.join(urls)}），疑似本机网络故障，本次读数须人工判断"
        self._offline = True
        with self.watched():
            held = dict.fromkeys((look.subject_id for look in self.run.plan), why)
            self.office.archive.save_holds(self.run.id, held)
            self.office.archive.open_task("control", "control_urls", why, at=self.office.now())

    def waiting_check(self) -> Check | None:
        with self.watched():
            claimed = self.office.archive.claim_check(self.run, self.office.clock())
            if claimed is not None:
                check_id, unit_id = claimed
                day = local_day(self.stamp.judged())
                return Check(id=check_id, looks=plan_check(self.office, unit_id, day, check_id))
        return None

    def looked(self, item: object) -> dict[str, object] | None:
        """Count an observation; what the parent is told of it."""
        if not isinstance(item, Observation):
            return None
        if item.check_id is None:
            self.done += 1
            self.failed += item.state not in READ
        self._unjudged.add(item.parent_id or item.subject_id)
        return {
            "planned": max(self.planned, self.done), "done": self.done, "failed": self.failed,
            "subject": item.subject_id, "state": item.state.value, "why": item.why,
        }  # fmt: skip

    def host_stored(self, subjects: Sequence[str], check_id: int | None) -> None:
        """All of a host, or of a check, is in the archive: judge it. A check is then answered."""
        with self.watched():
            error = ""
            try:
                self._judge(subjects)
            except FenceLostError:
                raise
            except ZwgkError as problem:
                if check_id is None:
                    raise
                error = str(problem)
            if check_id is not None:
                self.office.archive.finish_check(check_id, self.office.clock(), error)

    def judge_rest(self) -> None:
        """Judge what earlier processes of the run stored, or documents whose host was done before."""
        self._judge(tuple(self._unjudged))

    def finish(self, outcome: RunOutcome) -> None:
        """Write the run's end; a simulation then stands at the moment of its last look."""
        if self.office.archive.simulation:
            self.office.archive.advance(self.stamp.judged())
        if self.run.kind is RunKind.NIGHTLY:
            remind_office(self.office)
            if not self._offline:
                alarm(self.office)
        announce(self.office)
        now = self.office.clock()
        self.office.archive.heartbeat(self.run, now, self.done, self.failed)
        self.office.archive.finish_run(self.run, outcome, now)

    def _judge(self, subjects: Sequence[str]) -> None:
        if subjects:
            judge_subjects(self.office, subjects, run=self.run)
            self._unjudged.difference_update(subjects)
