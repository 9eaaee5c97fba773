"""The year's score as rows: summary, one matrix an annex, deductions, marks, what is open. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from domain.clock import BEIJING, Month
from domain.records import Mark
from domain.rubric import Mode, Rubric, Section
from domain.scores import SETTLED, ClauseScore, ClauseState
from domain.yearbook import Assessed, Charged, YearBook
from notices.cells import Value
from notices.wording import points as shown

STATES: Mapping[ClauseState, str] = {
    ClauseState.JUDGED: "系统评判",
    ClauseState.ENTERED: "人工评分",
    ClauseState.NOT_APPLICABLE: "不涉及",
    ClauseState.PROPOSED: "待人认定",
    ClauseState.PENDING: "待定",
}
MODES: Mapping[Mode, str] = {
    Mode.AUTO: "自动",
    Mode.ASSISTED: "系统提供证据，人工认定",
    Mode.MANUAL: "人工评分",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table of the workbook. `notes`: comments by (row, column), both from 0; `marked`: cells that lost
    points; `frozen`: columns that stay in sight; `narrow`: a matrix printed small."""

    name: str
    title: str
    columns: tuple[tuple[str, int], ...]  # head and width in characters
    rows: tuple[tuple[Value, ...], ...]
    notes: Mapping[tuple[int, int], str] = field(default_factory=dict)
    marked: frozenset[tuple[int, int]] = frozenset()
    open: frozenset[tuple[int, int]] = frozenset()
    frozen: int = 2
    narrow: bool = False


def grids(book: YearBook) -> tuple[Grid, ...]:
    """All sheets of the workbook, in its order."""
    rubrics = {one.rubric.annex: one.rubric for one in book.units}
    matrices = tuple(matrix(book, rubrics[annex]) for annex in sorted(rubrics))
    return (summary(book), *matrices, deductions(book), marks(book), still_open(book), about(book))


def _title(book: YearBook, what: str) -> str:
    return f"{'【模拟】' if book.simulation else ''}{book.year}年度政务公开考核{what}"


def summary(book: YearBook) -> Grid:
    """One line a unit: points kept by block, total, pending, bonus, penalty, final, coverage."""
    blocks = _blocks(book)
    places = _places(book) if book.ranked else {}
    rows = []
    for number, one in enumerate(book.units):
        sheet = one.sheet
        cells: list[Value] = [number + 1, *([places[one.unit.id]] if book.ranked else [])]
        cells += [one.unit.name, one.unit.kind.value, *(_of_block(one, block) for block in blocks)]
        share = f"{sheet.coverage * 100:.1f}%" if sheet.coverage is not None else "没有读数"
        state = "已定" if not sheet.pending else f"尚有{shown(sheet.pending)}分待定"
        cells += [
            sheet.total, sheet.pending, sheet.deducted, sheet.bonus, sheet.penalty, sheet.final, share, state
        ]  # fmt: skip
        rows.append(tuple(cells))
    rank = (("名次", 6),) if book.ranked else ()
    ends = ("确定得分", "待定", "扣分", "加分项", "扣分项", "最终得分", "监测覆盖率", "状态")
    columns = (
        ("序号", 6), *rank, ("单位", 26), ("类别", 8),
        *((block, 11) for block in blocks), *((end, 10) for end in ends[:-1]), (ends[-1], 18),
    )  # fmt: skip
    return Grid(
        name="汇总", title=_title(book, "得分汇总表"), columns=columns, rows=tuple(rows),
        frozen=3 if book.ranked else 2,
    )  # fmt: skip


def _blocks(book: YearBook) -> tuple[str, ...]:
    """Base blocks of all rubrics, in their order; those of one name share a column."""
    rubrics = {one.rubric.annex: one.rubric for one in book.units}
    found = (
        c.block for annex in sorted(rubrics) for c in rubrics[annex].clauses if c.section is Section.BASE
    )
    return tuple(dict.fromkeys(found))


def _of_block(one: Assessed, block: str) -> Value:
    """Points kept in a block, with what is pending there in words; None: the unit has no such block."""
    of = {clause.id: clause.block for clause in one.rubric.clauses}
    mine = [c for c in one.sheet.clauses if of[c.clause_id] == block and c.section is Section.BASE]
    if not mine:
        return None
    waiting = sum((c.points - c.deducted for c in mine if c.state not in SETTLED), Decimal(0))
    if all(c.state not in SETTLED for c in mine):
        return f"待定{shown(waiting)}"
    kept = sum((c.points - c.deducted for c in mine if c.state in SETTLED), Decimal(0))
    return f"{shown(kept)}（待定{shown(waiting)}）" if waiting else kept


