"""A score year over real storage: yearly counts, attribution, marks, explicit years."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from app.decisions import decide
from app.judge import judge_subjects
from app.marks import Said, mark
from app.scores import score_all, score_unit
from app.year import year_book
from domain.errors import InputError, RefusedError
from domain.events import DecisionKind, EventState
from domain.readings import DocumentReading, PageState
from domain.scores import ClauseScore, ClauseState
from domain.units import Column, ColumnKind, Registration, RegistrationState, Registry
from tests.app.bureau import CZJ, HOST, JYJ, NEWS, SINCE, Bureau, listed, read
from tests.builders import at

OWN = Column(
    id="czj-jd", name="政策解读", kind=ColumnKind.INTERPRETATION, url=f"{HOST}/czj/jd/", unit_id="czj",
    monitored_from=SINCE, clock="1y",
)  # fmt: skip
SHARED = Column(
    id="qi-jd", name="全旗政策解读", kind=ColumnKind.INTERPRETATION, url=f"{HOST}/jd/", monitored_from=SINCE
)
UPPER = Column(id="tb", name="市级通报", kind=ColumnKind.CRITICISM, url=f"{HOST}/tb/", monitored_from=SINCE)
ON = tuple(
    Registration(unit_id=one.id, kind="政策解读", state=RegistrationState.MONITORED, since=SINCE)
    for one in (CZJ, JYJ)
)
OLD, NEW = date(2025, 3, 1), date(2026, 11, 2)


def watching(bureau: Bureau, *columns: Column, registrations: Sequence[Registration] = ON) -> Bureau:
    bureau.registry = Registry(units=(CZJ, JYJ), columns=columns, registrations=tuple(registrations))
    return bureau


def clause(
    bureau: Bureau, clause_id: str, day: date, *, unit: str = "czj", year: int | None = None
) -> ClauseScore:
    sheet = score_unit(bureau.office, unit, day, year)
    return next(one for one in sheet.clauses if one.clause_id == clause_id)


def test_a_window_that_runs_is_pending_and_says_until_when(bureau: Bureau) -> None:
    watching(bureau, OWN).see(listed(OWN, at("2026-10-01"), OLD))
    bureau.judge()
    found = clause(bureau, "A1-15", date(2026, 10, 1))
    assert (found.state, found.deducted) == (ClauseState.PENDING, 0)
    assert "12月31日前可完成" in found.why
    assert bureau.archive.events() == []


def test_an_item_settles_the_clause_at_once(bureau: Bureau) -> None:
    watching(bureau, OWN).see(listed(OWN, at("2026-11-03"), NEW, OLD))
    bureau.judge()
    assert clause(bureau, "A1-15", date(2026, 11, 3)).state is ClauseState.JUDGED


def test_after_the_year_the_missing_item_is_proposed_for_that_year_only(bureau: Bureau) -> None:
    watching(bureau, OWN)
    for night in ("2026-12-30", "2027-01-02", "2027-01-03", "2027-02-05"):
        bureau.see(listed(OWN, at(night), OLD))
        bureau.judge()
    [event] = bureau.archive.events()
    assert (event.state, event.period) == (EventState.SUSPECTED, 2026)
    found = clause(bureau, "A1-15", date(2027, 2, 5), year=2026)
    assert (found.state, found.proposed, found.deducted) == (ClauseState.PROPOSED, 3, 0)
    assert clause(bureau, "A1-15", date(2027, 2, 5)).state is ClauseState.PENDING  # 2027 still runs
    decide(
        bureau.office, event.id or 0, DecisionKind.CONFIRM, by="张三", reason="未开展", at=at("2027-02-06")
    )
    assert clause(bureau, "A1-15", date(2027, 2, 6), year=2026).deducted == 3
    assert clause(bureau, "A1-15", date(2027, 2, 6)).deducted == 0
    assert clause(bureau, "A1-15", date(2027, 1, 20), year=2026).deducted == 0  # not yet known then


def test_an_item_on_the_shared_column_acquits_the_own_one(bureau: Bureau) -> None:
    """The verdict hangs on the own column; what the shared one shows later changes it too."""
    watching(bureau, OWN, SHARED).see(listed(OWN, at("2027-01-02"), OLD))
    bureau.see(listed(SHARED, at("2027-01-02", "03:00"), NEW))
    bureau.judge()
    assert bureau.archive.events() == []  # the row's publisher is not known yet
    document = DocumentReading(state=PageState.OK, why="", publisher="某旗财政局")
    bureau.see(read(SHARED, NEW, at("2027-01-02", "03:01"), document))
    bureau.see(listed(OWN, at("2027-01-03"), OLD))
    bureau.see(listed(SHARED, at("2027-01-03", "03:00"), NEW))
    bureau.judge()
    day = date(2027, 1, 3)
    assert clause(bureau, "A1-15", day, year=2026).state is ClauseState.JUDGED
    assert clause(bureau, "A1-15", day, unit="jyj", year=2026).state is ClauseState.PROPOSED
    assert {(one.unit_id, one.subject_id) for one in bureau.archive.events()} == {("jyj", "column:qi-jd")}


def test_the_order_in_which_columns_are_judged_does_not_matter(tmp_path: Path) -> None:
    """Each arrival judges what was seen and what rests on it, nothing else."""
    document = DocumentReading(state=PageState.OK, why="", publisher="教育体育局")
    looks = [
        listed(SHARED, at("2027-01-02", "03:00"), NEW),
        read(SHARED, NEW, at("2027-01-02", "03:01"), document),
        listed(OWN, at("2027-01-03"), OLD),
    ]
    ends = []
    for name, order in (("a", looks), ("b", looks[::-1])):
        bureau = watching(Bureau(tmp_path / name), OWN, SHARED)
        for one in order:
            bureau.see(one)
            judge_subjects(bureau.office, [one.subject_id])
        ends.append([one for one in bureau.story() if one["state"] is not EventState.WITHDRAWN])
        bureau.archive.close()
    assert ends[0] == ends[1]
    assert [(one["unit_id"], one["subject_id"]) for one in ends[0]] == [("czj", "column:czj-jd")]


def test_a_late_report_is_put_right_and_still_waits_for_a_person(bureau: Bureau) -> None:
    reports = replace(OWN, id="czj-nb", kind=ColumnKind.ANNUAL_REPORT, url=f"{HOST}/czj/nb/")
    watching(bureau, reports)
    for night, dates in (("2026-02-03", ()), ("2026-02-10", (date(2026, 2, 9),))):
        bureau.see(listed(reports, at(night), *dates, date(2025, 1, 20)))
        bureau.judge()
    [event] = bureau.archive.events()
    assert (event.period, event.open) == (2026, False)
    found = clause(bureau, "A1-06", date(2026, 3, 1))
    assert (found.state, found.proposed) == (ClauseState.PROPOSED, 3)
    decide(
        bureau.office, event.id or 0, DecisionKind.WITHDRAW, by="张三", reason="按时上报", at=at("2026-03-02")
    )
    assert clause(bureau, "A1-06", date(2026, 3, 2)).state is ClauseState.JUDGED


def test_a_new_column_of_the_unit_does_not_lose_what_was_confirmed_on_another(bureau: Bureau) -> None:
    """The verdict hangs on another column from now on; the year's event stays, and costs once."""
    watching(bureau, SHARED)
    for night in ("2027-01-02", "2027-01-03"):
        bureau.see(listed(SHARED, at(night), OLD))
    document = DocumentReading(state=PageState.OK, why="", publisher="教育体育局")
    bureau.see(read(SHARED, OLD, at("2027-01-03", "03:01"), document))
    bureau.judge()
    [event] = [one for one in bureau.archive.events() if one.unit_id == "czj"]
    decide(
        bureau.office, event.id or 0, DecisionKind.CONFIRM, by="张三", reason="未开展", at=at("2027-01-04")
    )
    assert clause(bureau, "A1-15", date(2027, 1, 5), year=2026).deducted == 3
    watching(bureau, OWN, SHARED)
    for night in ("2027-01-06", "2027-01-07"):
        bureau.see(listed(OWN, at(night), OLD), listed(SHARED, at(night, "03:00"), OLD))
        bureau.judge()
    found = clause(bureau, "A1-15", date(2027, 1, 8), year=2026)
    assert (found.deducted, [one.event_id for one in found.occurrences]) == (3, [event.id])


