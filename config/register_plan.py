"""What an import would do: each row against the register, every mistake, and the edits of the files. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from config.document import Document, parse
from config.mistakes import explain, near
from config.register_fields import PARTS, SHARED, UNITS, Part
from config.register_index import Held, Index, cells_of, stem_of
from config.register_text import same, shown, tidy, value_of
from config.registry import LISTS, check_registry
from config.rewrite import AddEntry, Edit, SetKey, rewrite
from config.schema import ANNEX_OF, SOURCES
from domain.errors import ConfigError, Problem
from domain.register import CellProblem, Fate, FieldChange, Row, RowChange
from domain.units import UnitKind

PART_OF: Mapping[str, Part] = {part.key: part for part in PARTS}


@dataclass(slots=True)
class Plan:
    """`texts`: the new text of every file that changes; nothing may be written while there are problems."""

    index: Index
    changes: list[RowChange] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)
    texts: dict[Path, str] = field(default_factory=dict)
    met: dict[tuple[str, str], Row] = field(default_factory=dict)
    edits: dict[Path, list[Edit]] = field(default_factory=dict)

    def tell(self, row: Row, key: str, what: str, way_out: str) -> None:
        one = PART_OF[row.part].field(key)
        heading = one.heading if one else ""
        self.problems.append(CellProblem(row.sheet, row.number, heading, what, way_out))

    @property
    def kept(self) -> Mapping[str, int]:
        """By part, how many objects of the register the workbook does not have."""
        met = {found for found in self.met}
        missing = [one for key, one in self.index.held.items() if one.document is not None and key not in met]
        return {part.key: sum(one.part == part.key for one in missing) for part in PARTS}


def plan_import(documents: Sequence[Document], texts: Mapping[Path, str], rows: Sequence[Row]) -> Plan:
    """Rows against the register. Raises ConfigError where a file's way of writing cannot be edited."""
    plan = Plan(index=Index(documents))
    order = {part.key: place for place, part in enumerate(PARTS)}
    for row in sorted(rows, key=lambda one: order[one.part]):
        _row(plan, PART_OF[row.part], row)
    if plan.problems:
        return plan
    for document in documents:
        edits = plan.edits.get(document.path)
        if edits:
            plan.texts[document.path] = rewrite(document, texts[document.path], edits)
    _check_whole(plan, documents)
    return plan


def _row(plan: Plan, part: Part, row: Row) -> None:
    unit_id = "" if part is UNITS else _unit(plan, part, row)
    if unit_id is None:
        return
    one = _meant(plan, part, row, unit_id)
    if one is None:
        return
    first = plan.met.setdefault((part.key, one.id), row)
    if first is not row:
        what = f"与第 {first.number} 行是同一个对象（编号 {one.id}）"
        plan.tell(row, "id", what, "一个对象只写一行，请删去一行；确是两个的，请分别写编号")
    elif one.document is None:
        _add(plan, part, row, one)
    else:
        _change(plan, part, row, one)


def _unit(plan: Plan, part: Part, row: Row) -> str | None:
    """The id of the unit the row names, else of the unit that has the row's id; None: told."""
    name, known = row.cells.get("unit", ""), plan.index.held.get((part.key, row.cells.get("id", "")))
    if not name and known is not None:
        return known.unit_id
    if not name:
        plan.tell(row, "unit", "没有写是哪个单位的", "请写单位表里的单位名称" + _or_shared(part))
        return None
    found = plan.index.unit_called(name)
    if found is None or (found == SHARED and part.key != "columns"):
        names = [plan.index.unit_name(one.id) for one in plan.index.of(UNITS.key)]
        way_out = (
            f"{near(name, names)}请写单位表里的名称、别名或编号{_or_shared(part)}；新单位先在“单位”表里加一行"
        )
        plan.tell(row, "unit", f"单位表里没有“{name}”", way_out)
        return None
    if known is not None and known.unit_id != found:
        what = f"编号“{known.id}”是“{plan.index.unit_name(known.unit_id)}”的，不能改到“{name}”"
        plan.tell(row, "unit", what, "换了单位的，请给原来的写停用日期，另加一行（编号空着）")
        return None
    return found


def _or_shared(part: Part) -> str:
    return f"；共用栏目写 {SHARED}" if part.key == "columns" else ""


def _meant(plan: Plan, part: Part, row: Row, unit_id: str) -> Held | None:
    """The object of the row: by id, else by what makes it the same, else a new one; None: told."""
    given = row.cells.get("id", "")
    if given:
        return plan.index.held.get((part.key, given)) or _new(part, row, given, unit_id)
    alike = plan.index.alike(part, unit_id, row.cells) if row.cells.get("name") else []
    if len(alike) > 1:
        ids = "、".join(one.id for one in alike[:5])
        plan.tell(row, "id", f"有 {len(alike)} 个同名的（{ids}），不知道是哪一个", "请写上编号")
        return None
    if alike:
        return alike[0]
    return _new(part, row, plan.index.free_id(part.key, stem_of(part, unit_id, row.cells)), unit_id)


def _new(part: Part, row: Row, new_id: str, unit_id: str) -> Held:
    return Held(part=part.key, id=new_id, unit_id=unit_id, data=_entry(part, row, new_id))


def _entry(part: Part, row: Row, new_id: str) -> dict[str, Any]:
    """The mapping to write: keys in the table's order, without what is the default anyway."""
    found: dict[str, Any] = {}
    for one in part.fields:
        text = new_id if one.key == "id" else row.cells.get(one.key, "")
        if one.key != "unit" and text and text != one.default:
            found[one.key] = value_of(one, text)
    if part.key == "accounts" and "source" not in found and "url" not in found and "manual" in SOURCES:
        found["source"] = "manual"  # nobody's feed: a person looks
    if part is UNITS and found.get("kind") in ANNEX_OF:
        found["annex"] = ANNEX_OF[UnitKind(found["kind"])]
    return found


