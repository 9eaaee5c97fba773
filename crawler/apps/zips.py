"""Reading the end of a ZIP archive: is it whole, is it an Android package? Pure."""

import struct
from dataclasses import dataclass
from typing import Literal

START = b"PK\x03\x04"
END = b"PK\x05\x06"
END_SIZE = 22  # bytes of an End-Of-Central-Directory record without its comment
TAIL = END_SIZE + 65_535  # the record may carry a comment of this length
MANIFEST = b"AndroidManifest.xml"


@dataclass(frozen=True, slots=True)
class Ending:
    """Where the directory of an archive stands, from its tail. `offset` None: too large to be told here."""

    offset: int | None
    size: int


def ending(tail: bytes) -> Ending | None:
    """The End-Of-Central-Directory in the last bytes of a file; None: the file is cut off or no ZIP."""
    at = tail.rfind(END)
    if at < 0 or len(tail) - at < END_SIZE:
        return None
    size, offset = struct.unpack_from("<II", tail, at + 12)
    return Ending(None if offset == 0xFFFFFFFF else offset, size)


def package_in(directory: bytes) -> bool:
    """Does a central directory name the manifest every Android package has?"""
    return MANIFEST in directory


def whole(body: bytes) -> Literal["ok", "truncated", "no_manifest"]:
    """Judge an archive that is here in full."""
    end = ending(body[-TAIL:])
    if end is None:
        return "truncated"
    return "ok" if package_in(body) else "no_manifest"
