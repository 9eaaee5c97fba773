from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.chromium import browser
from tests.web.noticed import told_folder
from tests.web.office import NIGHTS, Console, fill, opened


@pytest.fixture(scope="module")
def chrome(chromium: None) -> Iterator[Browser]:
    with browser() as started:
        yield started


@pytest.fixture
def suspected(tmp_path: Path) -> Iterator[Console]:
    """A console after one night: nothing is confirmed yet."""
    fill(tmp_path / "office", nights=NIGHTS[:1])
    with opened(tmp_path / "office") as console:
        yield console


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    """A console whose October was told of; one for the whole walk."""
    folder = tmp_path_factory.mktemp("told") / "office"
    told_folder(folder)
    with opened(folder) as console:
        yield console
