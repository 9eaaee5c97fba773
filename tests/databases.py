"""Empty databases with their tables, made by the migrations once in a process and copied from then on."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from storage.archive import Archive


def empty_database(file: Path) -> None:
    """Put a new SQLite database of the newest version in this place."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(_migrated())


@cache
def _migrated() -> bytes:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "zwgk.db"
        Archive.open(f"sqlite:///{file}").close()
        return file.read_bytes()
