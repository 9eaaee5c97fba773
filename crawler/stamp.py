"""The fetch stamp: the one place in the crawler that reads the clock."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from time import monotonic


@dataclass(frozen=True, slots=True)
class Stamp:
    """Gives each look its moments. `as_of`: judged time a simulation starts at; it advances from there."""

    as_of: datetime | None = None
    _started: float = field(default_factory=monotonic)

    def moments(self) -> tuple[datetime, datetime]:
        """Judged and true time of one moment, UTC; the same outside a simulation."""
        wall = self.wall()
        if self.as_of is None:
            return wall, wall
        return self.as_of + timedelta(seconds=monotonic() - self._started), wall

    def judged(self) -> datetime:
        """Judged time, UTC: the true moment, or the simulated one."""
        return self.moments()[0]

    def wall(self) -> datetime:
        """True time, UTC."""
        return datetime.now(UTC)  # noqa: TID251  (the fetch stamp)
