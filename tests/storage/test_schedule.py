from datetime import timedelta

from storage.archive import Archive
from tests.storage.seen import NIGHT, night


def test_a_lease_has_one_holder_until_it_ends(archive: Archive) -> None:
    assert archive.take_lease("scheduler", "a", at=NIGHT, seconds=60)
    assert not archive.take_lease("scheduler", "b", at=NIGHT + timedelta(seconds=59), seconds=60)
    assert archive.take_lease("scheduler", "a", at=NIGHT + timedelta(seconds=30), seconds=60)
    assert not archive.take_lease("scheduler", "b", at=NIGHT + timedelta(seconds=89), seconds=60)
    assert archive.take_lease("scheduler", "b", at=NIGHT + timedelta(seconds=90), seconds=60)
    archive.release_lease("scheduler", "a")
    assert not archive.take_lease("scheduler", "a", at=NIGHT + timedelta(seconds=91), seconds=60)
    archive.release_lease("scheduler", "b")
    assert archive.take_lease("scheduler", "a", at=NIGHT + timedelta(seconds=91), seconds=60)


def test_the_due_table_is_renewed_subject_by_subject(archive: Archive) -> None:
    archive.set_due({})
    archive.set_due({"column:a": (night(1), "夜间"), "column:b": (night(0), "临近期限")})
    archive.set_due({"column:a": (night(2), "夜间")})
    assert [(row.subject_id, row.due_at, row.reason) for row in archive.due_table()] == [
        ("column:b", night(0), "临近期限"),
        ("column:a", night(2), "夜间"),
    ]
    assert [row.subject_id for row in archive.due(night(0))] == ["column:b"]
    archive.drop_due(["column:b"])
    assert [row.subject_id for row in archive.due_table()] == ["column:a"]


def test_a_task_is_open_once_and_may_come_again(archive: Archive) -> None:
    for detail in ("旗财政局", "旗财政局、旗教育局"):
        archive.open_task("publisher", "column:qi-tzgg", detail, at=night(0))
    archive.open_task("publisher", "column:qi-tzgg", "", unit_id="caizhengju", at=night(0))
    assert [(task.detail, task.unit_id) for task in archive.tasks()] == [
        ("旗财政局、旗教育局", None),
        ("", "caizhengju"),
    ]
    archive.close_task("publisher", "column:qi-tzgg", at=night(1))
    archive.close_task("publisher", "column:none", at=night(1))
    assert [task.unit_id for task in archive.tasks()] == ["caizhengju"]
    archive.open_task("publisher", "column:qi-tzgg", "旗教育局", at=night(2))
    assert [(t.closed_at, t.opened_at) for t in archive.tasks(open_only=False) if t.unit_id is None] == [
        (night(1), night(0)),
        (None, night(2)),
    ]
