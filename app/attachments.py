"""Attachments of appeals and marks: read, checked by what they are, named by their hash."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from domain.errors import InputError
from domain.records import FileRef

MAX_BYTES = 10 * 1024 * 1024
MAX_FILES = 20
MAX_NAME = 100
SIGNATURES = {b"%PDF-": "pdf", b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg"}
INSIDE = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
SUFFIXES = {
    ".pdf": "pdf", ".png": "png", ".jpg": "jpg", ".jpeg": "jpg", ".docx": "docx", ".xlsx": "xlsx",
    ".zip": "zip", ".txt": "txt",
}  # fmt: skip
ALLOWED = "pdf、png、jpg、docx、xlsx、zip、txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file as a browser sent it."""

    name: str
    data: bytes

    @property
    def path(self) -> Path:
        """Its name without folders (some browsers send them) and without characters nobody can see."""
        last = self.name.replace("\\", "/").rpartition("/")[2]
        shown = "".join(sign for sign in last if sign.isprintable()).strip() or "附件"
        path = Path(shown)
        return path if len(shown) <= MAX_NAME else Path(path.stem[:MAX_NAME]).with_suffix(path.suffix[:10])


def attachments(files: Sequence[Path | Upload]) -> tuple[tuple[FileRef, ...], Mapping[str, bytes]]:
    """References and contents by hash. Raises InputError naming the file, what is wrong and the way out."""
    if len(files) > MAX_FILES:
        raise InputError(f"附件有{len(files)}个，最多{MAX_FILES}个。请打包成一个 zip。")
    refs, contents = [], {}
    for file in files:
        path, data = (file.path, file.data) if isinstance(file, Upload) else (file, _content(file))
        _refuse(path, data)
        digest = sha256(data).hexdigest()
        contents[digest] = data
        refs.append(FileRef(name=path.name, sha256=digest, size_bytes=len(data)))
    return tuple(refs), contents


def _refuse(path: Path, data: bytes) -> None:
    if not data:
        raise InputError(f"附件 {path} 是空的。请核对文件。")
    _refuse_size(path, len(data))
    kind, named = kind_of(data), SUFFIXES.get(path.suffix.lower())
    if kind is None:
        raise InputError(f"附件 {path} 的内容不是允许的类型。可用：{ALLOWED}。")
    if named is None:
        raise InputError(f"附件 {path} 的扩展名“{path.suffix}”不允许。内容是 {kind}，请改名为 .{kind}。")
    if named != kind:
        raise InputError(f"附件 {path} 名为 {named}，内容却是 {kind}。请改成正确的扩展名 .{kind}。")


def _refuse_size(path: Path, size: int) -> None:
    if size > MAX_BYTES:
        raise InputError(f"附件 {path} 有 {size / 1024 / 1024:.1f} MB，最大 10 MB。请压缩或拆分。")


def _content(path: Path) -> bytes:
    try:
        _refuse_size(path, path.stat().st_size)
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"附件 {path} 不存在。请检查路径。") from None
    except IsADirectoryError:
        raise InputError(f"附件 {path} 是文件夹。请逐个写文件，或打包成一个 zip。") from None
    except OSError as error:
        raise InputError(f"附件 {path} 读不出来：{error.strerror}。请检查路径和权限。") from error


def kind_of(data: bytes) -> str | None:
    """The type by the content's own signature; None: none of the allowed ones."""
    for start, kind in SIGNATURES.items():
        if data.startswith(start):
            return kind
    if data.startswith(b"PK\x03\x04"):
        return _package(data)
    return "txt" if _is_text(data) else None


def _package(data: bytes) -> str | None:
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (BadZipFile, ValueError, NotImplementedError):  # the last: a version nobody can read
        return None
    return next((kind for name, kind in INSIDE.items() if name in names), "zip")


def _is_text(data: bytes) -> bool:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return not any(ord(sign) < 32 and sign not in "\t\r\n\f" for sign in text)
    return False
