from datetime import date, timedelta
from pathlib import Path

import pytest

from domain.errors import FenceLostError, InputError, StorageError
from domain.looks import LookKind, Observation
from domain.readings import AccountReading, DateSource, ListReading, PackageReading, PageState, Post
from domain.scores import Tally
from domain.units import SubjectKind
from storage.archive import Archive
from tests.storage.seen import NIGHT, night, record, row, seen, start, unmodified

TODAY = date(2026, 10, 10)


def test_a_look_carries_what_the_list_showed(archive: Archive) -> None:
    rows = [row("a", TODAY), row("b", date(2026, 10, 11)), row("c", date(2026, 9, 1)), row("d", None)]
    [id_] = record(archive, seen(NIGHT, rows, body="页面".encode(), headers={"ETag": '"1"'}, elapsed_s=0.25))
    look = archive.look(id_)
    assert (look.newest_on, look.oldest_on, look.row_count) == (TODAY, date(2026, 9, 1), 4)  # no future date
    assert look.official
    assert look.at == NIGHT
    assert look.body_sha256
    assert archive.body(look.body_sha256) == "页面".encode()
    assert archive.body("none") is None
    stored = archive.observation(id_)
    assert (stored.headers, stored.elapsed_s, stored.reading, stored.body) == (
        {"ETag": '"1"'},
        0.25,
        None,
        None,
    )
    with pytest.raises(InputError, match="没有编号为 99"):
        archive.look(99)


def test_recording_again_changes_nothing(archive: Archive) -> None:
    run = start(archive)
    first = archive.record(run, [seen(NIGHT, [row("a", TODAY)]), seen(NIGHT, [row("b", TODAY)], "column:x")])
    other = seen(night(1), [row("late", TODAY)])
    on_demand = seen(NIGHT, [], check_id=1, look=LookKind.ON_DEMAND)
    again = archive.record(run, [other, on_demand, on_demand, seen(NIGHT, [], "column:x")])
    assert (again[0], again[3]) == (first[0], first[1])
    assert again[1] == again[2]
    assert again[1] not in first
    assert len(archive.looks_in_run(run.id)) == 3
    assert [kept.key for kept in archive.rows_of("column:dt")] == ["a"]


def test_what_got_no_answer_in_a_run_is_told_a_304_as_what_it_repeats(archive: Archive) -> None:
    record(archive, seen(night(0), [row("a", TODAY)]))
    run = start(archive)
    blocked = seen(night(1), None, "column:x", state=PageState.BLOCKED, http_status=412)
    archive.record(run, [unmodified(night(1)), blocked, unmodified(night(1), "column:never")])
    looks, missing = archive.unanswered_in_run(run.id, 1)
    assert ([look.subject_id for look in looks], missing) == (["column:x"], 2)
    looks, _ = archive.unanswered_in_run(run.id, 9)
    assert [look.subject_id for look in looks] == ["column:x", "column:never"]


def test_a_failing_batch_leaves_nothing_behind(archive: Archive) -> None:
    wrong = seen(NIGHT, None, "column:wrong", reading=PackageReading(verdict="ok", why=""))
    with pytest.raises(StorageError, match="PackageReading"):
        record(archive, seen(NIGHT, [row("a", TODAY)]), wrong)
    assert archive.looks_of("column:dt") == []
    assert archive.rows_of("column:dt") == []


def test_rows_keep_their_first_sight_and_a_changed_date_is_another_row(archive: Archive) -> None:
    record(archive, seen(night(1), [row("a", TODAY, title="后来的标题")]))
    record(archive, seen(night(0), [row("a", TODAY)]))
    record(
        archive, seen(night(2), [row("a", date(2026, 10, 12)), row("a", None), row("a", TODAY, title="!")])
    )
    got = [(kept.title, kept.published_on, kept.first_seen_at) for kept in archive.rows_of("column:dt")]
    assert got == [
        ("标题a", TODAY, night(0)),
        ("标题a", None, night(2)),
        ("标题a", date(2026, 10, 12), night(2)),
    ]
    assert len(archive.rows_of("column:dt", until=night(2))) == 1


