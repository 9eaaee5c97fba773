"""Stored observations in, events out: whatever order they arrive in (design.md §3, §4)."""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from types import MappingProxyType

import pytest

from app.decisions import Attestation, adopt, attest, decide
from app.judge import judge_everything, judge_subjects
from app.scores import score_unit
from config.init import DATABASE
from domain.clock import day_end
from domain.errors import InputError, NotSimulationError, RefusedError
from domain.events import DecisionKind, Event, EventState
from domain.looks import LookKind, Observation, Run
from domain.readings import (
    LABELS,
    DateSource,
    DocumentReading,
    LabelState,
    ListReading,
    ListRow,
    PackageReading,
    PageState,
)
from domain.scores import ClauseState
from domain.units import App, Column, ColumnKind, Registry, SubjectKind
from storage.archive import Archive
from tests.app import monthly
from tests.app.bureau import (
    CZJ,
    HOST,
    JYJ,
    NEWS,
    NOTES,
    ON_SHARED,
    SHARED,
    SINCE,
    Bureau,
    costs,
    listed,
    read,
)
from tests.builders import at

OLD, NEW = date(2026, 9, 1), date(2026, 9, 29)


def stale_news(bureau: Bureau, *nights: str) -> None:
    for night in nights:
        bureau.see(listed(NEWS, at(night), OLD))
    bureau.judge()


def package(app: App, when: datetime, verdict: str) -> Observation:
    return Observation(
        subject_id=app.subject_id, kind=SubjectKind.APP, look=LookKind.OFFICIAL, url=app.package_url,
        unit_id=app.unit_id, fetched_at=when, wall_at=when, state=PageState.OK, why=verdict,
        reading=PackageReading(verdict=verdict, why=verdict), http_status=200,
    )  # fmt: skip


def losses(bureau: Bureau, unit: str = "czj") -> list[tuple[str, str, str, str]]:
    sheet = score_unit(bureau.office, unit, date(2026, 12, 31))
    return costs([o for clause in sheet.clauses for o in clause.occurrences])


def test_two_nights_confirm_and_cost(bureau: Bureau) -> None:
    stale_news(bureau, "2026-09-29", "2026-09-30")
    [event] = bureau.archive.events()
    assert event.state is EventState.CONFIRMED
    assert losses(bureau) == [("czj", "A1-18a", "2026-09", "2")]


class Interrupted(Archive):
    """Somebody withdraws the event just before what was judged without that is saved."""

    withdraw: Callable[[], object] | None = None

    def save_events(
        self, now: Sequence[Event], gone: Sequence[Event], *, run: Run | None, at: datetime
    ) -> list[Event]:
        decision, self.withdraw = self.withdraw, None
        if decision is not None:
            decision()
        return super().save_events(now, gone, run=run, at=at)


def test_a_decision_made_while_it_is_judged_stands(bureau: Bureau) -> None:
    stale_news(bureau, "2026-09-29", "2026-09-30")
    [event] = bureau.archive.events()
    bureau.see(listed(NEWS, at("2026-10-01"), OLD))
    bureau.archive.close()
    bureau.archive = archive = Interrupted.open(f"sqlite:///{bureau.folder / DATABASE}")
    assert isinstance(archive, Interrupted)
    archive.withdraw = lambda: decide(
        bureau.office, event.id or 0, DecisionKind.WITHDRAW, by="李四", reason="平台故障"
    )
    judge_subjects(bureau.office, [NEWS.subject_id])
    [judged] = archive.events()
    assert archive.withdraw is None
    assert (judged.state, judged.confirmed_at, len(judged.sightings)) == (EventState.WITHDRAWN, None, 3)


def test_judging_again_changes_nothing(bureau: Bureau) -> None:
    stale_news(bureau, "2026-09-29", "2026-09-30")
    before, logged = bureau.archive.events(), bureau.archive.verify().count
    bureau.judge()
    assert (bureau.archive.events(), bureau.archive.verify().count) == (before, logged)
    assert bureau.archive.verify().ok


