"""Keys to a platform's own interface: never in an output, a log, an address, the database or a repr."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """What a unit gave to have its account read; "" for a part that was not filled in."""

    appid: str = field(default="", repr=False)
    secret: str = field(default="", repr=False)

    @property
    def complete(self) -> bool:
        return bool(self.appid and self.secret)
