"""What a rubric must keep beyond its schema: totals as printed, rates as quoted, names that exist."""

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from pydantic import ValidationError

from config.document import Document
from config.entries import Entry, entries, inside
from config.mistakes import near, problems_of
from config.rubric_schema import MONITORS, Needs, RubricFile, squeeze
from config.schema import ANNEX_OF
from config.veto_schema import VetoFile
from domain.errors import Problem
from domain.rubric import CountBy, Mode, Section, Shape
from domain.units import UnitKind

RATE = re.compile(r"扣\s*(\d+(?:\.\d+)?)\s*(分|%|％)")
FULL = Decimal(100)


def check_rubrics(documents: Sequence[Document]) -> list[Problem]:
    """Every mistake in the rubric's files."""
    found: list[Problem] = []
    for document in documents:
        shape = _shape(document)
        found += shape
        if information(document):
            continue
        found += [problem for check in CHECKS for problem in check(document)]
        if not shape:
            found += _totals(document)
    found += _annex_twice(documents)
    return found


def information(document: Document) -> bool:
    """Whether a file only informs and is mixed into no score."""
    return isinstance(document.data, dict) and document.data.get("scope") is not None


def _shape(document: Document) -> list[Problem]:
    model: type[RubricFile] | type[VetoFile] = VetoFile if information(document) else RubricFile
    try:
        model.model_validate({} if document.data is None else document.data)
    except ValidationError as error:
        return problems_of(document, error, model)
    return []


def _annex_twice(documents: Sequence[Document]) -> Iterator[Problem]:
    first: dict[int, Document] = {}
    for document in documents:
        annex = document.at(("annex",))
        if isinstance(annex, int) and (taken := first.setdefault(annex, document)) is not document:
            what = f"附件{annex}的细则已经有了（{taken.path.name}）"
            yield document.problem(("annex",), what, "rubric/ 里每个附件只留一份，请把另一份移走")


def _clause_ids(document: Document) -> Iterator[Problem]:
    annex, first = document.at(("annex",)), dict[str, Entry]()
    for clause in entries(document, "clauses"):
        clause_id = clause.text("id")
        taken = first.setdefault(clause_id, clause)
        if taken is not clause and clause_id:
            yield clause.problem("id", f"条款编号“{clause_id}”重复（{taken.place}）", "请改其中一个编号")
        if clause_id and isinstance(annex, int) and not clause_id.startswith(f"A{annex}-"):
            yield clause.problem("id", f"附件{annex}里出现条款“{clause_id}”", f"请写 A{annex}- 开头的编号")


def _test_ids(document: Document) -> Iterator[Problem]:
    for clause in entries(document, "clauses"):
        first: dict[str, Entry] = {}
        for test in inside(clause, "tests"):
            taken = first.setdefault(test.text("id"), test)
            if taken is not test:
                what = f"同一条款有两个测试编号都是“{test.text('id')}”（{taken.place}）"
                yield test.problem("id", what, "几个测试请依次写 id: a、id: b、id: c")


def _unwatched(document: Document) -> Iterator[Problem]:
    """A clause judged by machine or with its help, but without a test, would give full marks unseen."""
    for clause in entries(document, "clauses"):
        mode, tests = clause.text("mode"), list(inside(clause, "tests"))
        if mode in {Mode.AUTO, Mode.ASSISTED} and not tests:
            yield clause.problem(
                "tests", f"条款 mode 是 {mode}，却没有测试", "请补上 tests，或改为 mode: manual"
            )
        for test in tests:
            if test.text("mode") == Mode.AUTO and mode != Mode.AUTO:
                yield test.problem("mode", f"测试是 auto，条款却是 {mode}", "请把两处 mode 改为一致")