LOOKS: list[Observation] = [
    listed(NEWS, at("2026-09-28"), OLD),
    listed(NEWS, at("2026-09-29"), OLD),
    listed(NEWS, at("2026-09-30"), OLD, state=PageState.BLOCKED, reading=None),
    listed(NEWS, at("2026-10-01"), OLD, date(2026, 9, 30)),
    listed(NEWS, at("2026-10-20"), OLD, date(2026, 9, 30)),
    listed(NEWS, at("2026-10-21"), OLD, date(2026, 9, 30)),
    listed(NEWS, at("2026-10-21", "10:00"), OLD, date(2026, 10, 21), look=LookKind.ON_DEMAND),
]


@pytest.mark.parametrize("seed", range(6))
def test_the_order_of_arrival_does_not_matter(tmp_path: Path, seed: int) -> None:
    """Judged after every arrival, in any order, the end is the same."""
    ends = []
    for name, order in (("in-order", LOOKS), ("shuffled", random.Random(seed).sample(LOOKS, len(LOOKS)))):
        bureau = Bureau(tmp_path / name)
        for look in order:
            bureau.see(look)
            bureau.judge()
        standing = [one for one in bureau.story() if one["state"] is not EventState.WITHDRAWN]
        ends.append((standing, losses(bureau)))
        assert bureau.archive.verify().ok
        bureau.archive.close()
    assert ends[0] == ends[1]
    assert ends[0][1] == [("czj", "A1-18a", "2026-09", "2"), ("czj", "A1-18a", "2026-10", "2")]


def test_the_score_of_an_earlier_day_is_what_was_known_then(bureau: Bureau) -> None:
    stale_news(bureau, "2026-09-29", "2026-09-30")
    assert score_unit(bureau.office, "czj", date(2026, 9, 29)).deducted == 0
    assert score_unit(bureau.office, "czj", date(2026, 9, 30)).deducted == 2


def test_on_demand_looks_accuse_only_when_adopted(bureau: Bureau) -> None:
    bureau.see(listed(NEWS, at("2026-09-29"), OLD))
    check = bureau.archive.ask_check("czj", at("2026-09-30"))
    run = bureau.run(at("2026-09-30"))
    bureau.archive.claim_check(run, at("2026-09-30"))
    bureau.see(listed(NEWS, at("2026-09-30"), OLD, look=LookKind.ON_DEMAND, check_id=check), run=run)
    bureau.archive.finish_check(check, at("2026-09-30"))
    bureau.judge()
    assert [e.state for e in bureau.archive.events()] == [EventState.SUSPECTED]
    adopt(bureau.office, check, by="张三", reason="现场核实", at=at("2026-09-30", "09:00"))
    assert [e.state for e in bureau.archive.events()] == [EventState.CONFIRMED]


def test_a_person_decides_and_the_event_remembers(bureau: Bureau) -> None:
    stale_news(bureau, "2026-09-29", "2026-09-30")
    [event] = bureau.archive.events()
    now = at("2026-10-02")
    withdrawn = decide(
        bureau.office, event.id or 0, DecisionKind.WITHDRAW, by="李四", reason="平台故障", at=now
    )
    assert withdrawn.state is EventState.WITHDRAWN
    assert losses(bureau) == []
    stale_news(bureau, "2026-10-03")  # judged again: the decision stands
    assert [e.state for e in bureau.archive.events()] == [EventState.WITHDRAWN]
    with pytest.raises(RefusedError):
        decide(bureau.office, event.id or 0, DecisionKind.WITHDRAW, by="李四", reason="再来", at=now)
    again = decide(
        bureau.office, event.id or 0, DecisionKind.CONFIRM, by="王五", reason="复核", at=at("2026-10-04")
    )
    assert again.state is EventState.CONFIRMED
    assert [d.by for d in again.decisions] == ["李四", "王五"]


