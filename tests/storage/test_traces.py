"""What a year left behind: days with publications, days with and without an answer."""

from datetime import UTC, date, datetime

from domain.readings import AccountReading, DocumentReading, PageState, Post
from domain.units import SubjectKind
from storage.archive import Archive
from tests.storage.seen import night, record, row, seen, unmodified

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
DAY = date(2026, 10, 10)  # of night(0), in Beijing


def posted(*moments: datetime) -> AccountReading:
    posts = (Post(id=f"{at}", title="帖", url=None, published_at=at) for at in moments)
    return AccountReading(reason="ok", why="", posts=tuple(posts), coverage="full")


def test_rows_of_the_year_by_subject(archive: Archive) -> None:
    rows = [
        row("a", date(2026, 3, 1)),
        row("b", date(2026, 3, 1)),
        row("c", date(2025, 12, 31)),
        row("d", LAST),
    ]
    record(archive, seen(night(0), rows), seen(night(0), [row("a", FIRST)], subject="column:other"))
    assert archive.published(["column:dt"], FIRST, LAST) == {"column:dt": {date(2026, 3, 1), LAST}}


def test_documents_date_the_lists_that_show_no_dates(archive: Archive) -> None:
    def document(name: str, parent: str, on: date | None) -> None:
        reading = DocumentReading(state=PageState.OK, why="", published_on=on)
        more = {"kind": SubjectKind.DOCUMENT, "parent_id": parent, "subject": f"document:{name}"}
        record(archive, seen(night(0), None, **more, reading=reading))

    record(archive, seen(night(0), [row("a", None)]), seen(night(0), [row("b", FIRST)], subject="column:tz"))
    document("a", "column:dt", date(2026, 5, 4))
    document("none", "column:dt", None)
    document("b", "column:tz", date(2026, 5, 5))
    found = archive.published(["column:dt", "column:tz"], FIRST, LAST)
    assert found == {"column:dt": {date(2026, 5, 4)}, "column:tz": {FIRST}}


def test_posts_that_were_ever_shown_by_their_beijing_day(archive: Archive) -> None:
    late = datetime(2026, 10, 1, 16, 30, tzinfo=UTC)  # 00:30 of the 2nd in Beijing
    more = {"kind": SubjectKind.ACCOUNT, "subject": "account:wx"}
    record(archive, seen(night(0), None, **more, reading=posted(late, datetime(2025, 1, 1, tzinfo=UTC))))
    record(archive, seen(night(1), None, **more, reading=posted(datetime(2026, 10, 3, 1, tzinfo=UTC))))
    found = archive.published(["account:wx"], FIRST, LAST)
    assert found == {"account:wx": {date(2026, 10, 2), date(2026, 10, 3)}}


def test_a_day_is_answered_when_one_of_its_looks_was(archive: Archive) -> None:
    failed = {"state": PageState.FAILED, "http_status": None}
    record(archive, seen(night(0), None, **failed))
    record(archive, seen(night(0).replace(hour=20), [row("a", FIRST)]))
    record(archive, seen(night(1), None, **failed))
    record(archive, unmodified(night(2)))
    record(archive, unmodified(night(2), subject="column:never"))
    found = archive.answered_days(["column:dt", "column:never"], FIRST, LAST)
    assert found == {
        "column:dt": {DAY: True, date(2026, 10, 11): False, date(2026, 10, 12): True},
        "column:never": {date(2026, 10, 12): False},
    }
    assert archive.answered_days(["column:dt"], date(2026, 10, 12), LAST).keys() == {"column:dt"}
    assert archive.answered_days(["column:dt"], date(2026, 10, 13), LAST) == {}
