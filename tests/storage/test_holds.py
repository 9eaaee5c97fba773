from storage.archive import Archive
from tests.storage.seen import start


def test_a_run_s_look_may_wait_for_a_person(archive: Archive) -> None:
    first, second = start(archive), start(archive)
    archive.save_holds(first.id, {})
    archive.save_holds(first.id, {"column:a": "同时变化", "column:b": "同时变化"})
    archive.save_holds(first.id, {"column:a": "整站改版"})
    archive.save_holds(second.id, {"column:a": "对照站点不可用"})
    assert archive.holds("column:a") == {first.id: "整站改版", second.id: "对照站点不可用"}
    assert archive.holds("column:none") == {}