def _monitor_needs(document: Document) -> Iterator[Problem]:
    for test in entries(document, "clauses", "tests"):
        monitor = test.text("monitor")
        if monitor not in MONITORS:
            continue
        needs, given = MONITORS[monitor], test.data.get("limits")
        named = set(given) if isinstance(given, dict) else set()
        yield from _limits(test, monitor, needs, named)
        if needs.kinds and not test.data.get("kinds"):
            yield test.problem("kinds", f"“{monitor}”没有写监测哪一类对象", "请写 kinds，例如 kinds: [动态]")
        if needs.titles and not test.data.get("titles"):
            yield test.problem(
                "titles", f"“{monitor}”没有写标题里找什么", "请写 titles，例如 titles: [任免, 任命]"
            )


def _limits(test: Entry, monitor: str, needs: Needs, named: set[str]) -> Iterator[Problem]:
    if needs.one_of and len(named & set(needs.one_of)) != 1:
        way_out = (
            f"请在 limits 里写 {' 或 '.join(needs.one_of)} 其中一个，例如 limits: {{{needs.one_of[0]}: 14}}"
        )
        yield test.problem("limits", f"“{monitor}”缺少期限", way_out)
    for key in needs.all_of:
        if key not in named:
            yield test.problem("limits", f"“{monitor}”缺少期限“{key}”", f"请写上，例如 limits: {{{key}: 1}}")
    for key in sorted(named - set(needs.known)):
        yield test.problem("limits", f"“{monitor}”不认识期限“{key}”", f"{near(key, needs.known)}请删去或改名")


def _shapes(document: Document) -> Iterator[Problem]:
    """Each way of scoring with what it needs: nothing may be left to a guess when points are taken."""
    for clause in entries(document, "clauses"):
        points = clause.data.get("points")
        full = set(map(str, points.values())) if isinstance(points, dict) else set()
        for test in inside(clause, "tests"):
            yield from _shape_needs(test, full)


def _shape_needs(test: Entry, full: set[str]) -> Iterator[Problem]:
    shape, data = test.text("shape"), test.data
    price = data.get("per") or data.get("proposed_per")
    if shape == Shape.PRESENCE and price is not None and {str(price)} != full:
        what = f"shape: {shape} 一次扣完全部分值，建议扣 {price} 分与满分不一致"
        yield test.problem("shape", what, "请把 proposed_per 写成满分，或改用 shape: occurrence")
    if (shape == Shape.PERCENT) != (data.get("percent") is not None):
        yield test.problem(
            "percent", "shape: percent 与 percent 要一起写", '例如 shape: percent, percent: "20"'
        )
    if shape == Shape.MINIMUM and not str(data.get("monitor") or "column.count").startswith("column."):
        yield test.problem("shape", "shape: minimum 只用于按条数监测的测试", "请用 monitor: column.count")
    earned = data.get("per_item") is not None or data.get("weights")
    if earned and shape != Shape.VOLUME:
        yield test.problem("per_item", "per_item、weights 只用于 shape: volume", "请改为 shape: volume")
    if shape in {Shape.OBJECT, Shape.PRESENCE, Shape.MINIMUM} and data.get("count_by") == CountBy.MONTH:
        yield test.problem("count_by", f"shape: {shape} 一年只计一次", "请写 count_by: year 或 once")


def _count_per(document: Document) -> Iterator[Problem]:
    for test in entries(document, "clauses", "tests"):
        if test.data.get("count_per") is not None and test.text("monitor") != "notice.rectified":
            what = "count_per 只用于按时整改的测试（monitor: notice.rectified）"
            yield test.problem("count_per", what, "请删去这一项")


def _rates(document: Document) -> Iterator[Problem]:
    for clause in entries(document, "clauses"):
        for test in inside(clause, "tests"):
            yield from _rate(clause, test)


