"""Makes a deployment folder: settings, the units named in the rubric, the rubrics, all with comments."""

import tempfile
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from config.holidays import HOLIDAYS_FILE
from config.load import SETTINGS_FILE
from config.secrets import SECRETS_FILE
from config.words import WORDS_FILE
from domain.errors import RefusedError, StorageError

DATABASE = Path("data") / "zwgk.db"
IGNORE_FILE = ".gitignore"
IGNORED = f"{SECRETS_FILE}\ndata/\n"
PARTS = ("units", "rubric", HOLIDAYS_FILE, WORDS_FILE, SETTINGS_FILE)
"""In the order they are put in place: the settings last, they make it a deployment."""


def init_folder(folder: Path, *, simulation: bool) -> None:
    """Write the files of a new deployment; nothing that exists is touched.

    The mark of a simulation lives in the database, made by the caller: here `simulation` only refuses a
    folder that has a database already. Raises RefusedError (a deployment, or parts of one, is there) and
    StorageError (the folder cannot be written).
    """
    _refuse_occupied(folder, simulation=simulation)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".zwgk-init-", dir=folder) as staging:
            _write(Path(staging))
            for name in PARTS:
                (Path(staging) / name).rename(folder / name)
            if not (folder / IGNORE_FILE).exists():
                (folder / IGNORE_FILE).write_text(IGNORED, encoding="utf-8")
    except OSError as error:
        raise StorageError(
            f"{folder}：写不进去（{error.strerror}）。请检查磁盘空间和当前用户的写权限，或换一个文件夹。"
        ) from error


def _refuse_occupied(folder: Path, *, simulation: bool) -> None:
    if folder.exists() and not folder.is_dir():
        raise RefusedError(f"{folder} 是一个文件，不是文件夹。请换一个名字。")
    try:
        taken = [name for name in reversed(PARTS) if (folder / name).exists()]
        database = simulation and (folder / DATABASE).exists()
    except OSError as error:
        raise StorageError(f"{folder}：打不开（{error.strerror}）。请检查路径和访问权限。") from error
    if taken:
        raise RefusedError(
            f"{folder} 里已经有 {'、'.join(taken)}，不会覆盖。请换一个空文件夹，或先把它们移走。"
        )
    if database:
        raise RefusedError(f"{folder} 里已经有数据库 {DATABASE}，不能改作模拟库。请换一个空文件夹。")


def _write(folder: Path) -> None:
    shipped = files("config") / "data"
    for name in ("units", "rubric"):
        (folder / name).mkdir()
        for source in _yaml(shipped / name):
            (folder / name / source.name).write_bytes(source.read_bytes())
    for name in (SETTINGS_FILE, HOLIDAYS_FILE, WORDS_FILE):
        (folder / name).write_bytes((shipped / "init" / name).read_bytes())


def _yaml(folder: Traversable) -> Iterator[Traversable]:
    yield from (item for item in folder.iterdir() if item.name.endswith(".yaml"))
