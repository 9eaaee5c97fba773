"""The deadline's edge, and what follows for A1-04: design.md §4.12."""

import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.clock import day_end, local_day
from domain.findings import Finding, Verdict
from domain.looks import Look, LookKind, SeenRow
from domain.notices import NoticeItem, Place, RecheckResult
from domain.readings import LABELS, DocumentReading, LabelState, PageState
from domain.rectification import ItemRecheck, Proof, Recheck
from domain.rubric import CountPer, Mode, Test
from domain.units import SubjectKind
from monitors.case import Case, History
from monitors.catalog import judge
from monitors.rectification import at_deadline, recheck
from tests.builders import at, look, row, stale_test

DEADLINE = date(2026, 10, 22)
END = day_end(DEADLINE)
OLD = date(2026, 9, 1)
CASE = Case(unit_id="u", subject_id="column:dt", test=stale_test())
TOLD = at("2026-09-30")
LATER = END + timedelta(days=30)
GRACE, RETRY = timedelta(hours=6), timedelta(days=3)  # written out: the rule itself may be wrong


class Seen:
    """A stale column, told of in a notice, and what was seen of it afterwards."""

    def __init__(self) -> None:
        self.looks: list[Look] = [look(1, at("2026-09-29"), newest=OLD), look(2, TOLD, newest=OLD)]
        self.rows: list[SeenRow] = [row("old", OLD, at("2026-09-29"))]
        self.holds: dict[int, str] = {}

    def see(self, when: datetime, newest: date | None = OLD, **more: object) -> "Seen":
        """A good look that shows a row of that day."""
        number = len(self.looks) + 1
        if newest != OLD and newest is not None:
            self.rows.append(row(f"r{number}", newest, when))
        self.looks.append(look(number, when, newest=newest, **more))  # type: ignore[arg-type]
        return self

    def blind(self, when: datetime) -> "Seen":
        return self.see(when, None, state=PageState.FAILED, status=None)

    def shuffled(self, seed: int) -> "Seen":
        random.Random(seed).shuffle(self.looks)
        random.Random(seed + 1).shuffle(self.rows)
        return self

    def result(self, now: datetime = LATER) -> Recheck:
        history = History(looks=tuple(self.looks), rows=tuple(self.rows), holds=self.holds)
        before = Proof(observation_id=2, at=TOLD, newest_on=OLD)
        return recheck(
            before, at("2026-09-29"), judge(CASE, history),
            lambda: judge(CASE, at_deadline(history, DEADLINE)), history.looks, DEADLINE, now,
        )  # fmt: skip


@pytest.mark.parametrize(("when", "newest", "result"), [
    (END - timedelta(seconds=1), DEADLINE, RecheckResult.FIXED),
    (END, DEADLINE, RecheckResult.FIXED),  # 24:00 itself: the deadline look
    (END + GRACE, DEADLINE, RecheckResult.FIXED),  # dated by the deadline, seen within six hours
    (END + GRACE + timedelta(seconds=1), DEADLINE, RecheckResult.UNKNOWN),
    (END + timedelta(hours=2), DEADLINE + timedelta(days=1), RecheckResult.UNKNOWN),  # dated after it
    (END - timedelta(seconds=1), OLD, RecheckResult.UNKNOWN),  # still stale before the end proves nothing
    (END, OLD, RecheckResult.NOT_FIXED),
    (END + RETRY, OLD, RecheckResult.NOT_FIXED),
    (END + RETRY + timedelta(seconds=1), OLD, RecheckResult.UNKNOWN),  # retried three days, then 无法判定
])  # fmt: skip
def test_the_deadline_is_24_00_of_its_day(when: datetime, newest: date, result: RecheckResult) -> None:
    assert Seen().see(when, newest).result().result is result


def test_before_its_end_nothing_is_due() -> None:
    said = Seen().see(at("2026-10-20")).result(END - timedelta(seconds=1))
    assert (said.result, said.final, said.after) == (RecheckResult.NOT_DUE, False, None)


def test_what_was_in_order_once_before_the_deadline_stays_fixed() -> None:
    """A new lapse after it is a new event."""
    lapsed_again = Seen().see(at("2026-10-02"), date(2026, 10, 1)).see(END, None, rows=0)
    assert lapsed_again.see(at("2026-10-24"), OLD).result().result is RecheckResult.FIXED


def test_in_time_at_24_00_is_in_time_though_late_when_seen() -> None:
    """Dated 14 days before the deadline: in time on that day, stale on the next, when it is first seen."""
    said = Seen().see(END + timedelta(hours=2), DEADLINE - timedelta(days=14)).result()
    assert said.result is RecheckResult.FIXED


