"""The register out into a workbook and back: preview, check, and the writing of all files or none."""

import threading
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from app.office import Office, database_url, wall_clock
from config.document import Document, parse, read_text
from config.edit import replace_text
from config.load import checked_documents, load_settings
from config.register_index import listing
from config.register_plan import plan_import
from config.registry import check_registry
from config.rewrite import Edit, rewrite
from domain.clock import BEIJING, Clock
from domain.errors import ConfigError, InputError, RefusedError, StorageError
from domain.register import CellProblem, Fate, Import, RowChange, Workbook, WorkbookError
from notices.register_book import Listing, render_register
from notices.register_read import read_register
from storage.archive import Archive

COPIES = "units-history"
_writing = threading.Lock()


def office_register(office: Office) -> bytes:
    """The workbook of an office, for the workshop. Raises ConfigError."""
    return register_bytes(office.settings.dir)


def export_register(folder: Path, out: Path, clock: Clock = wall_clock) -> Mapping[str, int]:
    """Write the workbook; how many objects each sheet has. Raises ConfigError, InputError."""
    book, rows = _exported(folder, clock)
    if out.suffix.lower() != ".xlsx":
        raise InputError(f"{out}：文件名请以 .xlsx 结尾。")
    try:
        out.write_bytes(book)
    except OSError as error:
        raise InputError(
            f"{out} 不能写入：{error.strerror}。请关闭打开着的同名文件，或换一个位置。"
        ) from error
    return rows


def register_bytes(folder: Path, clock: Clock = wall_clock) -> bytes:
    """The workbook. Raises ConfigError."""
    return _exported(folder, clock)[0]


def _exported(folder: Path, clock: Clock) -> tuple[bytes, Mapping[str, int]]:
    settings, documents = load_settings(folder), _documents(folder)
    rows = listing(documents)
    made = Listing(rows=rows, office=settings.office_name, made_at=clock(), simulation=_simulation(folder))
    return render_register(made), {part: len(found) for part, found in rows.items()}


def import_register(
    folder: Path, book: Path, *, write: bool, seen: str = "", clock: Clock = wall_clock
) -> Import:
    """Take the rows over, or only say what that would do. Nothing is written if any row is wrong.

    `seen`: register_version() as it was when the import was looked at beforehand, "" for none.

    Raises WorkbookError (rows are wrong), ConfigError (the register is, or would not load), InputError
    (no usable workbook), StorageError (nothing changed), RefusedError (changed since `seen`).
    """
    load_settings(folder)
    read = read_register(book)
    with _writing:
        if seen and register_version(folder) != seen:
            raise RefusedError(
                "单位表刚刚有了变化（别人改了，或直接改了文件）。请重新上传，看过新的差异再保存。"
            )
        return take_over(folder, read, write=write, clock=clock)


def take_over(folder: Path, read: Workbook, *, write: bool, clock: Clock, new_only: bool = False) -> Import:
    """The rows merged into the register, whoever made them; whoever writes holds `writing()`.

    `new_only`: rows of what is registered already are mistakes.
    """
    documents = _documents(folder)
    texts = {document.path: _text(document) for document in documents}
    plan = plan_import(documents, texts, read.rows)
    if new_only:
        plan.problems += [_already(one) for one in plan.changes if one.fate is not Fate.NEW]
    if read.problems or plan.problems:
        told = {(one.sheet, one.row, one.column) for one in read.problems}  # a cell is told once
        more = (one for one in plan.problems if (one.sheet, one.row, one.column) not in told)
        found = dict.fromkeys((*read.problems, *more))
        raise WorkbookError(sorted(found, key=lambda one: (one.sheet, one.row or 0)))
    copies = None
    if write and plan.texts:
        copies = _replaced(folder, {path: (texts[path], text) for path, text in plan.texts.items()}, clock)
    return Import(
        changes=tuple(plan.changes), kept=plan.kept, remarks=read.remarks, files=tuple(map(str, plan.texts)),
        copies=str(copies or ""), written=copies is not None,
    )  # fmt: skip


def _already(one: RowChange) -> CellProblem:
    what = f"“{one.name}”已经登记过了（编号 {one.id}）"
    return CellProblem(one.sheet, one.row, "编号", what, "请在列表里打开它来修改；确是另一个的，请另写编号")


def rewritten(folder: Path, path: Path, edits: Sequence[Edit], clock: Clock) -> Path:
    """One file with the edits, once the register is right with them; where the old one's copy is.

    Whoever calls holds `writing()`. Raises ConfigError (wrong, or cannot be edited), StorageError.
    """
    documents = _documents(folder)
    document = next(one for one in documents if one.path == path)
    old = _text(document)
    new = rewrite(document, old, edits)
    problems = check_registry([_as(one, new) if one is document else one for one in documents])
    if problems:
        raise ConfigError(problems)
    return _replaced(folder, {path: (old, new)}, clock)


def _as(document: Document, text: str) -> Document:
    """The file as if it said the text. Raises ConfigError."""
    made, problems = parse(document.path, text)
    if made is None:
        raise ConfigError(problems)
    return made


def writing() -> threading.Lock:
    """Held while the register's files are compared and replaced: two people of one console take turns."""
    return _writing


def register_version(folder: Path) -> str:
    """Another for every other content of the register's files."""
    files = sorted(path for path in (folder / "units").glob("*.y*ml"))
    return sha256(b"\0".join(path.name.encode() + b"\0" + path.read_bytes() for path in files)).hexdigest()


def counts(done: Import, part: str) -> Mapping[Fate, int]:
    """How many rows of a part are new, changed and the same."""
    fates = [one.fate for one in done.changes if one.part == part]
    return {fate: fates.count(fate) for fate in Fate}


def _documents(folder: Path) -> list[Document]:
    return checked_documents(folder)


def _text(document: Document) -> str:
    return read_text(document.path)[0]


def _simulation(folder: Path) -> bool:
    settings = load_settings(folder)
    url = database_url(settings)
    if url.startswith("sqlite:///") and not Path(url.removeprefix("sqlite:///")).exists():
        return False
    archive = Archive.open(url)
    try:
        return archive.simulation
    finally:
        archive.close()


def _replaced(folder: Path, files: Mapping[Path, tuple[str, str]], clock: Clock) -> Path:
    """Copy the old files, then put the new ones in place; a failure midway puts the old ones back."""
    copies = _copied(folder, list(files), clock)
    done: list[Path] = []
    for path, (old, new) in files.items():
        try:
            if read_text(path)[0] != old:
                raise StorageError(f"{path}：刚才被别人改过，没有导入。请再运行一次。")
            replace_text(path, new)
        except StorageError:
            for changed in done:
                replace_text(changed, files[changed][0])
            raise
        done.append(path)
    return copies


def _copied(folder: Path, files: list[Path], clock: Clock) -> Path:
    stamp = f"{clock().astimezone(BEIJING):%Y%m%d-%H%M%S}"
    try:
        parent = folder / COPIES
        number, copies = 1, parent / stamp
        while copies.exists():
            number += 1
            copies = parent / f"{stamp}-{number}"
        copies.mkdir(parents=True)
        for path in files:
            (copies / path.name).write_bytes(path.read_bytes())
    except OSError as error:
        raise StorageError(
            f"{folder / COPIES}：旧文件的副本写不进去（{error.strerror}），没有导入。请检查磁盘空间和写权限。"
        ) from error
    return copies