HALF = date(2026, 6, 30)
ENDED, TO_COME = replace(OWN, valid_to=HALF), replace(OWN, valid_from=date(2027, 3, 1))
ELSEWHERE = DocumentReading(state=PageState.OK, why="", publisher="教育体育局")
HERE = DocumentReading(state=PageState.OK, why="", publisher="某旗财政局")


def shared_nights(bureau: Bureau, whose: DocumentReading, *nights: str) -> None:
    """The banner's column, with one item of the year."""
    for night in nights:
        bureau.see(listed(SHARED, at(night, "03:00"), NEW))
        bureau.see(read(SHARED, NEW, at(night, "03:01"), whose))
        bureau.judge()


@pytest.mark.parametrize("own", [ENDED, TO_COME])
def test_an_own_column_that_is_not_there_does_not_hide_the_shared_one(bureau: Bureau, own: Column) -> None:
    watching(bureau, own, SHARED)
    if own is ENDED:
        bureau.see(listed(own, at("2026-06-29"), OLD))
    shared_nights(bureau, HERE, "2026-12-30", "2027-01-02")
    day = date(2027, 1, 3)
    assert clause(bureau, "A1-15", day, year=2026).state is ClauseState.JUDGED
    assert [one.unit_id for one in bureau.archive.events()] == ["jyj"]


