"""Pictures drawn by a process beside this one, and kept while what they show is the newest.

Drawing holds an interpreter for a tenth of a second, two seconds the first time, and takes some 200 MB: in
the console's own process every page would wait for it.
"""

import base64
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import fields
from types import TracebackType

from app.processes import Child
from domain.errors import ZwgkError
from pictures.figures import Drawing

MODULE = "pictures"
LIMIT_S = 60.0
"""How long a picture may take, the start of the process among it."""

KEPT = 300
"""So many pictures are kept, the ones asked for last; one has some 30 kB."""


class Painter:
    """The process that draws, one picture at a time; started by the first one, anew after a failure."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: Child | None = None

    def __enter__(self) -> "Painter":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def svg(self, drawing: Drawing) -> str:
        """Raises ZwgkError when it cannot be drawn."""
        return self._drawn("svg", drawing)

    def png(self, drawing: Drawing) -> bytes:
        """For a document. Raises ZwgkError when it cannot be drawn."""
        return base64.b64decode(self._drawn("png", drawing))

    def close(self) -> None:
        with self._lock:
            self._end()

    def _drawn(self, what: str, drawing: Drawing) -> str:
        with self._lock:
            if self._child is None:
                self._child = Child.listening(MODULE)
            wish = {field.name: getattr(drawing, field.name) for field in fields(drawing)}
            answer = self._child.ask({"what": what, "drawing": wish}, LIMIT_S)
            if answer is None:
                said = next(reversed(self._child.tail), "没有应答")
                self._end()
                raise ZwgkError(
                    f"图没有画出来（{said[:200]}）。表格里有同样的内容；请稍后再试，或告诉管理员。"
                )
        drawn: str = answer[what]
        return drawn

    def _end(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child.close()
            self._child = None


class Pictures:
    """SVG by name, the newest version of each; shared by all threads, made by one of them at a time."""

    def __init__(self) -> None:
        self._painter = Painter()
        self._lock, self._turn = threading.Lock(), threading.Lock()
        self._kept: OrderedDict[Hashable, tuple[object, str]] = OrderedDict()

    def get(self, name: Hashable, version: object, make: Callable[[], Drawing]) -> str:
        """The picture of that version, made if it is not at hand. Raises ZwgkError, as `make` does."""
        found = self._at_hand(name, version)
        if found is not None:
            return found
        with self._turn:
            found = self._at_hand(name, version)
            if found is None:
                found = self._painter.svg(make())
                self._keep(name, version, found)
        return found

    def close(self) -> None:
        self._painter.close()

    def _at_hand(self, name: Hashable, version: object) -> str | None:
        with self._lock:
            known, svg = self._kept.get(name, (None, ""))
            if known != version:
                return None
            self._kept.move_to_end(name)
            return svg

    def _keep(self, name: Hashable, version: object, svg: str) -> None:
        with self._lock:
            self._kept[name] = version, svg
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
