from datetime import timedelta

import pytest

from domain.errors import FenceLostError, InputError, RefusedError
from domain.looks import RunKind, RunOutcome, Validators
from storage.archive import Archive
from tests.storage.seen import NIGHT, night, planned, record, row, seen, start


def test_a_run_comes_back_with_its_plan_in_order(archive: Archive) -> None:
    plan = [planned(f"column:{n}", window_days=14, reason="夜间") for n in (3, 1, 2)]
    plan.append(planned("column:9", validators=Validators(etag='"x"'), check_id=4))
    plan.append(planned("column:8", validators=Validators()))
    run = start(archive, plan)
    assert run.plan == tuple(plan)
    assert archive.run(run.id) == run
    assert archive.unfinished_run() == run
    assert archive.unfinished_run(RunKind.ON_DEMAND) is None
    assert archive.runs(5)[0].id == run.id


def test_runs_are_read_page_by_page(archive: Archive) -> None:
    assert archive.run_count() == 0
    made = [start(archive, [planned()]).id for _ in range(3)]
    assert archive.run_count() == 3
    assert [[run.id for run in archive.runs(2, first=first)] for first in (0, 2, 4)] == [
        [made[2], made[1]], [made[0]], []
    ]  # fmt: skip


def test_a_plan_grows_without_doubles(archive: Archive) -> None:
    run = start(archive, [planned("column:a")])
    archive.extend_plan(run, [planned("column:a"), planned("column:b"), planned("column:a", check_id=7)])
    archive.extend_plan(run, [planned("column:b")])
    looks = archive.run(run.id).plan
    assert [(look.subject_id, look.check_id) for look in looks] == [
        ("column:a", None), ("column:b", None), ("column:a", 7)
    ]  # fmt: skip
    archive.heartbeat(run, night(0), 2, 1)
    progress = archive.progress(run.id)
    assert (progress.planned, progress.done, progress.failed) == (3, 2, 1)


def test_after_a_take_over_the_old_process_writes_nothing(archive: Archive) -> None:
    old = start(archive, [planned()])
    new = archive.take_over(old.id, pid=2, at=NIGHT + timedelta(hours=1))
    assert (new.fence, new.pid, new.plan) == (old.fence + 1, 2, old.plan)
    late = seen(NIGHT, [row("a", None)], body=b"<html>")
    for write in (
        lambda: archive.record(old, [late]),
        lambda: archive.heartbeat(old, NIGHT, 1, 0),
        lambda: archive.finish_run(old, RunOutcome.DONE, NIGHT),
        lambda: archive.extend_plan(old, [planned("column:x")]),
        lambda: archive.save_events([], [], run=old, at=NIGHT),
        lambda: archive.claim_check(old, NIGHT),
    ):
        archive.ask_check("caizhengju", NIGHT)
        with pytest.raises(FenceLostError, match="接管"):
            write()
    assert archive.looks_of("column:dt") == []
    assert archive.rows_of("column:dt") == []
    assert archive.run(old.id) == new
    assert archive.record(new, [late])


def test_a_finished_run_is_no_longer_open_and_a_done_one_is_not_taken_over(archive: Archive) -> None:
    stopped, done = start(archive), start(archive)
    archive.finish_run(stopped, RunOutcome.STOPPED, night(0))
    archive.finish_run(done, RunOutcome.DONE, night(0))
    assert archive.unfinished_run() is None
    assert archive.take_over(stopped.id, pid=3, at=night(0)).outcome is RunOutcome.RUNNING
    with pytest.raises(RefusedError, match="已经完成"):
        archive.take_over(done.id, pid=3, at=night(0))
    with pytest.raises(InputError, match="没有第 99 次"):
        archive.run(99)


def test_observed_names_what_the_run_saw(archive: Archive) -> None:
    run = start(archive)
    record(archive, seen(NIGHT, []), seen(NIGHT, [], check_id=3), run=run)
    assert archive.observed(run.id) == {("column:dt", None), ("column:dt", 3)}