@pytest.mark.parametrize("own", [ENDED, TO_COME])
def test_what_neither_column_showed_is_proposed_once(bureau: Bureau, own: Column) -> None:
    watching(bureau, own, SHARED)
    if own is ENDED:
        bureau.see(listed(own, at("2026-06-29"), OLD))
    shared_nights(bureau, ELSEWHERE, "2026-12-30", "2027-01-02", "2027-01-03")
    found = clause(bureau, "A1-15", date(2027, 1, 3), year=2026)
    assert (found.state, found.proposed) == (ClauseState.PROPOSED, 3)
    assert [one.subject_id for one in bureau.archive.events()] == [SHARED.subject_id]


def test_until_its_end_the_verdict_hangs_on_the_own_column(bureau: Bureau) -> None:
    watching(bureau, ENDED, SHARED).see(listed(OWN, at("2026-06-29"), date(2026, 5, 1), OLD))
    shared_nights(bureau, ELSEWHERE, "2026-07-01")
    then, now = date(2026, 6, 30), date(2026, 7, 1)
    assert [clause(bureau, "A1-15", day).state for day in (then, now)] == [ClauseState.JUDGED] * 2


def test_a_year_told_on_a_column_that_ended_is_not_told_again_on_another(bureau: Bureau) -> None:
    """One year is one event: what a person confirmed stays, and nothing more waits for her."""
    own = replace(OWN, valid_to=date(2027, 1, 5))
    watching(bureau, own, SHARED)
    shared_nights(bureau, ELSEWHERE, "2027-01-02")
    bureau.see(listed(own, at("2027-01-03"), OLD))
    bureau.judge()
    [event] = [one for one in bureau.archive.events() if one.unit_id == "czj"]
    decide(
        bureau.office, event.id or 0, DecisionKind.CONFIRM, by="张三", reason="未开展", at=at("2027-01-04")
    )
    shared_nights(bureau, ELSEWHERE, "2027-01-06", "2027-01-07")
    [event] = [one for one in bureau.archive.events() if one.unit_id == "czj"]
    assert (event.state, event.open) == (EventState.CONFIRMED, True)
    found = clause(bureau, "A1-15", date(2027, 1, 8), year=2026)
    assert (found.state, found.deducted, found.proposed) == (ClauseState.JUDGED, 3, 0)


