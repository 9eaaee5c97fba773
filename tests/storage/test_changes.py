"""What changed since a stamp, and whom it is about, on both databases."""

from domain.looks import RunKind
from storage.archive import Archive
from storage.changes import Changes
from tests.storage.seen import night


def test_entries_of_the_log_are_about_their_units(archive: Archive) -> None:
    before = archive.state_stamp()
    archive.append_log("check.asked", "unit:czj", {}, actor="张三", at=night(1))
    archive.append_log("user.added", "user:zhang", {}, actor="张三", at=night(1))
    assert archive.state_stamp() > before
    assert archive.changes(before) == Changes(units={"czj"})
    assert archive.changes(archive.state_stamp()) == Changes()


def test_what_cannot_be_told_apart_and_what_is_held_is_about_everybody(archive: Archive) -> None:
    before = archive.state_stamp()
    archive.append_log("month.closed", "month:2026-10", {}, actor="张三", at=night(1))
    assert archive.changes(before).everything
    run = archive.start_run(RunKind.NIGHTLY, (), started_at=night(2), as_of=None, pid=1)
    before = archive.state_stamp()
    archive.save_holds(run.id, {"column:czj-dt": "疑似改版"})
    assert archive.changes(before).everything
