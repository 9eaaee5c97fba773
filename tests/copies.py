"""What many tests begin with is made once in a process; each has a copy of its own."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from config.init import DATABASE
from storage.archive import Archive


def copied(folder: Path, make: Callable[..., None], *args: object) -> None:
    """Put into the folder what `make(folder, *args)` leaves in an empty one; it must leave nothing open.

    `args` can be hashed. Files that are there are written over.
    """
    for name, content in _made(make, args).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def empty_database(folder: Path) -> None:
    """A new SQLite database of the newest version, where deployments have theirs."""
    copied(folder, _migrated)


def _migrated(folder: Path) -> None:
    Archive.open(f"sqlite:///{folder / DATABASE}").close()


@cache
def _made(make: Callable[..., None], args: tuple[object, ...]) -> Mapping[Path, bytes]:
    with TemporaryDirectory() as made:
        folder = Path(made)
        make(folder, *args)
        return {file.relative_to(folder): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