def test_a_column_that_ended_before_the_year_does_not_keep_its_clause_open(bureau: Bureau) -> None:
    gone = replace(NEWS, id="czj-old", url=f"{HOST}/czj/old/", valid_to=date(2026, 12, 31))
    watching(bureau, gone, NEWS).see(listed(gone, at("2026-12-31"), date(2026, 12, 30)))
    bureau.see(listed(NEWS, at("2027-01-02"), date(2026, 12, 30)))
    bureau.judge()
    sheet = clause(bureau, "A1-18", date(2027, 1, 2))
    assert "a：" not in sheet.why
    assert "18a" not in sheet.why


def test_a_suspicion_ended_by_a_doubtful_row_waits_for_a_person(bureau: Bureau) -> None:
    watching(bureau, NEWS)
    bureau.see(listed(NEWS, at("2026-09-28"), date(2026, 9, 1)))
    bureau.see(listed(NEWS, at("2026-10-01"), date(2026, 9, 20), date(2026, 9, 1)))
    bureau.judge()
    [event] = bureau.archive.events()
    assert not event.open
    found = clause(bureau, "A1-18", date(2026, 10, 1))
    assert (found.state, found.proposed, found.deducted) == (ClauseState.PROPOSED, 2, 0)


def test_unregistered_and_trial_are_told_apart(bureau: Bureau) -> None:
    watching(bureau, replace(OWN, monitored_from=None), registrations=())
    assert "试运行" in clause(bureau, "A1-15", date(2026, 10, 1)).why
    assert "未登记" in clause(bureau, "A1-15", date(2026, 10, 1), unit="jyj").why
    none = Registration(unit_id="jyj", kind="政策解读", state=RegistrationState.NOT_APPLICABLE, since=SINCE)
    watching(bureau, OWN, registrations=(none,))
    assert clause(bureau, "A1-15", date(2026, 10, 1), unit="jyj").state is ClauseState.NOT_APPLICABLE


def test_an_upper_notice_naming_a_unit_waits_for_a_person(bureau: Bureau) -> None:
    seen = listed(UPPER, at("2026-06-02"), date(2026, 6, 1))
    rows = tuple(replace(row, title="关于某旗财政局栏目长期未更新的通报") for row in seen.reading.rows)  # type: ignore[union-attr]
    watching(bureau, UPPER).see(replace(seen, reading=replace(seen.reading, rows=rows)))  # type: ignore[type-var]
    bureau.judge()
    day = date(2026, 6, 2)
    found = clause(bureau, "A1-26", day)
    assert (found.state, found.proposed, found.deducted) == (ClauseState.PROPOSED, 4, 0)
    assert clause(bureau, "A1-26", day, unit="jyj").state is ClauseState.JUDGED
    [event] = bureau.archive.events()
    decide(bureau.office, event.id or 0, DecisionKind.CONFIRM, by="张三", reason="属实", at=at("2026-06-03"))
    sheet = score_unit(bureau.office, "czj", date(2026, 6, 3))
    assert (sheet.penalty, sheet.final) == (4, max(sheet.total - 4, Decimal(0)))
    assert clause(bureau, "A1-26", date(2027, 1, 5)).deducted == 0  # another score year


def test_volumes_are_told_by_month(bureau: Bureau) -> None:
    watching(bureau, OWN).see(listed(OWN, at("2026-11-03"), NEW, date(2026, 3, 1), OLD))
    found = clause(bureau, "A1-07", date(2026, 11, 3))
    assert found.state is ClauseState.PENDING
    assert "本年见报2条（3月1条、11月1条）" in found.why


def said(points: str | None, by: str = "张三", reason: str = "查看资料", **more: object) -> Said:
    return Said(points=Decimal(points) if points else None, by=by, reason=reason, **more)  # type: ignore[arg-type]