def _add(plan: Plan, part: Part, row: Row, one: Held) -> None:
    if not _valid(plan, part, row, one.data):
        return
    plan.index.held[part.key, one.id] = one
    if part is UNITS:
        plan.index.name_unit(one.id, one.id, one.data["name"], *one.data.get("aliases", ()))
        _add_to_file(plan, "units", one)
    elif one.unit_id == SHARED:
        _add_to_file(plan, "shared_columns", one)
    else:
        owner = plan.index.held[UNITS.key, one.unit_id]
        if owner.document is None:
            assert isinstance(owner.data, dict)
            owner.data.setdefault(part.key, []).append(one.data)  # written with its unit
        else:
            plan.edits.setdefault(owner.document.path, []).append(
                AddEntry(loc=owner.loc, key=part.key, entry=one.data)
            )
    fields = tuple(
        FieldChange(f.heading, f.key, "", shown(f, one.data[f.key])) for f in part.fields if f.key in one.data
    )
    _told(plan, part, row, one, Fate.NEW, fields)


def _add_to_file(plan: Plan, key: str, one: Held) -> None:
    """To the file that has most of its like, else the first that has such a list, else the first."""
    documents = plan.index.documents
    kind = one.data.get("kind")

    def fit(document: Document) -> tuple[int, int]:
        listed = document.at((key,)) or []
        alike = sum(isinstance(item, dict) and item.get("kind") == kind for item in listed)
        return alike if key == "units" else 0, len(listed) + (
            document.path.stem == "shared" and key != "units"
        )

    path = max(documents, key=fit).path  # the first of equals
    plan.edits.setdefault(path, []).append(AddEntry(loc=(), key=key, entry=one.data))


def _change(plan: Plan, part: Part, row: Row, one: Held) -> None:
    assert one.document is not None
    old = cells_of(part, one, plan.index.unit_name(one.unit_id))
    fields, data = [], dict(one.data)
    edits: list[Edit] = []
    for place, f in enumerate(part.fields):
        text = row.cells.get(f.key)
        if text is None or f.key in {"unit", "id"} or same(f, text, old[f.key]):
            continue
        fields.append(FieldChange(f.heading, f.key, _flat(old[f.key]), _flat(text)))
        data[f.key] = value_of(f, text)
        after = tuple(before.key for before in reversed(part.fields[:place])) + ("id",)
        edits.append(SetKey(loc=one.loc, key=f.key, value=data[f.key], after=after))
    if "annex" in data and data["kind"] != one.data.get("kind") and data["kind"] in ANNEX_OF:
        data["annex"] = ANNEX_OF[UnitKind(data["kind"])]
        edits.append(SetKey(loc=one.loc, key="annex", value=data["annex"]))
    if edits and not _valid(plan, part, row, data):
        return
    if edits:
        plan.edits.setdefault(one.document.path, []).extend(edits)
        if part is UNITS:
            plan.index.name_unit(one.id, data["name"], *(data.get("aliases") or ()))
    _told(plan, part, row, one, Fate.CHANGED if edits else Fate.SAME, tuple(fields))


def _flat(text: str) -> str:
    return "、".join(text.split("\n"))


def _told(plan: Plan, part: Part, row: Row, one: Held, fate: Fate, fields: tuple[FieldChange, ...]) -> None:
    name = row.cells.get("name") or tidy(str(one.data.get("name") or ""))
    unit = "" if part is UNITS else plan.index.unit_name(one.unit_id)
    plan.changes.append(
        RowChange(
            part=part.key,
            sheet=row.sheet,
            row=row.number,
            fate=fate,
            id=one.id,
            name=name,
            unit=unit,
            fields=fields,
        )
    )


def _valid(plan: Plan, part: Part, row: Row, data: Mapping[str, Any]) -> bool:
    """Whether the schema takes the object; every mistake is told at its cell."""
    apart = (*LISTS, "registrations") if part is UNITS else ()
    own = {key: value for key, value in data.items() if key not in apart}
    try:
        part.model.model_validate(own)
    except ValidationError as error:
        told = False
        for detail in error.errors(include_url=False):
            key = str(detail["loc"][0]) if detail["loc"] else ""
            what, way_out = explain(detail, part.model)
            one = part.field(key)
            if detail["type"] == "missing" and one is not None:
                what, way_out = f"没有填“{one.heading}”", f"请填上。{one.hint}" if one.hint else "请填上"
            if detail["type"] != "default_factory_not_called":
                plan.tell(row, key, what, way_out)
                told = True
        return not told
    return True


def _check_whole(plan: Plan, documents: Sequence[Document]) -> None:
    """The register as it would be: ids and names taken twice, told at their rows."""
    after: list[Document] = []
    for document in documents:
        text = plan.texts.get(document.path)
        new = parse(document.path, text)[0] if text is not None else document
        assert new is not None
        after.append(new)
    elsewhere: list[Problem] = []
    for problem in check_registry(after):
        row = _row_of(plan, problem)
        if row is None:
            elsewhere.append(problem)
        else:
            plan.tell(row, problem.key.rpartition(".")[2].partition("[")[0], problem.what, problem.way_out)
    if elsewhere and not plan.problems:
        raise ConfigError(elsewhere)


def _row_of(plan: Plan, problem: Problem) -> Row | None:
    """The row that the problem's place (units[czj].columns[dt].url) was written from."""
    for part in reversed(problem.key.split(".")):
        name, _, rest = part.partition("[")
        found = plan.met.get(("columns" if name == "shared_columns" else name, rest.rstrip("]")))
        if found is not None:
            return found
    return None