def _places(book: YearBook) -> dict[str, int]:
    """Places by final points within each annex; equal points share a place."""
    return {
        one.unit.id: 1
        + sum(
            other.rubric.annex == one.rubric.annex and other.sheet.final > one.sheet.final
            for other in book.units
        )
        for one in book.units
    }


def matrix(book: YearBook, rubric: Rubric) -> Grid:
    """Units of one annex against its clauses: points kept, given or taken; under the heads the full marks."""
    mine = [one for one in book.units if one.rubric.annex == rubric.annex]
    rows: list[tuple[Value, ...]] = [("满分", None, *(_full(rubric, mine, c.id) for c in rubric.clauses))]
    notes, marked, waiting = dict[tuple[int, int], str](), set[tuple[int, int]](), set[tuple[int, int]]()
    for number, one in enumerate(mine, 1):
        scores = {score.clause_id: score for score in one.sheet.clauses}
        cells: list[Value] = [one.unit.name, one.unit.kind.value]
        for clause in rubric.clauses:
            score, place = scores.get(clause.id), (number, len(cells))
            cells.append(_cell(score))
            if score is not None and score.deducted:
                marked.add(place)
            if score is not None and score.state not in SETTLED:
                waiting.add(place)
            if score is not None and (note := _note(score)):
                notes[place] = note
        rows.append(tuple(cells))
    heads = tuple((f"{clause.id}\n{clause.item}", 7) for clause in rubric.clauses)
    return Grid(
        name=f"附件{rubric.annex}逐条得分", title=_title(book, f"逐条得分表（细则附件{rubric.annex}）"),
        columns=(("单位", 24), ("类别", 7), *heads), rows=tuple(rows), notes=notes, marked=frozenset(marked),
        open=frozenset(waiting), frozen=2, narrow=True,
    )  # fmt: skip


def _full(rubric: Rubric, mine: list[Assessed], clause_id: str) -> Value:
    """Full marks; where the classes of the annex differ, all of them: 10/15."""
    points = rubric.clause(clause_id).points
    values = list(
        dict.fromkeys(points[kind] for kind in sorted({one.unit.kind for one in mine}) if kind in points)
    )
    return values[0] if len(values) == 1 else "/".join(map(shown, sorted(values))) or None


def _cell(score: ClauseScore | None) -> Value:
    if score is None:
        return "—"
    if score.section is Section.PENALTY:
        return -score.deducted if score.deducted or score.state in SETTLED else "待定"
    if score.state not in SETTLED:
        return f"待定（已扣{shown(score.deducted)}）" if score.deducted else "待定"
    return score.given if score.section is Section.BONUS else score.points - score.deducted


def _note(score: ClauseScore) -> str:
    """What a cell's comment says: the events behind a deduction, and what is open."""
    hits = "、".join(f"{hit.month}事件{hit.event_id}" for hit in score.occurrences if hit.points)
    lost = f"扣{shown(score.deducted)}分" if score.deducted else ""
    more = (
        f"建议{'加' if score.section is Section.BONUS else '扣'}{shown(score.proposed)}分"
        if score.proposed
        else ""
    )
    parts = (f"{lost}：{hits}" if lost and hits and score.mark is None else lost, score.why, more)
    return "；".join(filter(None, parts))


def deductions(book: YearBook) -> Grid:
    """Every deduction: unit, clause, month, points really taken, event, source."""
    why = {(one.event_id, one.month): one for one in book.charged}
    rows = tuple(row for one in book.units for row in _lines(one, why))
    columns = (
        ("序号", 6), ("单位", 22), ("条款", 9), ("内容", 18), ("月份", 9), ("扣分", 7), ("事件编号", 10),
        ("对象", 20), ("情况", 40), ("原文", 46),
    )  # fmt: skip
    numbered = tuple((number, *row) for number, row in enumerate(rows, 1))
    return Grid(name="扣分明细", title=_title(book, "扣分明细表"), columns=columns, rows=numbered)