@pytest.mark.parametrize(
    ("kind", "by", "reason"),
    [
        (DecisionKind.CONFIRM, " ", "x"),
        (DecisionKind.CONFIRM, "x", ""),
        (DecisionKind.EXEMPT, "x", "without an end"),
    ],
)
def test_a_decision_without_words_is_refused(
    bureau: Bureau, kind: DecisionKind, by: str, reason: str
) -> None:
    stale_news(bureau, "2026-09-29")
    with pytest.raises(InputError):
        decide(bureau.office, 1, kind, by=by, reason=reason)


def test_attested_looks_count_like_any_other(bureau: Bureau) -> None:
    bureau.see(listed(NEWS, at("2026-09-28"), OLD, state=PageState.BLOCKED, reading=None))
    for night in ("2026-09-29", "2026-09-30"):
        seen = Attestation(by="张三", reason="人工打开网页", newest_on=OLD)
        attest(bureau.office, "czj-dt", seen, at=at(night))
    assert [e.state for e in bureau.archive.events()] == [EventState.CONFIRMED]
    attest(
        bureau.office,
        "column:czj-dt",
        Attestation(by="张三", reason="已更新", newest_on=NEW),
        at=at("2026-10-01"),
    )
    [event] = bureau.archive.events()
    assert not event.open


def test_an_attested_date_of_another_year_is_a_slip(bureau: Bureau) -> None:
    bureau.see(listed(NEWS, at("2026-09-28"), OLD))
    for slip in (date(2006, 9, 1), date(2025, 9, 1)):
        with pytest.raises(InputError, match="已经看到 2026-09-01 的内容"):
            attest(bureau.office, "czj-dt", Attestation(by="张三", reason="看过", newest_on=slip))
    for night, on in (("2026-09-29", NEW), ("2026-09-30", OLD), ("2026-10-01", date(2026, 8, 20))):
        attest(bureau.office, "czj-dt", Attestation(by="张三", reason="更正", newest_on=on), at=at(night))
    assert len(bureau.archive.looks_of(NEWS.subject_id)) == 4


def test_an_exemption_excuses_something_and_not_for_ever(bureau: Bureau) -> None:
    stale_news(bureau, "2026-09-29", "2026-09-30")
    for until, said in ((date(2026, 9, 28), "早于首次发现"), (date(2032, 1, 1), "最长到 2031-12-31"),
                        (date.max, "太久")):  # fmt: skip
        with pytest.raises(InputError, match=said):
            decide(bureau.office, 1, DecisionKind.EXEMPT, by="张三", reason="改版", until=until)
    decide(bureau.office, 1, DecisionKind.EXEMPT, by="张三", reason="改版", until=date(2031, 12, 31))
    assert losses(bureau) == []
    decide(bureau.office, 1, DecisionKind.CONFIRM, by="张三", reason="上次填错了")
    assert losses(bureau) == [("czj", "A1-18a", "2026-09", "2")]


def test_one_date_does_not_speak_for_all_units_of_a_shared_column(bureau: Bureau) -> None:
    """It would acquit every unit, or block the column with a row that is nobody's."""
    with pytest.raises(InputError, match="共用栏目"):
        attest(
            bureau.office, "qi-zc", Attestation(by="张三", reason="核实", newest_on=NEW), at=at("2026-10-01")
        )


def test_simulated_moments_are_for_simulations_only(bureau: Bureau, tmp_path: Path) -> None:
    from storage.archive import Archive

    with Archive.open(f"sqlite:///{tmp_path}/official.db") as official:
        office = replace(bureau.office, archive=official)
        with pytest.raises(NotSimulationError):
            office.moment(at("2026-09-29"))


