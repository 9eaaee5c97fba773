from types import MappingProxyType

import pytest

from domain.findings import Verdict
from domain.readings import LABELS, DocumentReading, LabelState, PageState
from domain.rubric import Mode, Test, UnitKind
from domain.units import SubjectKind, Unit
from monitors.attribution import alias_table, units_of
from monitors.case import Case, History
from monitors.catalog import judge
from tests.builders import at, look

TEST = Test(id="A1-12", clause_id="A1-12", item="要素", mode=Mode.ASSISTED, monitor="document.labels")
V, NONE, EMPTY = LabelState.VALUE, LabelState.DECLARED_NONE, LabelState.EMPTY


def judged(labels: dict[str, LabelState], title: str | None = "关于某事的通知") -> tuple[Verdict, str]:
    seen = DocumentReading(state=PageState.OK, why="w", title=title, labels=MappingProxyType(labels))
    case = Case(unit_id="u", subject_id="document:1", test=TEST)
    one = look(1, at("2026-09-29"), reading=seen, subject=SubjectKind.DOCUMENT)
    [found] = judge(case, History(looks=(one,)))
    return found.verdict, found.measured


FULL = dict.fromkeys(LABELS, V)


def test_all_six_are_in_order() -> None:
    assert judged(FULL)[0] is Verdict.OK


def test_wu_is_in_order_for_the_number() -> None:
    assert judged(FULL | {"doc_number": NONE})[0] is Verdict.OK


@pytest.mark.parametrize("name", [name for name in LABELS if name != "title"])
@pytest.mark.parametrize("state", [EMPTY, LabelState.ABSENT])
def test_a_missing_label_is_named(name: str, state: LabelState) -> None:
    verdict, measured = judged(FULL | {name: state})
    assert verdict is Verdict.BREACH
    assert measured.startswith("缺少")


def test_wu_is_not_in_order_for_keywords() -> None:
    assert judged(FULL | {"keywords": NONE}) == (Verdict.BREACH, "缺少关键字（写作无）")


def test_the_page_title_stands_for_the_name() -> None:
    assert judged(FULL | {"title": LabelState.ABSENT})[0] is Verdict.OK
    assert judged(FULL | {"title": LabelState.ABSENT}, title=None)[0] is Verdict.BREACH


TABLE = alias_table(
    [
        Unit(id="czj", name="财政局", kind=UnitKind.DEPARTMENT, annex=1, aliases=("某旗财政局",)),
        Unit(id="jyj", name="教育体育局", kind=UnitKind.DEPARTMENT, annex=1),
    ],
    others=("某旗人民政府",),
)


@pytest.mark.parametrize(
    ("publisher", "source", "want"),
    [
        ("某旗财政局", None, {"czj"}),
        ("某旗 财政局：", None, {"czj"}),
        (None, "财政局", {"czj"}),
        ("财政局、教育体育局", None, {"czj", "jyj"}),
        ("某旗人民政府", None, set()),
        ("某旗文体局", None, None),
        ("财政局、某旗文体局", None, None),
        ("某旗文体局", "财政局", None),
        (None, None, None),
    ],
)
def test_attribution_by_alias(publisher: str | None, source: str | None, want: set[str] | None) -> None:
    seen = DocumentReading(state=PageState.OK, why="w", publisher=publisher, source=source)
    assert units_of(seen, TABLE) == (None if want is None else frozenset(want))