@pytest.mark.parametrize(("newest", "result"), [
    (date(2026, 10, 8), RecheckResult.UNKNOWN),  # in order on the deadline day, lapsed after it
    (date(2026, 10, 7), RecheckResult.PARTLY),  # lapsed on the deadline day itself
])  # fmt: skip
def test_what_lapsed_after_the_deadline_does_not_prove_it_was_missed(
    newest: date, result: RecheckResult
) -> None:
    """Nobody saw it on the days around the deadline; by its own date it was in order then."""
    assert Seen().see(END + timedelta(days=2), newest).result().result is result


def test_better_but_still_in_breach_is_partly() -> None:
    said = Seen().see(END + timedelta(hours=2), date(2026, 9, 20)).result()
    assert said.result is RecheckResult.PARTLY
    assert said.after == Proof(observation_id=3, at=END + timedelta(hours=2), newest_on=date(2026, 9, 20))
    assert said.before is not None
    assert said.before.newest_on == OLD


def test_seen_in_breach_after_the_deadline_and_mended_later_is_late() -> None:
    said = Seen().see(END + timedelta(hours=2)).see(END + timedelta(days=2), DEADLINE).result()
    assert said.result is RecheckResult.LATE
    assert (said.after and said.after.observation_id, said.mended and said.mended.observation_id) == (3, 4)


def test_unknown_is_retried_three_days() -> None:
    seen = Seen().blind(END + timedelta(hours=2))
    early, final = seen.result(END + RETRY - timedelta(seconds=1)), seen.result(END + RETRY)
    assert (early.result, early.final) == (RecheckResult.UNKNOWN, False)
    assert "重试到2026-10-25" in early.why
    assert (final.result, final.final) == (RecheckResult.UNKNOWN, True)


@pytest.mark.parametrize("more", [
    {"official": False}, {"conditional": True}, {"status": 304},
])  # fmt: skip
def test_only_looks_that_may_accuse_prove_lateness(more: dict[str, object]) -> None:
    assert Seen().see(END + timedelta(hours=2), OLD, **more).result().result is RecheckResult.UNKNOWN


def test_a_mass_change_after_the_deadline_proves_nothing() -> None:
    seen = Seen().see(END + timedelta(hours=2), OLD, run=9)
    seen.holds[9] = "整站改版"
    said = seen.result()
    assert said.result is RecheckResult.UNKNOWN
    assert "整站改版" in said.why


def test_a_mere_suspicion_does_not_prove_a_breach_goes_on() -> None:
    """Another trusted date makes it in time: for a person."""
    seen = Seen()
    seen.rows.append(row("doubtful", date(2026, 9, 2), END, others=[DEADLINE]))
    said = seen.see(END + timedelta(hours=2), date(2026, 9, 2)).result()
    assert said.result is RecheckResult.UNKNOWN
    assert "须人工判断" in said.why


@pytest.mark.parametrize(("when", "newest", "result"), [
    (END + timedelta(hours=9), DEADLINE, RecheckResult.FIXED),  # in office hours: no look at night answered
    (END + RETRY, DEADLINE, RecheckResult.FIXED),
    (END + RETRY + timedelta(seconds=1), DEADLINE, RecheckResult.UNKNOWN),
    (END + timedelta(hours=9), DEADLINE + timedelta(days=1), RecheckResult.UNKNOWN),
    (END + timedelta(hours=9), OLD, RecheckResult.NOT_FIXED),
])  # fmt: skip
def test_a_person_may_attest_the_date_within_three_days(
    when: datetime, newest: date, result: RecheckResult
) -> None:
    seen = Seen().blind(END + timedelta(hours=2))
    assert seen.see(when, newest, kind=LookKind.ATTESTED, status=None).result().result is result


MOMENTS = st.integers(-20 * 24 * 3600, 6 * 24 * 3600).map(lambda s: END + timedelta(seconds=s))
DATES = st.dates(OLD, DEADLINE + timedelta(days=2))
LOOKS = st.lists(st.tuples(MOMENTS, st.one_of(st.none(), DATES)), max_size=8, unique_by=lambda one: one[0])


@given(LOOKS, st.integers(0, 99))
def test_the_order_of_arrival_does_not_matter(looks: list[tuple[datetime, date | None]], seed: int) -> None:
    def made() -> Seen:
        seen = Seen()
        for when, newest in sorted(looks):
            if newest is None:
                seen.blind(when)
            else:
                seen.see(when, newest)
        return seen

    assert made().result() == made().shuffled(seed).result()


@given(LOOKS)
def test_nobody_is_overdue_without_a_look_after_the_deadline_that_saw_it(
    looks: list[tuple[datetime, date | None]],
) -> None:
    seen = Seen()
    for when, newest in sorted(looks, key=lambda one: one[0]):
        seen.see(when, newest) if newest else seen.blind(when)
    said = seen.result()
    if said.overdue:
        assert said.after is not None
        assert END <= said.after.at <= END + RETRY
    good_before = any(when < END and newest == local_day(when) for when, newest in looks)
    if good_before:
        assert said.result is RecheckResult.FIXED


