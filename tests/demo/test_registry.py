"""The demo's files are a deployment the product accepts without a word."""

from pathlib import Path

from config.check import check
from config.init import init_folder
from config.load import load_registry, load_settings
from demo.plant import plant
from demo.registry import write_registry


def test_written_registry_is_in_order_and_complete(tmp_path: Path) -> None:
    folder = tmp_path / "deployment"
    init_folder(folder, simulation=True)
    world = plant(11, 20_011)
    write_registry(folder, world)
    assert check(folder) == []
    registry = load_registry(folder)
    assert [unit.id for unit in registry.units] == [unit.id for unit in world.units]
    wanted = {one.subject_id for one in (*world.lists, *world.things)}
    assert {subject.subject_id for subject in registry.subjects} == wanted
    assert all(subject.monitored_from is not None for subject in registry.subjects)
    assert set(registry.other_publishers) == set(world.outsiders)
    assert set(load_settings(folder).allow_private) == set(world.hosts)