def test_until_is_the_first_moment_left_out(archive: Archive) -> None:
    record(archive, seen(night(0), []))
    record(archive, seen(night(1), []))
    assert [look.at for look in archive.looks_of("column:dt", until=night(1))] == [night(0)]


def test_a_304_repeats_the_newest_good_look_before_it_even_one_that_arrives_later(archive: Archive) -> None:
    [orphan] = record(archive, unmodified(night(5)))
    assert archive.look(orphan).state is PageState.FAILED
    assert archive.tally("caizhengju", night(0), night(9)) == Tally(due=1, answered=0)
    record(archive, seen(night(1), [row("a", date(2026, 10, 1))], body=b"1", window_covered=True))
    record(archive, seen(night(3), [row("b", date(2026, 10, 12)), row("c", None)], state=PageState.OK))
    record(archive, seen(night(4), None, state=PageState.BLOCKED, http_status=412))
    record(archive, seen(night(6), [row("d", date(2026, 10, 15))]))
    look = archive.look(orphan)
    assert (look.state, look.newest_on, look.row_count) == (PageState.OK, date(2026, 10, 12), 2)
    assert (look.http_status, look.conditional, look.at, look.why) == (304, True, night(5), "304")
    assert archive.tally("caizhengju", night(0), night(9)) == Tally(due=5, answered=4)
    good = archive.last_good("column:dt")
    assert good
    assert good[0].at == night(6)


def test_last_good_gives_the_validators_of_the_newest_read_answer(archive: Archive) -> None:
    record(archive, seen(night(0), [], headers={"etag": '"a"', "Last-Modified": "Fri, 09 Oct 2026"}))
    record(archive, seen(night(1), None, state=PageState.FAILED, http_status=500, headers={"ETag": "no"}))
    good = archive.last_good("column:dt")
    assert good
    assert (good[1].etag, good[1].last_modified) == ('"a"', "Fri, 09 Oct 2026")
    assert archive.last_goods(["column:dt", "column:none"]) == {"column:dt": good}


def test_coverage_counts_official_looks_that_answered(archive: Archive) -> None:
    feed = AccountReading(reason="blocked", why="")
    package = PackageReading(verdict="broken", why="404")
    record(
        archive,
        seen(NIGHT, [], state=PageState.EMPTY),
        seen(NIGHT, None, "column:b", state=PageState.BLOCKED),
        seen(NIGHT, None, "account:w", kind=SubjectKind.ACCOUNT, reading=feed),
        seen(NIGHT, None, "app:x", kind=SubjectKind.APP, reading=package, state=PageState.FAILED),
        seen(NIGHT, [], "column:d", look=LookKind.ON_DEMAND, check_id=1),
        seen(NIGHT, [], "column:e", unit_id=None),
    )
    assert archive.tally("caizhengju", NIGHT, night(1)) == Tally(due=4, answered=2)
    assert archive.tally("caizhengju", night(-1), NIGHT) == Tally()


def test_a_person_may_attest_and_the_log_says_who(archive: Archive) -> None:
    attested = seen(NIGHT, [row("a", TODAY)], look=LookKind.ATTESTED, http_status=None)
    [id_] = archive.record(None, [attested], actor="王芳")
    look = archive.look(id_)
    assert (look.official, look.attested_by, look.run_id, look.newest_on) == (True, "王芳", None, TODAY)
    [entry] = archive.history("column:dt")
    assert (entry.actor, entry.type, entry.payload["observation"]) == ("王芳", "look.attested", id_)
    with pytest.raises(ValueError, match="attested"):
        archive.record(None, [seen(NIGHT, [])])


def test_what_no_database_can_hold_is_replaced(archive: Archive) -> None:
    odd = row("k\x00", TODAY, title="标\ud800题", url="http://portal.example/" + "长" * 5000)
    record(archive, seen(NIGHT, [odd], why="\x00", headers={"X": "\udfff"}))
    [kept] = archive.rows_of("column:dt")
    assert (kept.key, kept.title, len(kept.url or "")) == ("k\ufffd", "标\ufffd题", 5022)