def labels(*lacking: str) -> DocumentReading:
    return DocumentReading(
        state=PageState.OK, why="", title="通知", published_on=OLD,
        labels={name: LabelState.EMPTY if name in lacking else LabelState.VALUE for name in LABELS},
    )  # fmt: skip


@pytest.mark.parametrize(("lacking", "result"), [
    (("category",), RecheckResult.PARTLY),
    (("category", "keywords"), RecheckResult.NOT_FIXED),
    (("category", "publisher"), RecheckResult.NOT_FIXED),  # another one: not better
    ((), RecheckResult.FIXED),
])  # fmt: skip
def test_a_document_is_better_with_fewer_labels_missing(
    lacking: tuple[str, ...], result: RecheckResult
) -> None:
    test = replace(stale_test(mode=Mode.ASSISTED), id="A1-12", monitor="document.labels", limits={})
    case = Case(unit_id="u", subject_id="document:dt", test=test)
    kind = SubjectKind.DOCUMENT
    looks = (
        look(1, TOLD, reading=labels("category", "keywords"), subject=kind),
        look(2, END, reading=labels(*lacking), subject=kind),
    )
    history = History(looks=looks)
    before = Proof(observation_id=1, at=TOLD, newest_on=None)
    said = recheck(
        before, TOLD, judge(case, history), lambda: judge(case, at_deadline(history, DEADLINE)), looks,
        DEADLINE, LATER,
    )  # fmt: skip
    assert said.result is result


A1_04 = Test(
    id="A1-04", clause_id="A1-04", item="按时整改", mode=Mode.ASSISTED, monitor="notice.rectified",
    per=Decimal(2), count_per=CountPer.UNIT,
)  # fmt: skip


def item(
    number: int, result: RecheckResult, after: datetime | None = None, mended: datetime | None = None
) -> ItemRecheck:
    said = NoticeItem(
        number=number, unit_id="u", unit="财政局", annex=1, place=Place.PORTAL, subject_id=f"column:{number}",
        subject=f"栏目{number}", platform="", address="", problem="", detail="", newest_on=None,
        seen_at=(TOLD,), age_days=None, clause_id="A1-18", clause="", test_id="A1-18a",
        points=Decimal(2), event_id=number, observation_ids=(number,),
    )  # fmt: skip

    def proof(when: datetime | None, shift: int) -> Proof | None:
        return Proof(observation_id=number + shift, at=when, newest_on=None) if when else None

    recheck = Recheck(
        result=result, why="", deadline=DEADLINE, before=proof(TOLD, 0), after=proof(after, 100),
        mended=proof(mended, 200),
    )  # fmt: skip
    return ItemRecheck(item=said, recheck=recheck)


def a1_04(*items: ItemRecheck) -> list[Finding]:
    case = Case(unit_id="u", subject_id="notice:2026-09", test=A1_04)
    return judge(case, History(looks=(), rechecks=items))


def test_one_overdue_item_is_suspected_at_its_look() -> None:
    after = END + timedelta(hours=2)
    [found] = a1_04(item(1, RecheckResult.NOT_FIXED, after), item(2, RecheckResult.FIXED, TOLD))
    assert (found.verdict, found.at, found.observation_id, found.accuses) == (
        Verdict.SUSPECTED, after, 101, True,
    )  # fmt: skip
    assert found.measured == "2项中1项未按时整改"


def test_all_fixed_in_time_is_in_order() -> None:
    found = a1_04(item(1, RecheckResult.FIXED, TOLD), item(2, RecheckResult.FIXED, END))
    assert [(f.verdict, f.at) for f in found] == [(Verdict.OK, END)]


def test_the_last_item_mended_late_ends_it() -> None:
    after, mended = END + timedelta(hours=2), END + timedelta(days=5)
    found = a1_04(item(1, RecheckResult.LATE, after, mended), item(2, RecheckResult.FIXED, TOLD))
    assert [(f.verdict, f.at) for f in found] == [(Verdict.SUSPECTED, after), (Verdict.OK, mended)]


@pytest.mark.parametrize(("results", "verdicts"), [
    ((), []),
    ((RecheckResult.NOT_DUE,), []),
    ((RecheckResult.FIXED, RecheckResult.NOT_DUE), []),
    ((RecheckResult.WITHDRAWN,), []),
    ((RecheckResult.UNKNOWN, RecheckResult.FIXED), [Verdict.UNKNOWN]),
    ((RecheckResult.UNKNOWN, RecheckResult.NOT_FIXED), [Verdict.SUSPECTED]),
    ((RecheckResult.WITHDRAWN, RecheckResult.FIXED), [Verdict.OK]),
])  # fmt: skip
def test_what_is_not_proved_overdue_is_not_suspected(
    results: tuple[RecheckResult, ...], verdicts: list[Verdict]
) -> None:
    items = [item(n, result, END if result is not RecheckResult.NOT_DUE else None)
             for n, result in enumerate(results, 1)]  # fmt: skip
    assert [found.verdict for found in a1_04(*items)] == verdicts
