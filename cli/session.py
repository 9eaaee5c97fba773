"""A deployment opened for one command, and closed after it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.office import Office, open_office


@contextmanager
def office_of(folder: Path) -> Iterator[Office]:
    """Open the folder's office; the database is closed whatever happens. Raises ZwgkError."""
    office = open_office(folder)
    try:
        yield office
    finally:
        office.archive.close()
