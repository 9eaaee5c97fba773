"""A deployment held open for long: its files are read anew when they were edited."""

import threading
from collections.abc import Iterable
from pathlib import Path

from app.office import Office, open_office
from domain.errors import ZwgkError


class Deployment:
    """One office shared by all threads (the archive's connections are pooled). Close it at the end."""

    def __init__(self, folder: Path) -> None:
        """Raises ConfigError or StorageError, as open_office does."""
        self.folder = folder
        self._lock = threading.Lock()
        self._files = fingerprint(folder)
        self._office = open_office(folder)
        self.trouble = ""

    def office(self) -> Office:
        """The office by the files as they are now; as they were while they are wrong (see `trouble`)."""
        files = fingerprint(self.folder)
        with self._lock:
            if files != self._files:
                self._files = files
                self._reopen()
            return self._office

    def _reopen(self) -> None:
        try:
            fresh = open_office(self.folder)
        except ZwgkError as error:
            self.trouble = str(error)
            return
        self.trouble = ""
        old, self._office = self._office, fresh
        old.archive.close()  # connections in use are closed when they come back

    def close(self) -> None:
        self._office.archive.close()


def fingerprint(folder: Path) -> tuple[tuple[str, int], ...]:
    """Changes when a file of the deployment does."""
    return tuple((str(file), file.stat().st_mtime_ns) for file in sorted(_files(folder)) if file.exists())


def _files(folder: Path) -> Iterable[Path]:
    yield from (folder / name for name in ("zwgk.yaml", "holidays.yaml", "words.yaml"))
    yield from folder.glob("units/*.y*ml")
    yield from folder.glob("rubric/*.y*ml")
