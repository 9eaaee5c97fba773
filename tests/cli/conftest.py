from collections.abc import Iterator

import pytest

from tests.cli.office import FIRST_NIGHT, SECOND_NIGHT, Cli, deployed, portal
from tests.site import Site


@pytest.fixture
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cli]:
    """A new simulation that watches a scripted site; nothing has been looked at yet."""
    with Site() as site:
        portal(site)
        yield deployed(tmp_path_factory.mktemp("office") / "office", site)


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cli]:
    """A simulation watched for two nights: 工作动态 is confirmed to be stale. Tests only read it."""
    with Site() as site:
        portal(site)
        cli = deployed(tmp_path_factory.mktemp("watched") / "office", site)
        for night in (FIRST_NIGHT, SECOND_NIGHT):
            assert cli("crawl", "--as-of", night).code == 0
        yield cli