def test_naive_moments_are_refused(archive: Archive) -> None:
    with pytest.raises(Exception, match="naive"):
        record(archive, seen(NIGHT.replace(tzinfo=None), None))


def test_documents_are_found_under_their_column(archive: Archive) -> None:
    record(archive, seen(NIGHT, None, "document:1", kind=SubjectKind.DOCUMENT, parent_id="column:dt"))
    assert [look.subject_id for look in archive.looks_under("column:dt")] == ["document:1"]


def test_the_newest_look_at_each_document_of_a_column(archive: Archive) -> None:
    """Also where another column led to it last."""
    for at, name, parent in ((2, "1", "dt"), (1, "1", "dt"), (3, "2", "dt"), (4, "2", "tz"), (5, "3", "tz")):
        document = seen(
            night(at), None, f"document:{name}", kind=SubjectKind.DOCUMENT, parent_id=f"column:{parent}"
        )
        record(archive, document)
    newest = archive.newest_looks_under("column:dt")
    assert {subject: look.at for subject, look in newest.items()} == {
        "document:1": night(2), "document:2": night(4),
    }  # fmt: skip
    assert archive.newest_looks_under("column:none") == {}


def test_rows_carry_their_other_dates(archive: Archive) -> None:
    reading = ListReading(state=PageState.OK, why="", rows=(row("a", None, date_source=DateSource.URL),))
    record(archive, seen(NIGHT, None, reading=reading))
    assert archive.rows_of("column:dt")[0].date_source is DateSource.URL


def test_a_nights_lists_are_written_at_once_not_one_by_one(archive: Archive, tmp_path: Path) -> None:
    """480 lists and 9,600 rows in one transaction; the second night writes no row."""

    def lists(at_night: int) -> list[Observation]:
        rows = [row(str(n), TODAY - timedelta(days=n)) for n in range(20)]
        return [seen(night(at_night), rows, f"column:{n}", body=b"%d" % n) for n in range(480)]

    assert len(set(record(archive, *lists(0)))) == 480
    record(archive, *lists(1))
    assert len(archive.rows_of("column:479")) == 20
    assert {kept.first_seen_at for kept in archive.rows_of("column:0")} == {night(0)}


def test_calls_together_are_one_transaction(archive: Archive) -> None:
    run = start(archive)

    def record_and_fail() -> None:
        with archive.together(run):
            archive.record(run, [seen(NIGHT, [row("a", TODAY)])])
            assert archive.looks_of("column:dt")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        record_and_fail()
    assert archive.looks_of("column:dt") == []
    archive.take_over(run.id, pid=2, at=NIGHT)
    with pytest.raises(FenceLostError), archive.together(run):
        pass


def test_the_last_look_that_covered_the_window_is_found(archive: Archive) -> None:
    assert archive.covered_at("column:dt", "http://portal.example/dt/") is None
    rows = [row("a", TODAY)]
    for look in (
        seen(night(0), rows, window_covered=True),
        unmodified(night(1)),
        seen(night(2), rows),
        seen(night(3), rows, window_covered=True, url="http://portal.example/elsewhere/"),
        seen(night(4), [], state=PageState.EMPTY, window_covered=True),
        seen(night(5), rows, "column:other", window_covered=True),
    ):
        record(archive, look)
    assert archive.covered_at("column:dt", "http://portal.example/dt/") == night(1)  # 304: as night 0
    assert archive.covered_at("column:dt", "http://portal.example/elsewhere/") == night(3)


def test_what_a_feed_said_of_its_posts_comes_back(archive: Archive) -> None:
    posts = tuple(
        Post(id=key, title="文", url=f"http://mp.example/{key}", published_at=NIGHT, id_given=given)
        for key, given in (("a", True), ("b", False))
    )
    feed = AccountReading(reason="ok", why="w", posts=posts, source_synced_at=NIGHT, coverage="full")
    archive.record(start(archive), [seen(NIGHT, None, "account:w", kind=SubjectKind.ACCOUNT, reading=feed)])
    [look] = archive.looks_of("account:w")
    assert look.reading == feed