def test_marks_count_from_when_they_were_entered_and_for_their_year(bureau: Bureau, tmp_path: Path) -> None:
    proof = tmp_path / "纪要.txt"
    proof.write_text("会议纪要", encoding="utf-8")
    made = mark(bureau.office, "财政局", "A1-01", said("2.5", files=(proof,)), at=at("2026-12-01"))
    assert (made.unit_id, made.year, made.files[0].name) == ("czj", 2026, "纪要.txt")
    assert bureau.archive.body(made.files[0].sha256) == proof.read_bytes()
    mark(bureau.office, "czj", "A1-01", said("1"), year=2026, at=at("2027-01-10"))
    mark(bureau.office, "czj", "A1-01", said(None), year=2026, at=at("2027-01-12"))
    kept = [
        clause(bureau, "A1-01", day, year=2026).deducted
        for day in (date(2026, 11, 30), date(2026, 12, 1), date(2027, 1, 10), date(2027, 1, 12))
    ]
    assert kept == [0, Decimal("0.5"), 2, 0]
    assert clause(bureau, "A1-01", date(2027, 1, 10)).state is ClauseState.PENDING  # 2027 has no mark
    assert bureau.archive.verify().ok


@pytest.mark.parametrize(
    ("clause_id", "what", "error"),
    [
        ("A1-18", said("4"), RefusedError),  # auto: decide
        ("A1-01", said("3.5"), InputError),
        ("A1-01", said("-1"), InputError),
        ("A1-09", said("1"), InputError),  # not assessed for this kind of unit
        ("A9-99", said("1"), InputError),
        ("A1-01", said("1", by=" "), InputError),
        ("A1-01", said("1", reason=""), InputError),
        ("A1-01", said("1", files=(Path("nowhere.txt"),)), InputError),
        ("A1-01", said(None), RefusedError),  # nothing to take back
        ("A1-01", said("1", second="张三"), RefusedError),
        ("A1-01", said("1", second="张 三"), RefusedError),
    ],
)
def test_marks_are_refused_with_a_way_out(bureau: Bureau, clause_id: str, what: Said, error: type) -> None:
    with pytest.raises(error) as caught:
        mark(bureau.office, "czj", clause_id, what, at=at("2026-12-01"))
    assert "。" in str(caught.value)
    assert bureau.archive.marks() == []


def test_the_office_s_own_units_are_marked_by_two(bureau: Bureau) -> None:
    own = replace(CZJ, office_own=True)
    bureau.registry = Registry(units=(own,))
    with pytest.raises(RefusedError, match="两人"):
        mark(bureau.office, "czj", "A1-01", said("3"), at=at("2026-12-01"))
    made = mark(bureau.office, "czj", "A1-01", said("3", second="李四"), at=at("2026-12-01"))
    assert made.by == "张三（复核：李四）"


def test_a_year_still_to_come_is_refused(bureau: Bureau) -> None:
    with pytest.raises(InputError, match="2027年度"):
        score_all(bureau.office, date(2026, 10, 1), year=2027)


def test_a_unit_that_ended_in_the_year_before_has_no_sheet_of_the_next(bureau: Bureau) -> None:
    bureau.registry = Registry(units=(replace(CZJ, valid_to=date(2026, 12, 31)), JYJ))
    units = {
        year: [one.unit_id for one in score_all(bureau.office, date(2027, 1, 20), year=year)]
        for year in (2026, 2027)
    }
    assert units == {2026: ["czj", "jyj"], 2027: ["jyj"]}


def test_asked_alone_a_unit_that_ended_says_when(bureau: Bureau) -> None:
    bureau.registry = Registry(units=(replace(CZJ, valid_to=date(2026, 10, 5)), JYJ))
    assert score_unit(bureau.office, "czj", date(2026, 10, 5)).unit_id == "czj"
    with pytest.raises(InputError, match="财政局至2026-10-05止参加考核.*--as-of.*2026-10-05"):
        score_unit(bureau.office, "czj", date(2027, 1, 1))


def test_the_year_book_carries_units_marks_and_events(bureau: Bureau) -> None:
    watching(bureau, OWN)
    mark(bureau.office, "czj", "A1-01", said("2"), at=at("2026-12-01"))
    book = year_book(bureau.office, score_all(bureau.office, date(2026, 12, 31)), as_of=date(2026, 12, 31))
    assert ([one.unit.id for one in book.units], len(book.marks), book.year) == (["czj", "jyj"], 1, 2026)
    assert book.simulation
