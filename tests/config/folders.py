"""Deployment folders written by tests: real files in a temporary folder."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

UNIT = """units:
  - id: caizhengju
    name: 财政局
    kind: 部门
"""


def deployment(folder: Path, units: str = UNIT, settings: str = "contact: a@example.com\n") -> Path:
    """A folder with settings and one registry file, without rubrics."""
    (folder / "units").mkdir(parents=True)
    (folder / "units" / "a.yaml").write_text(units, encoding="utf-8")
    (folder / "zwgk.yaml").write_text(settings, encoding="utf-8")
    return folder


@contextmanager
def full_disk() -> Iterator[None]:
    """Files may not grow beyond some bytes: what a full disk does, for root too."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
