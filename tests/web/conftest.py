from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.office import Console, fill, opened


@pytest.fixture
def console(tmp_path: Path) -> Iterator[Console]:
    """A console that a test may change."""
    fill(tmp_path / "office")
    with opened(tmp_path / "office") as console:
        yield console


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    """A console that tests only look at."""
    folder = tmp_path_factory.mktemp("shown") / "office"
    fill(folder)
    with opened(folder) as console:
        yield console