class TestTrial:
    def test_a_column_without_a_start_is_looked_at_but_not_judged(self, bureau: Bureau) -> None:
        bureau.registry = Registry(units=(CZJ,), columns=(replace(NEWS, monitored_from=None),))
        stale_news(bureau, "2026-09-29", "2026-09-30")
        assert bureau.archive.events() == []

    def test_looks_before_the_start_do_not_count(self, bureau: Bureau) -> None:
        bureau.registry = Registry(units=(CZJ,), columns=(replace(NEWS, monitored_from=date(2026, 9, 30)),))
        stale_news(bureau, "2026-09-29", "2026-09-30")
        assert [e.state for e in bureau.archive.events()] == [EventState.SUSPECTED]

    def test_a_moved_column_is_on_trial_until_its_start_is_renewed(self, bureau: Bureau) -> None:
        stale_news(bureau, "2026-09-29", "2026-09-30")
        moved = replace(NEWS, url=f"{HOST}/new/")
        bureau.registry = Registry(units=(CZJ,), columns=(moved,))
        for night in ("2026-10-10", "2026-10-11"):
            bureau.see(listed(moved, at(night), OLD))
        bureau.judge()
        [event] = bureau.archive.events()
        assert (event.state, event.last_seen_at) == (EventState.CONFIRMED, at("2026-09-30"))
        bureau.registry = Registry(units=(CZJ,), columns=(replace(moved, monitored_from=date(2026, 10, 10)),))
        bureau.judge()
        assert len(bureau.archive.events()) == 2  # the old event stays, the new address has its own

    def test_a_persons_look_at_the_old_address_does_not_end_the_trial(self, bureau: Bureau) -> None:
        seen = Attestation(by="张三", reason="核实", newest_on=OLD)
        attest(bureau.office, "czj-dt", seen, at=at("2026-09-02"))
        bureau.see(listed(NEWS, at("2026-09-03"), OLD))
        moved = replace(NEWS, url=f"{HOST}/new/")
        bureau.registry = Registry(units=(CZJ,), columns=(moved,))
        for night in ("2026-10-10", "2026-10-11"):
            bureau.see(listed(moved, at(night), OLD))
        bureau.judge()
        assert bureau.archive.events() == []


class TestMassChange:
    COLUMNS = tuple(replace(NEWS, id=f"c{n}", url=f"{HOST}/c{n}/") for n in range(10))

    def turned(self, bureau: Bureau, count: int) -> list[EventState]:
        bureau.registry = Registry(units=(CZJ,), columns=self.COLUMNS)
        first, second, third = at("2026-09-12"), at("2026-09-29"), at("2026-09-30")
        run = bureau.run(first)
        for column in self.COLUMNS:
            bureau.see(listed(column, first, OLD), run=run)
        for night in (second, third):
            run = bureau.run(night)
            for n, column in enumerate(self.COLUMNS):
                bureau.see(listed(column, night, OLD if n < count else NEW), run=run)
            judge_subjects(bureau.office, [c.subject_id for c in self.COLUMNS], run=run)
        return [event.state for event in bureau.archive.events()]

    def test_many_turning_at_once_wait_for_a_person(self, bureau: Bureau) -> None:
        assert self.turned(bureau, 5) == [EventState.SUSPECTED] * 5
        assert [task.kind for task in bureau.archive.tasks() if task.kind == "mass_change"] == ["mass_change"]

    def test_so_do_apps_of_one_host(self, bureau: Bureau) -> None:
        """The store or the download server is out of order, not six apps at once."""
        apps = [App(id=f"a{n}", unit_id="czj", name=f"客户端{n}", package_url=f"{HOST}/{n}.apk",
                    monitored_from=SINCE) for n in range(6)]  # fmt: skip
        bureau.registry = Registry(units=(CZJ,), apps=tuple(apps))
        for day, said in (("2026-10-04", "ok"), ("2026-10-05", "broken"), ("2026-10-06", "broken")):
            run = bureau.see(*(package(app, at(day), said) for app in apps))
            judge_subjects(bureau.office, [app.subject_id for app in apps], run=run)
        events = bureau.archive.events()
        assert [event.state for event in events] == [EventState.SUSPECTED] * 6
        assert all("6个监测对象同时异常" in event.held for event in events)

    def test_a_few_are_judged(self, bureau: Bureau) -> None:
        assert self.turned(bureau, 4) == [EventState.CONFIRMED] * 4