def _rate(clause: Entry, test: Entry) -> Iterator[Problem]:
    """A machine may only take points at a rate the rubric states, or the office has decided on."""
    quote, decided = squeeze(test.text("rate_quote")), isinstance(test.data.get("decision"), dict)
    per = test.data.get("per")
    if test.text("mode") == Mode.AUTO and per is None:
        yield test.problem("per", "mode: auto 没有写每次扣几分", '请写 per，例如 per: "2"，并引出原文')
    if per is not None and not quote and not decided:
        way_out = (
            "请用 rate_quote 照抄原文的扣分标准；原文没有的，写 decision（日期、人、内容）或改用 proposed_per"
        )
        yield test.problem("per", "扣分标准没有出处", way_out)
    if not quote:
        return
    if quote not in squeeze(clause.text("quote")):
        yield test.problem("rate_quote", f"原文里没有“{quote}”这句话", "请从 quote 中照抄")
    elif not decided and isinstance(per, str) and not _states(quote, per, clause):
        way_out = "请核对 per 与原文，两处要一致"
        yield test.problem("per", f"per 是 {per}，与引文“{quote}”不一致", way_out)


def _states(quote: str, per: str, clause: Entry) -> bool:
    """Whether the quoted rate is `per` points; a percentage is one of the clause's full marks."""
    found = RATE.search(quote)
    if not found or not re.fullmatch(r"\d+(\.\d+)?", per):
        return False
    rate = Decimal(found[1])
    if found[2] == "分":
        return rate == Decimal(per)
    points = clause.data.get("points")
    full = [str(value) for value in points.values()] if isinstance(points, dict) else []
    numbers = [Decimal(text) for text in full if re.fullmatch(r"\d+(\.\d+)?", text)]
    return bool(numbers) and all(rate * number / 100 == Decimal(per) for number in numbers)


def _blocks(document: Document) -> Iterator[Problem]:
    names = [block.text("name") for block in entries(document, "blocks")]
    for index, block in enumerate(entries(document, "blocks")):
        if block.text("name") in names[:index]:
            yield block.problem("name", f"板块“{block.text('name')}”写了两遍", "请删去一处")
    for clause in entries(document, "clauses"):
        block_name = clause.text("block")
        if block_name and block_name not in names:
            way_out = f"{near(block_name, names)}请与 blocks 里的名称一致"
            yield clause.problem("block", f"没有“{block_name}”这个板块", way_out)


def _kinds(document: Document) -> Iterator[Problem]:
    annex = document.at(("annex",))
    for entry in (*entries(document, "blocks"), *entries(document, "clauses")):
        points = entry.data.get("points")
        for kind in points if isinstance(points, dict) else ():
            if kind in ANNEX_OF and annex in ANNEX_OF.values() and ANNEX_OF[UnitKind(kind)] != annex:
                yield entry.problem("points", f"附件{annex}不考核{kind}", f"请删去“{kind}”")


CHECKS: tuple[Callable[[Document], Iterator[Problem]], ...] = (
    _clause_ids,
    _test_ids,
    _unwatched,
    _monitor_needs,
    _shapes,
    _count_per,
    _rates,
    _blocks,
    _kinds,
)


def _totals(document: Document) -> Iterator[Problem]:
    """Block totals as printed, and 100 for every kind of unit (bonus and penalty apart)."""
    rubric = RubricFile.model_validate(document.data)
    for index, block in enumerate(rubric.blocks):
        for kind in _kinds_of(rubric):
            clauses = [c.points.get(kind, Decimal(0)) for c in rubric.clauses if c.block == block.name]
            printed, total = block.points.get(kind, Decimal(0)), sum(clauses, Decimal(0))
            if printed != total:
                what = f"“{block.name}”{kind}各条合计 {total} 分，应为 {printed} 分"
                way_out = "请核对该板块各条的 points；确属新版细则的，同时改板块分值"
                yield document.problem(("blocks", index, "points"), what, way_out)
    for kind in _kinds_of(rubric):
        base = (b.points.get(kind, Decimal(0)) for b in rubric.blocks if b.section is Section.BASE)
        total = sum(base, Decimal(0))
        if total != FULL:
            what = f"{kind}基础分合计 {total} 分，应为 {FULL} 分（不含加分项、扣分项）"
            yield document.problem(("blocks",), what, "请核对各板块的 points 和 section")


def _kinds_of(rubric: RubricFile) -> tuple[UnitKind, ...]:
    return tuple(kind for kind in UnitKind if ANNEX_OF[kind] == rubric.annex)
