import pytest

from domain.errors import NotSimulationError, RefusedError
from storage.archive import Archive
from tests.storage.seen import night, record, seen


def test_a_simulation_is_marked_for_ever_and_moves_forward(archive: Archive, database_url: str) -> None:
    archive.mark_simulation()
    archive.mark_simulation()
    assert archive.simulated_now() is None
    archive.advance(night(3))
    archive.advance(night(1))  # nothing was seen yet
    record(archive, seen(night(1), []))
    archive.advance(night(1))
    with pytest.raises(RefusedError, match="2026-10-10 02:00:00 早于最后一次监测 2026-10-11"):
        archive.advance(night(0))
    with Archive.open(database_url) as again:
        assert again.simulation
        assert again.simulated_now() == night(1)


def test_an_official_database_stays_official(archive: Archive) -> None:
    assert not archive.simulation
    with pytest.raises(NotSimulationError, match="--simulation"):
        archive.advance(night(0))
    record(archive, seen(night(0), []))
    with pytest.raises(RefusedError, match="新建一个文件夹"):
        archive.mark_simulation()
    assert not archive.simulation
