"""PDF beside the Word documents, where LibreOffice is there. A month never fails for want of it."""

import os
import shutil
import signal
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

NAMES = ("soffice", "libreoffice")
START_S, FILE_S = 60.0, 10.0
MISSING = "没有安装 LibreOffice，未出 PDF"


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """`files`: the PDFs made, in the order of their documents; `why`: why some are missing, "" if none is."""

    files: tuple[Path, ...] = ()
    why: str = ""


def program() -> str | None:
    """LibreOffice's program on this machine."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def to_pdf(
    documents: Sequence[Path], office: str | None, *, start_s: float = START_S, file_s: float = FILE_S
) -> Converted:
    """Convert .docx files, each to a PDF of its name beside it. `office`: LibreOffice's program.

    Time limit in seconds: `start_s` to start, and `file_s` for each document more. A profile of its own,
    so that an open LibreOffice of the same person is not in the way.
    """
    if office is None:
        return Converted(why=MISSING)
    made: list[Path] = []
    for folder in dict.fromkeys(document.parent for document in documents):
        mine = [document for document in documents if document.parent == folder]
        why = _convert(mine, folder, office, start_s + file_s * len(mine))
        made += [pdf for pdf in (document.with_suffix(".pdf") for document in mine) if pdf.is_file()]
        if why:
            return Converted(files=tuple(made), why=why)
    return Converted(files=tuple(made))


def _convert(documents: Sequence[Path], folder: Path, office: str, limit_s: float) -> str:
    """Why it failed, "" when every document has its PDF."""
    for document in documents:
        document.with_suffix(".pdf").unlink(missing_ok=True)  # an older one must not pass for this one
    with TemporaryDirectory(prefix="zwgk-pdf-") as profile:
        command = [
            office, f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--norestore",
            "--convert-to", "pdf", "--outdir", str(folder.resolve()),
            *(str(document.resolve()) for document in documents),
        ]  # fmt: skip
        status = _ran(command, limit_s)
    if isinstance(status, str):
        return status
    missing = [document.name for document in documents if not document.with_suffix(".pdf").is_file()]
    if status or missing:
        return f"LibreOffice 没有转成 {len(missing)} 个文件的 PDF（状态码 {status}）"
    return ""


def _ran(command: Sequence[str], limit_s: float) -> int | str:
    """The program's exit status, or why there is none. What it started ends with it."""
    no = subprocess.DEVNULL
    try:
        with subprocess.Popen(command, stdin=no, stdout=no, stderr=no, start_new_session=True) as process:
            try:
                return process.wait(limit_s)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                return f"LibreOffice 超过 {limit_s:g} 秒没有完成，PDF 不全"
    except OSError as error:
        return f"LibreOffice 不能运行：{error.strerror}，未出 PDF"