class TestDocuments:
    ON = date(2026, 9, 20)

    def labels(self, **other: LabelState) -> DocumentReading:
        states = dict.fromkeys(LABELS, LabelState.VALUE) | other
        return DocumentReading(
            state=PageState.OK, why="", title="通知", published_on=self.ON,
            date_source=DateSource.PAGE, labels=MappingProxyType(states),
        )  # fmt: skip

    def seen(self, bureau: Bureau, reading: DocumentReading, on: date) -> None:
        for night in ("2026-09-29", "2026-09-30"):
            bureau.see(listed(NOTES, at(night), on), read(NOTES, on, at(night), reading, run_id=None))
        bureau.judge()

    def test_missing_labels_wait_for_a_person_then_cost_the_proposal(self, bureau: Bureau) -> None:
        self.seen(bureau, self.labels(keywords=LabelState.EMPTY), self.ON)
        [event] = bureau.archive.events()
        assert (event.test_id, event.state) == ("A1-12", EventState.SUSPECTED)
        decide(
            bureau.office, event.id or 0, DecisionKind.CONFIRM, by="张", reason="属实", at=at("2026-10-03")
        )
        assert losses(bureau) == [("czj", "A1-12", "2026-09", "0.5")]

    def test_a_document_linked_from_two_columns_is_one_subject(self, bureau: Bureau) -> None:
        """Whichever column led to it on which night: one event, charged once, never ended by the other's."""
        policy = replace(NOTES, id="czj-zc", kind=ColumnKind.POLICY, url=f"{HOST}/czj/zc/")
        bureau.registry = Registry(units=(CZJ,), columns=(NOTES, policy))
        lacking, one = self.labels(keywords=LabelState.EMPTY), "document:one"
        for night, column in (
            ("2026-09-28", NOTES), ("2026-09-29", policy), ("2026-09-30", NOTES), ("2026-10-01", policy),
        ):  # fmt: skip
            shown = [listed(c, at(night), self.ON) for c in (NOTES, policy)]
            url = f"{NOTES.url}{self.ON}.html"
            bureau.see(*shown, read(column, self.ON, at(night), lacking, subject_id=one, url=url))
            bureau.judge()
        events = bureau.archive.events(test_id="A1-12")
        assert [(e.subject_id, len(e.sightings), e.open) for e in events] == [(one, 4, True)]
        judge_subjects(bureau.office, [policy.subject_id])
        assert bureau.archive.events(test_id="A1-12") == events
        at_once = decide(
            bureau.office,
            events[0].id or 0,
            DecisionKind.CONFIRM,
            by="张",
            reason="属实",
            at=at("2026-10-03"),
        )
        assert at_once.state is EventState.CONFIRMED
        assert losses(bureau) == [("czj", "A1-12", "2026-09", "0.5")]

    def test_documents_from_before_monitoring_are_left_alone(self, bureau: Bureau) -> None:
        self.seen(bureau, self.labels(keywords=LabelState.EMPTY), SINCE - timedelta(days=1))
        assert [e.test_id for e in bureau.archive.events() if e.test_id == "A1-12"] == []


def test_a_notice_of_upper_levels_on_two_columns_is_told_once(bureau: Bureau) -> None:
    first, second = (
        replace(SHARED, id=f"tb-{n}", kind=ColumnKind.CRITICISM, url=f"{HOST}/tb{n}/", clock="none")
        for n in (1, 2)
    )
    bureau.registry = Registry(units=(CZJ,), columns=(first, second))
    for night in ("2026-09-29", "2026-09-30"):
        for column in (first, second):
            row = ListRow(
                key=f"{HOST}/one.html", title="关于财政局的通报", url=f"{HOST}/one.html",
                published_on=date(2026, 9, 28), date_source=DateSource.ROW,
            )  # fmt: skip
            reading = ListReading(state=PageState.OK, why="", rows=(row,))
            bureau.see(listed(column, at(night), reading=reading))
            bureau.judge()
    assert [len(e.sightings) for e in bureau.archive.events()] == [1]


