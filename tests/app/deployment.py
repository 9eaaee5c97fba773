"""A deployment folder whose registry points at a local site, as `zwgk init` would make it."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.office import Office, open_office
from config.init import init_folder
from tests.copies import empty_database
from tests.site import Asked, Page

HEAD = """units:
  - id: czj
    name: 财政局
    kind: 部门
    annex: 1
    columns:
"""


def deploy(
    folder: Path, columns: Sequence[str], *, more: str = "", simulation: bool = True, delay_s: float = 0
) -> Office:
    """Open a new deployment. `columns`: YAML flow mappings without monitored_from, of the unit czj."""
    init_folder(folder, simulation=simulation)
    for shipped in (folder / "units").glob("*.yaml"):
        shipped.unlink()
    rows = "".join(f"      - {{{one}, monitored_from: 2026-09-01}}\n" for one in columns)
    (folder / "units" / "local.yaml").write_text(HEAD + rows + more, encoding="utf-8")
    settings = f"allow_private: [127.0.0.1]\ncontact: test@example.org\ndelay_s: {delay_s}\n"
    (folder / "zwgk.yaml").write_text(settings, encoding="utf-8")
    empty_database(folder)
    office = open_office(folder)
    if simulation:
        office.archive.mark_simulation()
    return office


def news(name: str, url: str) -> str:
    return f'id: {name}, name: 工作动态, kind: 动态, url: "{url}", clock: 14d'


def notes(name: str, url: str) -> str:
    return f'id: {name}, name: 通知公告, kind: 通知公告, url: "{url}", clock: 6m'


@dataclass
class Gate:
    """A page that is held back until opened. `arrived` is set when it was asked for."""

    page: Page
    arrived: threading.Event = field(default_factory=threading.Event)
    opened: threading.Event = field(default_factory=threading.Event)

    def __call__(self, asked: Asked) -> Page:
        self.arrived.set()
        self.opened.wait(60)
        return self.page


class Background:
    """A call in a thread; `result` waits for it and gives back what it returned or raises what it raised."""

    def __init__(self, call: Callable[[], object]) -> None:
        self._call = call
        self._returned: object = None
        self._raised: BaseException | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._returned = self._call()
        except BaseException as error:  # noqa: BLE001  (handed on to the test)
            self._raised = error

    def result(self) -> object:
        self._thread.join(60)
        assert not self._thread.is_alive()
        if self._raised is not None:
            raise self._raised
        return self._returned
