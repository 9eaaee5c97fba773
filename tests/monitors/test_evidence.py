"""领导信息, 上级通报, 信息报送, 办事服务: evidence for a person, and nothing against the innocent."""

from datetime import date
from decimal import Decimal

import pytest

from domain.events import fold
from domain.findings import Finding, Verdict
from domain.looks import LookKind
from domain.readings import PageState
from domain.rubric import CountBy, Mode, Shape, Test
from monitors.case import Case, History
from monitors.catalog import judge
from monitors.criticism import names_unit
from monitors.volume import volume
from monitors.windows import Window
from tests.builders import at, days, look, row
from tests.monitors.counting import seen_at, sheaf

OLD = ("old", date(2025, 12, 31))
NAMES = ("财政局", "某旗财政局")


class TestLeaders:
    TEST = Test(
        id="A1-18c", clause_id="A1-18", item="领导信息", mode=Mode.ASSISTED, monitor="leaders.mismatch",
        kinds=("领导信息",), also=("通知公告",), titles=("任免",), limits={"days": 40}, per=Decimal(2),
    )  # fmt: skip

    def judged(
        self, *nights: str, news: date | None, title: str = "关于财政局任免职务的通知", **more: object
    ):  # type: ignore[no-untyped-def]
        looks = [look(n, at(night), rows=5) for n, night in enumerate(nights)]
        looks[-1] = look(99, at(nights[-1]), **{"rows": 5, **more})  # type: ignore[arg-type]
        rows = [row("name", None, at(nights[0]))]
        notices = sheaf([], [row(title, news, at(news.isoformat()))] if news else [], name="通知公告")
        case = Case(unit_id="u", subject_id="column:ld", test=self.TEST, names=NAMES)
        return judge(case, History(looks=tuple(looks), rows=tuple(rows), columns=(notices,)))

    @pytest.mark.parametrize(
        ("last", "want"), [("2026-07-11", Verdict.OK), ("2026-07-12", Verdict.SUSPECTED)]
    )  # news of 1 June: day 40 is in time
    def test_news_older_than_the_limit_without_a_change(self, last: str, want: Verdict) -> None:
        found: list[Finding] = self.judged("2026-05-01", last, news=date(2026, 6, 1))
        assert found[-1].verdict is want

    def test_the_evidence_names_where_and_what(self) -> None:
        found = self.judged("2026-05-01", "2026-07-20", news=date(2026, 6, 1))
        assert "通知公告" in found[-1].why
        assert "关于财政局任免职务的通知" in found[-1].why

    def test_a_change_of_the_list_answers_the_news(self) -> None:
        found = self.judged("2026-05-01", "2026-07-20", news=date(2026, 6, 1), rows=4)
        assert found[-1].verdict is Verdict.OK

    def test_news_from_before_the_first_look_proves_nothing(self) -> None:
        found = self.judged("2026-05-01", "2026-07-20", news=date(2026, 4, 1))
        assert found[-1].verdict is Verdict.OK

    @pytest.mark.parametrize("title", ["关于教育局任免职务的通知", "财政局召开会议"])
    def test_news_about_others_or_other_things(self, title: str) -> None:
        found = self.judged("2026-05-01", "2026-07-20", news=date(2026, 6, 1), title=title)
        assert found[-1].verdict is Verdict.OK

    @pytest.mark.parametrize(
        ("state", "rows"), [(PageState.FAILED, 0), (PageState.BLOCKED, 0), (PageState.EMPTY, 0)]
    )
    def test_a_page_that_says_nothing_is_unknown(self, state: PageState, rows: int) -> None:
        found = self.judged("2026-05-01", "2026-07-20", news=date(2026, 6, 1), state=state, rows=rows)
        assert found[-1].verdict is Verdict.UNKNOWN


