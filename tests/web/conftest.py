import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.noticed import told_folder
from tests.web.office import Console, fill, opened


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A filled deployment that nobody opens: tests copy it."""
    folder = tmp_path_factory.mktemp("template") / "office"
    fill(folder)
    return folder


@pytest.fixture
def folder(template: Path, tmp_path: Path) -> Path:
    """A deployment of the test's own."""
    return Path(shutil.copytree(template, tmp_path / "office"))


@pytest.fixture
def console(folder: Path) -> Iterator[Console]:
    """A console that a test may change."""
    with opened(folder) as console:
        yield console


@pytest.fixture(scope="session")
def shown(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    """A console that tests only look at."""
    folder = Path(shutil.copytree(template, tmp_path_factory.mktemp("shown") / "office"))
    with opened(folder) as console:
        yield console


@pytest.fixture(scope="session")
def october(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A deployment whose October was told of; copied, never opened."""
    folder = tmp_path_factory.mktemp("october") / "office"
    told_folder(folder)
    return folder


@pytest.fixture
def told(october: Path, tmp_path: Path) -> Iterator[Console]:
    """A console of that deployment, which a test may change."""
    shutil.copytree(october, tmp_path / "office")
    with opened(tmp_path / "office") as console:
        yield console