class TestSharedColumn:
    def seen(self, bureau: Bureau, publishers: dict[date, str]) -> None:
        for night in ("2026-09-29", "2026-09-30"):
            bureau.see(
                listed(SHARED, at(night), *publishers),
                *(
                    read(
                        SHARED, on, at(night),
                        DocumentReading(state=PageState.OK, why="", published_on=on, publisher=name),
                    )
                    for on, name in publishers.items()
                ),
            )  # fmt: skip
        bureau.judge()

    def test_units_are_told_apart_by_publisher(self, bureau: Bureau) -> None:
        self.seen(bureau, {NEW: "某旗财政局", date(2026, 2, 1): "教育体育局"})
        stale = [(e.unit_id, e.state) for e in bureau.archive.events() if e.test_id == "A1-11b"]
        assert stale == [("jyj", EventState.CONFIRMED)]

    @pytest.mark.parametrize("shown", [None, date(2026, 2, 1)])
    def test_a_documents_own_date_in_time_allows_no_breach(self, bureau: Bureau, shown: date | None) -> None:
        """Undated in the shared list, or dated otherwise: the page behind the row is a trusted source."""
        for night in ("2026-09-29", "2026-09-30"):
            row = ListRow(key=f"{HOST}/one.html", title="意见", url=f"{HOST}/one.html", published_on=shown)
            old = ListRow(key=f"{HOST}/old.html", title="旧", url=f"{HOST}/old.html", published_on=OLD)
            list_ = ListReading(state=PageState.OK, why="", rows=(row, old))
            one = DocumentReading(
                state=PageState.OK,
                why="",
                published_on=NEW,
                date_source=DateSource.PAGE,
                publisher="教育体育局",
            )
            other = replace(one, published_on=OLD, publisher="某旗财政局")
            bureau.see(
                listed(SHARED, at(night), reading=list_),
                read(SHARED, NEW, at(night), one, url=row.key),
                read(SHARED, OLD, at(night), other, url=old.key),
            )
        bureau.judge()
        assert EventState.CONFIRMED not in {e.state for e in bureau.archive.events(unit_id="jyj")}

    def test_a_unit_answers_for_a_shared_column_from_its_registration_on(self, bureau: Bureau) -> None:
        """Registered in October: what the column showed in September is not held against it afterwards."""
        late = replace(ON_SHARED[1], since=date(2026, 10, 1))
        bureau.registry = replace(bureau.registry, registrations=(ON_SHARED[0], late))
        self.seen(bureau, {NEW: "某旗财政局", date(2026, 2, 1): "教育体育局"})
        assert [e for e in bureau.archive.events() if e.unit_id == "jyj"] == []
        for night in ("2026-10-01", "2026-10-02"):
            bureau.see(listed(SHARED, at(night), NEW, date(2026, 2, 1)))
        bureau.judge()
        [event] = [e for e in bureau.archive.events() if e.unit_id == "jyj"]
        assert (event.state, event.opened_at) == (EventState.CONFIRMED, at("2026-10-01"))

    def test_nobody_is_stale_while_a_publisher_is_unknown(self, bureau: Bureau) -> None:
        self.seen(bureau, {NEW: "某旗某某中心", date(2026, 2, 1): "教育体育局"})
        assert [e for e in bureau.archive.events() if e.test_id == "A1-11b"] == []
        [task] = [task for task in bureau.archive.tasks() if task.kind == "publisher"]
        assert "某旗某某中心" in task.detail


@pytest.mark.parametrize(
    ("state", "status"), [(PageState.FAILED, 404), (PageState.FAILED, 410), (PageState.SOFT_404, 200)]
)
def test_an_address_that_is_gone_or_leads_elsewhere_is_a_task_until_it_is_read(
    bureau: Bureau, state: PageState, status: int
) -> None:
    bureau.see(
        listed(NEWS, at("2026-09-28"), state=state, reading=None, http_status=status, why="转到了首页")
    )
    bureau.judge()
    [task] = bureau.archive.tasks()
    assert (task.kind, task.subject) == ("registry", NEWS.subject_id)
    assert "转到了首页" in task.detail
    bureau.see(listed(NEWS, at("2026-09-29"), NEW))
    bureau.judge()
    assert bureau.archive.tasks() == []
    assert bureau.archive.events() == []


