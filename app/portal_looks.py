"""Looking at web sites for people of the console: in child processes, with an end, a few at a time."""

import secrets
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

from app.columns import column_among
from app.office import Office
from app.processes import Child
from domain.errors import CrawlError, InputError, RefusedError
from domain.overrides import ListOverride
from domain.units import Column

MODULE = "app.portal_child"
SEARCH_S, TRY_S = 300.0, 60.0
"""A search, or a try of one page, is ended after so long."""

BUDGET, TRY_BUDGET = 60, 10
AT_ONCE = 3
OPTIONS = {
    "请用 --allow-private 写明主机名": "请管理员在设置 allow_private 里写明主机名",
    "（可用 --budget 加大）": "", "请把 --budget 加大": "请从更具体的频道页开始",
}  # fmt: skip
REMEMBERED = 20
_slots = threading.BoundedSemaphore(AT_ONCE)


@dataclass(slots=True, kw_only=True)
class Search:
    """A portal being looked at. `found`: as app.discover.Discovery has it, None until it is done.

    `unit`: id of the unit whose own site it is, "" for the portal that all share.
    """

    id: str
    url: str
    unit: str
    said: list[str] = field(default_factory=list)
    found: Mapping[str, Any] | None = None
    error: str = ""

    @property
    def done(self) -> bool:
        return self.found is not None or bool(self.error)

    @property
    def columns(self) -> list[Mapping[str, Any]]:
        """What was proposed, with a kind first; the place in this list is the column's number."""
        return [*self.found["columns"], *self.found["unclassified"]] if self.found is not None else []


class Searches:
    """The searches of one console; they end with it. The oldest are forgotten."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[str, Search] = {}
        self._children: dict[str, Child] = {}

    def start(
        self, office: Office, url: str, *, unit: str = "", depth: int = 1, try_lists: bool = True
    ) -> str:
        """Begin to look at a portal; the id to ask for it. Raises InputError, RefusedError (too many)."""
        asked = _address(url)
        if unit:
            unit = office.unit(unit).id
        wish = {"what": "discover", "url": asked, "depth": depth, "try_lists": try_lists,
                "manners": _manners(office, BUDGET)}  # fmt: skip
        _take_slot()
        search = Search(id=secrets.token_urlsafe(9), url=asked, unit=unit)
        with self._lock:
            self._known[search.id] = search
            for old in list(self._known)[:-REMEMBERED]:
                del self._known[old]
        threading.Thread(target=self._look, args=(search, wish), name="discover", daemon=True).start()
        return search.id

    def get(self, search_id: str) -> Search:
        """Raises InputError for one that is not known (any more)."""
        found = self._known.get(search_id)
        if found is None:
            raise InputError("这次查找的结果已经不在了。请重新开始查找。")
        return found

    def close(self) -> None:
        """End what is still at work."""
        with self._lock:
            for child in self._children.values():
                child.kill()

    def _look(self, search: Search, wish: Mapping[str, Any]) -> None:
        try:
            with _child(wish, SEARCH_S) as child:
                with self._lock:
                    self._children[search.id] = child
                try:
                    self._listen(search, child)
                finally:
                    with self._lock:
                        self._children.pop(search.id, None)
        finally:
            _slots.release()
            if not search.done:
                search.error = (
                    f"没有看完就停了（最多 {SEARCH_S:.0f} 秒）。请把层数减少，或从更具体的频道页开始。"
                )

    def _listen(self, search: Search, child: Child) -> None:
        for message in child.messages():
            if "progress" in message:
                search.said.append(str(message["progress"]))
            elif "error" in message:
                search.error = _in_the_console(str(message["error"]))
            elif "found" in message:
                search.found = message["found"]


def try_list(office: Office, url: str, told: ListOverride | None = None) -> Mapping[str, Any]:
    """A list page as it is read at this moment, with the explanation; nothing is stored.

    Raises InputError, RefusedError (too many at once), CrawlError (the page cannot be had in time).
    """
    wish = {"what": "list", "url": _address(url), "override": asdict(told) if told else None,
            "manners": _manners(office, TRY_BUDGET)}  # fmt: skip
    _take_slot()
    try:
        with _child(wish, TRY_S) as child:
            for message in child.messages():
                if "error" in message:
                    raise CrawlError(_in_the_console(str(message["error"])))
                if "list" in message:
                    return dict(message["list"])
    finally:
        _slots.release()
    raise CrawlError(f"{TRY_S:.0f} 秒内没有读完。请稍后再试。")


def try_column(office: Office, column_id: str) -> Mapping[str, Any]:
    """A registered column's page, read as the register says; raises as try_list does."""
    column = column_of(office, column_id)
    return try_list(office, column.url, column.reading)


def column_of(office: Office, column_id: str) -> Column:
    """Raises InputError for an unknown column."""
    return column_among(office.registry.columns, column_id)


@contextmanager
def _child(wish: Mapping[str, Any], seconds: float) -> Iterator[Child]:
    """A child that is ended after so many seconds, and with the block."""
    child = Child.wishing(MODULE, wish)
    timer = threading.Timer(seconds, child.kill)
    timer.start()
    try:
        yield child
    finally:
        timer.cancel()
        child.kill()
        child.close()


def _in_the_console(said: str) -> str:
    """What the command line says, with the way out that the console has."""
    for option, there in OPTIONS.items():
        said = said.replace(option, there)
    return said


def _take_slot() -> None:
    if not _slots.acquire(blocking=False):
        raise RefusedError("同时在看的网站太多了。请等一会儿再试。")


def _address(url: str) -> str:
    url = url.strip()
    if not url or len(url) > 2000 or any(c.isspace() or not c.isprintable() for c in url):
        raise InputError("请填写网址，如 http://www.example.gov.cn/。")
    return url


def _manners(office: Office, budget: int) -> dict[str, Any]:
    settings = office.settings
    return {
        "user_agent": settings.user_agent, "allow_private": list(settings.allow_private), "budget": budget,
        "delay_s": settings.delay_s, "timeout_s": min(settings.timeout_s, TRY_S / 2),
    }  # fmt: skip
