"""Is a file a workbook that may be opened: kind, size and contents, before any of it is parsed."""

import io
import zipfile
import zlib
from pathlib import Path

from domain.errors import InputError

MAX_BYTES = 20_000_000
MAX_UNPACKED = 120_000_000
"""Bytes of all parts after unpacking; 100 000 styled but empty rows take 40 million."""
MAX_PARTS = 2_000
SAVE_AS = "请在 Excel 或 WPS 里“另存为”，类型选“Excel 工作簿（.xlsx）”"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTITIES = tuple(
    word.encode(how) for word in ("<!DOCTYPE", "<!ENTITY") for how in ("utf-8", "utf-16-le", "utf-16-be")
)
BROKEN = (
    zipfile.BadZipFile, zlib.error, LookupError, ValueError, TypeError, AttributeError, ArithmeticError,
    EOFError, OSError, SyntaxError, RuntimeError, AssertionError,
)  # fmt: skip
"""What unpacking and parsing a damaged workbook may raise (XML errors are SyntaxErrors)."""


def damaged(name: str) -> InputError:
    return InputError(f"{name}：文件损坏或不完整，打不开。请用 Excel 或 WPS 打开它，{SAVE_AS[1:]}，再导入。")


def workbook_bytes(path: Path) -> bytes:
    """The bytes of an .xlsx file that is safe to parse. Raises InputError with the way out."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(
                f"{path}：超过 {MAX_BYTES // 1_000_000} MB，不像单位表。请只留需要的工作表后再导入。"
            )
        content = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"{path}：读不了（{error.strerror}）。请检查文件名，以及文件是否正被占用。"
        ) from error
    check_kind(path.name, content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            _check_parts(path.name, packed)
    except BROKEN as error:
        raise damaged(path.name) from error
    return content


def check_kind(name: str, content: bytes) -> None:
    """Raises InputError for what is no .xlsx by its first bytes."""
    if content.startswith(b"PK\x03\x04"):
        return
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise InputError(
                f"{name}：工作簿加了打开密码，读不了。请在 Excel 或 WPS 里取消密码，另存后再导入。"
            )
        raise InputError(f"{name}：这是旧格式的表格（.xls 或 .et）。{SAVE_AS}，再导入。")
    if not content:
        raise InputError(f"{name}：文件是空的。请重新导出，或用 zwgk register export 生成一份。")
    raise InputError(f"{name}：不是 .xlsx 工作簿（也许是 CSV、网页或文本，改了后缀）。{SAVE_AS}，再导入。")


def _check_parts(name: str, packed: zipfile.ZipFile) -> None:
    parts = packed.infolist()
    names = {part.filename for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise InputError(f"{name}：压缩包加了密码，读不了。请取消密码，另存后再导入。")
    if "[Content_Types].xml" not in names or not any(one.startswith("xl/") for one in names):
        raise InputError(
            f"{name}：不是 .xlsx 工作簿（也许是 Word 文件、ODS 或普通压缩包）。{SAVE_AS}，再导入。"
        )
    if any(one.lower().endswith("vbaproject.bin") for one in names):
        raise InputError(f"{name}：工作簿带有宏，不导入。{SAVE_AS}（不带宏），再导入。")
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise InputError(f"{name}：解开后太大，不像单位表。请把有内容的行复制到一个新工作簿，再导入。")
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            text = packed.read(part)
            if any(word in text for word in _ENTITIES):
                raise InputError(f"{name}：文件内部有不该有的声明（DOCTYPE），不导入。{SAVE_AS}，再导入。")
