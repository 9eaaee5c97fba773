"""Writes the files of a notice into a folder, and what may go with them: PDFs, one archive of everything."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

from app.pdf import program, to_pdf
from domain.errors import InputError

OF_A_UNIT = re.compile(r"\d{2,} .+ (整改通知书|整改反馈表)\.(docx|xlsx|pdf)")
"""A unit's files: an older print's are taken away, lest one be sent that is no longer meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra:
    """What to make beside the documents: `pdf` of each .docx, `packed`: a .zip of everything."""

    pdf: bool = False
    packed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """`files` in the order of the documents; `no_pdf`: why a PDF that was asked for is missing, else ""."""

    files: tuple[Path, ...]
    no_pdf: str = ""


def folder(out: Path) -> Path:
    """The output folder, made if missing: refused before anything is frozen, not after."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"输出文件夹 {out} 不能建立：{error.strerror}。请用 --out 另选一个。") from error
    return out


def write(out: Path, documents: Mapping[str, bytes], extra: Extra) -> Written:
    """Write documents, named by their path below `out`. The first one gives the archive its name.

    Raises InputError for a file that cannot be written.
    """
    files = [out / name for name in documents]
    _clear(dict.fromkeys(file.parent for file in files if file.parent != out))
    for file, content in zip(files, documents.values(), strict=True):
        _write(file, content)
    no_pdf = ""
    if extra.pdf:
        converted = to_pdf([file for file in files if file.suffix == ".docx"], program())
        files, no_pdf = [*files, *converted.files], converted.why
    if extra.packed and files:
        files.append(_packed(out, files))
    return Written(files=tuple(files), no_pdf=no_pdf)


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """Finished files in memory, by their path in a folder; the first names the notice. `no_pdf`: as above;
    `no_picture`: why a document lacks its picture, else ""."""

    files: Mapping[str, bytes]
    no_pdf: str = ""
    no_picture: str = ""


def printed(documents: Mapping[str, bytes], extra: Extra) -> Printed:
    """`write` into memory: for the console, which leaves no files behind."""
    with TemporaryDirectory(prefix="zwgk-") as name:
        out = Path(name)
        made = write(out, documents, extra)
        files = {file.relative_to(out).as_posix(): file.read_bytes() for file in made.files}
    return Printed(files=files, no_pdf=made.no_pdf)


def _clear(folders: Iterable[Path]) -> None:
    for one in folders:
        folder(one)
        for file in one.iterdir():
            if OF_A_UNIT.fullmatch(file.name):
                with _refusing(file):
                    file.unlink()


def _write(file: Path, content: bytes) -> None:
    with _refusing(file):
        file.write_bytes(content)


def _packed(out: Path, files: Sequence[Path]) -> Path:
    archive = out / f"{files[0].stem}.zip"
    with _refusing(archive), ZipFile(archive, "w", ZIP_DEFLATED) as packed:
        for file in files:
            packed.write(file, file.relative_to(out))
    return archive


@contextmanager
def _refusing(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InputError(
            f"{file} 不能写入：{error.strerror}。请关闭打开着的同名文件，或用 --out 另选文件夹，再重新打印。"
        ) from error