def _lines(one: Assessed, why: Mapping[tuple[int, Month], Charged]) -> Iterator[tuple[Value, ...]]:
    for score in one.sheet.clauses:
        quote, name = one.rubric.clause(score.clause_id).quote, one.unit.name
        if score.mark is not None:
            if score.deducted:
                detail = f"人工评分：{score.mark.reason}（{score.mark.by}）"
                yield name, score.clause_id, score.item, None, score.deducted, None, None, detail, quote
            continue
        left = score.deducted
        for hit in score.occurrences:
            took, told = min(hit.points, left), why.get((hit.event_id, hit.month))
            left -= took
            if took:
                yield (
                    name, score.clause_id, score.item, str(hit.month), took, hit.event_id,
                    told.subject if told else hit.subject_id, told.detail if told else "", quote,
                )  # fmt: skip


def marks(book: YearBook) -> Grid:
    """Who gave which mark, why and when; superseded ones too."""
    names = {one.unit.id: one.unit.name for one in book.units}
    newest = {(mark.unit_id, mark.clause_id): mark for mark in book.marks}
    rows = tuple(
        (
            number, names[mark.unit_id], mark.clause_id, mark.points, mark.by, mark.reason,
            f"{mark.at.astimezone(BEIJING):%Y-%m-%d %H:%M}", "、".join(file.name for file in mark.files),
            _standing(mark, newest[mark.unit_id, mark.clause_id]),
        )
        for number, mark in enumerate((m for m in book.marks if m.unit_id in names), 1)
    )  # fmt: skip
    columns = (
        ("序号", 6), ("单位", 22), ("条款", 9), ("分值", 8), ("评分人", 16), ("理由", 44), ("时间", 17),
        ("附件", 26), ("效力", 12),
    )  # fmt: skip
    return Grid(name="人工评分", title=_title(book, "人工评分记录"), columns=columns, rows=rows)


def _standing(mark: Mark, newest: Mark) -> str:
    if mark is not newest:
        return "已被后来的替代"
    return "有效" if mark.points is not None else "取消评分"


def still_open(book: YearBook) -> Grid:
    """What a person still has to decide, with what the system says of it."""
    rows = tuple(
        (
            one.unit.name, score.clause_id, score.item, score.points, STATES[score.state], MODES[score.mode],
            score.proposed or None, score.why,
        )
        for one in book.units
        for score in one.sheet.clauses
        if score.state not in SETTLED
    )  # fmt: skip
    columns = (
        ("序号", 6), ("单位", 22), ("条款", 9), ("内容", 20), ("满分", 7), ("状态", 10), ("方式", 20),
        ("建议扣（加）分", 10), ("说明", 60),
    )  # fmt: skip
    numbered = tuple((number, *row) for number, row in enumerate(rows, 1))
    return Grid(name="待定事项", title=_title(book, "待定事项"), columns=columns, rows=numbered)


def about(book: YearBook) -> Grid:
    """How to read the workbook: versions, day, what pending means."""
    rubrics = {one.rubric.version: one.rubric.title for one in book.units}
    rows: list[tuple[Value, ...]] = [
        ("制表单位", book.office),
        ("考核年度", f"{book.year}年1月1日至12月31日"),
        ("截至", f"{book.as_of}，按该日24时前的记录"),
        *((("细则"), f"{title}（版本 {version}）") for version, title in rubrics.items()),
        ("确定得分", "已由系统评判、人工评分或登记为不涉及的条款所得的分"),
        (
            "待定",
            "尚未登记监测对象、没有取得有效监测结果、期限未到，或等待人工认定、评分的条款；不算作满分，也不算失分",
        ),
        ("扣分", "已认定的事件和人工评分扣去的分，每个条款扣完为止；基础分 = 确定得分 + 待定 + 扣分 = 100"),
        ("最终得分", "确定得分 + 加分项 − 扣分项，最低0分、最高120分；尚有待定的，最终得分未定"),
        ("监测覆盖率", "应看的读数中得到答复的比例"),
        (
            "批注",
            "逐条得分表中，有扣分或待定的单元格带有批注，写明事件编号；用 zwgk explain 编号 查看全部证据",
        ),
    ]
    if book.simulation:
        rows.insert(0, ("模拟", "本表出自模拟数据，不得用于考核"))
    columns = (("项目", 16), ("说明", 110))
    return Grid(name="说明", title=_title(book, "得分说明"), columns=columns, rows=tuple(rows), frozen=1)