def test_three_days_without_an_answer_become_a_task(bureau: Bureau) -> None:
    nights = ("2026-09-28", "2026-09-29", "2026-09-30")
    for night in nights:
        bureau.see(listed(NEWS, at(night), state=PageState.BLOCKED, reading=None))
        bureau.judge()
    assert [task.kind for task in bureau.archive.tasks()] == ["unknown"]
    bureau.see(listed(NEWS, at("2026-10-01"), NEW))
    bureau.judge()
    assert bureau.archive.tasks() == []


def test_a_unit_without_a_registration_is_pending(bureau: Bureau) -> None:
    states = {c.clause_id: c for c in score_unit(bureau.office, JYJ.id, date(2026, 9, 30)).clauses}
    assert states["A1-18"].state is ClauseState.PENDING
    assert "A1-18a：未登记" in states["A1-18"].why
    assert states["A1-20"].state is ClauseState.PENDING


def test_events_outlive_their_subject(bureau: Bureau) -> None:
    stale_news(bureau, "2026-09-29", "2026-09-30")
    bureau.registry = Registry(units=(CZJ,), columns=())
    judge_everything(bureau.office)
    assert [e.state for e in bureau.archive.events()] == [EventState.CONFIRMED]


def test_an_event_found_wrong_stays_withdrawn_when_its_looks_are_judged_no_longer(bureau: Bureau) -> None:
    """A look that arrived late acquits; renewing the column's start afterwards must not bring it back."""
    stale_news(bureau, "2026-09-29", "2026-09-30")
    bureau.see(listed(NEWS, at("2026-09-28"), OLD, date(2026, 9, 27)))
    bureau.judge()
    assert [e.state for e in bureau.archive.events()] == [EventState.WITHDRAWN]
    bureau.registry = Registry(units=(CZJ,), columns=(replace(NEWS, monitored_from=date(2026, 10, 15)),))
    bureau.judge()
    assert [e.state for e in bureau.archive.events()] == [EventState.WITHDRAWN]
    assert losses(bureau) == []


def test_what_a_person_withdrew_does_not_come_back_when_a_late_look_splits_it(bureau: Bureau) -> None:
    stale_news(bureau, "2026-09-28", "2026-09-29", "2026-10-01", "2026-10-02")
    [event] = bureau.archive.events()
    decide(
        bureau.office, event.id or 0, DecisionKind.WITHDRAW, by="李四", reason="平台故障", at=at("2026-10-03")
    )
    said = [
        listed(NEWS, at("2026-09-30", clock), on, look=LookKind.ATTESTED, http_status=None)
        for clock, on in (("10:00", date(2026, 9, 29)), ("11:00", OLD))
    ]
    bureau.archive.record(None, said, actor="张三")
    for _ in range(2):
        bureau.judge()
        assert [e.state for e in bureau.archive.events()] == [EventState.WITHDRAWN, EventState.SUSPECTED]
    assert losses(bureau) == []


def test_until_is_the_day_s_end() -> None:
    assert day_end(date(2026, 9, 30)) == at("2026-10-01", "00:00")


def test_column_kinds_are_the_rubrics_words() -> None:
    assert ColumnKind(Column(id="x", name="x", kind=ColumnKind.NEWS, url="http://x.y").kind) == "动态"


def test_a_person_acquits_an_account_by_what_she_saw(tmp_path: Path) -> None:
    """An account's attested date stands in its post, not in a list."""
    office = monthly.office_at(tmp_path, "2026-09-22 09:00")
    monthly.watch(office, "2026-09-20", 2, {monthly.RENDA: date(2026, 8, 30)})
    attest(office, monthly.RENDA, Attestation(by="李四", reason="核实", newest_on=date(2026, 9, 21)))
    [event] = office.archive.events()
    assert not event.open
    office.archive.close()