class TestCriticism:
    TEST = Test(
        id="A1-26", clause_id="A1-26", item="通报批评", mode=Mode.ASSISTED, monitor="notice.names",
        kinds=("上级通报",), shape=Shape.PERCENT, percent=Decimal(20), per=Decimal(4),
        count_by=CountBy.ONCE,
    )  # fmt: skip
    NIGHTS = days("2026-06-01", 3)

    def judged(self, *rows: object, kinds: tuple[LookKind, ...] = (LookKind.OFFICIAL,) * 3) -> list[Finding]:
        looks = tuple(
            look(n, night, kind=k) for n, (night, k) in enumerate(zip(self.NIGHTS, kinds, strict=True))
        )
        case = Case(unit_id="u", subject_id="column:tb", test=self.TEST, names=NAMES)
        return judge(case, History(looks=looks, rows=rows))  # type: ignore[arg-type]

    def test_a_notice_is_one_suspicion_however_often_it_is_seen(self) -> None:
        found = self.judged(row("关于财政局等单位的通报", date(2026, 5, 30), self.NIGHTS[1]))
        assert [(one.verdict, one.observation_id, one.period) for one in found] == [
            (Verdict.SUSPECTED, 1, 2026)
        ]
        assert len(fold(found)) == 1

    def test_a_look_that_may_not_accuse_leaves_it_to_the_next(self) -> None:
        kinds = (LookKind.ON_DEMAND, LookKind.OFFICIAL, LookKind.OFFICIAL)
        found = self.judged(row("关于财政局等单位的通报", date(2026, 5, 30), self.NIGHTS[0]), kinds=kinds)
        assert [(one.observation_id, one.accuses) for one in found] == [(0, False), (1, True)]

    def test_the_column_without_the_unit_s_name_counts_as_judged(self) -> None:
        assert {one.verdict for one in self.judged()} == {Verdict.OK}

    @pytest.mark.parametrize(
        ("title", "named"),
        [
            ("关于某旗财政局网站栏目长期未更新的通报", True),
            ("关于教育局的通报", False),
            ("关于 财政 局 的通报", True),  # blanks between characters
        ],
    )
    def test_names_are_compared_without_blanks(self, title: str, named: bool) -> None:
        assert names_unit(title, NAMES) is named

    def test_names_of_two_characters_are_not_looked_for(self) -> None:
        assert not names_unit("关于旗委办公的通报", ("旗委",))


def test_services_are_open_with_entries_and_suspected_when_blank() -> None:
    test = Test(
        id="A1-19", clause_id="A1-19", item="办事服务", mode=Mode.ASSISTED, monitor="column.listed",
        kinds=("办事服务",), shape=Shape.PRESENCE,
    )  # fmt: skip
    case = Case(unit_id="u", subject_id="column:fw", test=test)
    night = at("2026-06-01")
    states = {PageState.OK: 3, PageState.EMPTY: 0, PageState.FAILED: 0}
    found = {s: judge(case, History(looks=(look(1, night, state=s, rows=n),)))[0] for s, n in states.items()}
    assert [one.verdict for one in found.values()] == [Verdict.OK, Verdict.SUSPECTED, Verdict.UNKNOWN]
    assert "办事服务" in found[PageState.EMPTY].why


def test_volume_counts_each_address_once_by_month_for_its_publisher() -> None:
    when = at("2026-06-01")
    window = Window(2026, date(2026, 1, 1), date(2026, 12, 31))
    own = sheaf(
        [seen_at(1, when)],
        [row(key, on, when) for key, on in (("a", date(2026, 1, 5)), ("b", date(2026, 3, 1)), OLD)],
        kind="动态", name="own",
    )  # fmt: skip
    rows = [row(key, date(2026, 3, 2), when) for key in ("b", "c", "d", "e")]
    shared = sheaf(
        [], rows, kind="通知公告", name="shared",
        units_of={"b": frozenset({"u"}), "c": frozenset({"u", "v"}), "d": frozenset({"v"})},
    )  # fmt: skip
    found = volume("u", window, [own, shared])
    assert found.counts == {(1, "动态"): 1, (3, "动态"): 1, (3, "通知公告"): 1}
    assert (found.total, found.unresolved, found.by_month()) == (3, 1, {1: 1, 3: 2})
