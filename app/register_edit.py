"""One object of the register, as a form gave it, written into its file by the same way as an import."""

from collections.abc import Mapping, Sequence

from app.office import Office
from app.register import take_over, writing
from app.register_view import part_called, registered
from config.register_fields import Part
from domain.errors import RefusedError
from domain.register import CellProblem, Fate, Import, Row, RowChange, Workbook, WorkbookError
from notices.register_cells import CellError, cell_text

FORM = "表单"
CHANGED = "register.changed"


def save_object(office: Office, part_key: str, cells: Mapping[str, str], *, seen: str, by: str) -> RowChange:
    """Change the object of the id in `cells`, as long as its file is as the form showed it (`seen`); logged.

    Raises WorkbookError (fields are wrong), RefusedError (the file changed), ConfigError, StorageError.
    """
    part, folder = part_called(part_key), office.settings.dir
    row = _row(part, cells)
    with writing():
        there = registered(folder, part, cells.get("id", ""))
        if there.version != seen:
            raise RefusedError(
                f"{there.file} 在您打开本页以后有了变化（别人改了，或直接改了文件），没有保存。"
                "请记下要改的内容，重新打开本页再改。"
            )
        done = take_over(folder, Workbook(rows=(row,)), write=True, clock=office.clock)
    return _logged(office, done, by)


def add_objects(
    office: Office, part_key: str, objects: Sequence[Mapping[str, str]], *, by: str
) -> list[RowChange]:
    """Add new objects, all or none; logged. An id left out is made up.

    Raises WorkbookError (fields are wrong, already there), ConfigError, StorageError.
    """
    part, folder = part_called(part_key), office.settings.dir
    rows = tuple(_row(part, cells, number) for number, cells in enumerate(objects, 1))
    with writing():
        done = take_over(folder, Workbook(rows=rows), write=True, clock=office.clock, new_only=True)
    return [_logged(office, done, by, one) for one in done.changes]


def log_import(office: Office, done: Import, *, by: str) -> None:
    """An import into the log: how many rows, which files, each change."""
    changed = [one for one in done.changes if one.fate is not Fate.SAME]
    told = [
        {"part": one.part, "id": one.id, "fate": one.fate.value, "fields": _fields(one)} for one in changed
    ]
    payload = {"changes": told, "copies": done.copies}
    office.archive.append_log("register.imported", "register", payload, actor=by, at=office.clock())


def wrong_fields(part: Part, error: WorkbookError, row: int = 1) -> Mapping[str, str]:
    """Key -> what is wrong there and the way out; "" for what belongs to no field."""
    keys = {field.heading: field.key for field in part.fields}
    found: dict[str, str] = {}
    for one in error.problems:
        if one.row in {row, None}:
            key = keys.get(one.column, "")
            found[key] = (
                f"{found[key]}；{one.what}。{one.way_out}" if key in found else f"{one.what}。{one.way_out}"
            )
    return found


def _row(part: Part, cells: Mapping[str, str], number: int = 1) -> Row:
    """Raises WorkbookError for what cannot be taken."""
    texts, problems = {}, []
    for field in part.fields:
        if field.key not in cells:
            continue
        try:
            texts[field.key] = cell_text(field, cells[field.key])
        except CellError as error:
            problems.append(CellProblem(FORM, number, field.heading, error.what, error.way_out))
    if problems:
        raise WorkbookError(problems)
    return Row(part=part.key, sheet=FORM, number=number, cells=texts)


def _logged(office: Office, done: Import, by: str, one: RowChange | None = None) -> RowChange:
    change = one or done.changes[0]
    if change.fate is not Fate.SAME:
        payload = {
            "fate": change.fate.value,
            "name": change.name,
            "unit": change.unit,
            "fields": _fields(change),
        }
        office.archive.append_log(
            CHANGED, f"{change.part}:{change.id}", payload, actor=by, at=office.clock()
        )  # fmt: skip
    return change


def _fields(change: RowChange) -> dict[str, list[str]]:
    return {field.key: [field.old, field.new] for field in change.fields}
