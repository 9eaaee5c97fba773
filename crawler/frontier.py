"""Nightly looks waiting their turn, one line an address. Pure bookkeeping."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.looks import PlannedLook


@dataclass(slots=True)
class _Line:
    waiting: deque[PlannedLook] = field(default_factory=deque)
    taken: list[str] = field(default_factory=list)  # subjects looked at, not yet handed over for judging


class Frontier:
    """Looks by address. A subject is looked at once a run: asked again, it is dropped."""

    def __init__(self, seen: Iterable[str] = ()) -> None:
        self._lines: dict[str, _Line] = {}
        self._known = set(seen)

    def add(self, look: PlannedLook, address: str) -> bool:
        """Queue a look at the end of its address's line; False when its subject was queued or seen before."""
        if look.subject_id in self._known:
            return False
        self._known.add(look.subject_id)
        self._lines.setdefault(address, _Line()).waiting.append(look)
        return True

    def take(self, address: str) -> PlannedLook | None:
        """The next look of the line, None when it is empty."""
        line = self._lines.get(address)
        if line is None or not line.waiting:
            return None
        look = line.waiting.popleft()
        line.taken.append(look.parent_id or look.subject_id)
        return look

    def finished(self, address: str) -> list[str]:
        """The registered subjects looked at on an address since last asked: what can be judged now."""
        line = self._lines.get(address)
        if line is None:
            return []
        taken, line.taken = list(dict.fromkeys(line.taken)), []
        return taken
