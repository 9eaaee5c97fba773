"""The planted banner: follows its seed, holds every fault, and truth names no innocent."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from demo.plant import plant
from demo.truth import FULL_MARKS, OUTCOMES, POINTS, deducted, planted
from demo.world import Fault, Shape, World
from domain.units import UnitKind

PORT = 20_007
seeds = st.integers(min_value=0, max_value=10**9)


def faults(world: World) -> set[Fault]:
    found = {page.fault for page in world.lists} | {thing.fault for thing in world.things}
    found |= {row.document.fault for page in world.lists for row in page.rows}
    return found | {unit.shared_fault for unit in world.units}


@settings(max_examples=30, deadline=None)
@given(seed=seeds)
def test_same_seed_same_banner(seed: int) -> None:
    assert plant(seed, PORT) == plant(seed, PORT)


def test_other_seed_other_banner() -> None:
    assert plant(1, PORT).units != plant(2, PORT).units


@settings(max_examples=60, deadline=None)
@given(seed=seeds)
def test_every_seed_holds_every_fault_and_shape(seed: int) -> None:
    world = plant(seed, PORT)
    assert faults(world) == set(Fault)
    assert {page.shape for page in world.lists} == set(Shape)
    assert {unit.kind for unit in world.units} == set(UnitKind)
    assert len(world.units) >= 12


@settings(max_examples=60, deadline=None)
@given(seed=seeds)
def test_addresses_and_ids_are_unique(seed: int) -> None:
    world = plant(seed, PORT)
    subjects = [one.subject_id for one in (*world.lists, *world.things)]
    assert len(set(subjects)) == len(subjects)
    addresses = [(page.host, row.document.path) for page in world.lists for row in page.rows]
    addresses += [(one.host, one.path) for one in world.lists]
    addresses += [(one.host, one.path + getattr(one, "listing", "")) for one in world.things]
    assert len(set(addresses)) == len(addresses)


@settings(max_examples=60, deadline=None)
@given(seed=seeds)
def test_truth_has_each_guilty_fault_with_its_price(seed: int) -> None:
    found = planted(plant(seed, PORT))
    assert {one.fault for one in found} == {fault.value for fault in OUTCOMES}
    assert all(one.points == (POINTS[one.test] if one.month else 0) for one in found)
    assert len({(one.unit, one.test, one.subject) for one in found}) == len(found)


@settings(max_examples=60, deadline=None)
@given(seed=seeds)
def test_one_unit_has_more_faults_than_its_clause_has_points(seed: int) -> None:
    found = planted(plant(seed, PORT))
    sums: dict[tuple[str, str], int] = {}
    for one in found:
        sums[one.unit, one.clause] = sums.get((one.unit, one.clause), 0) + int(one.points)
    crowded = [key for key, points in sums.items() if points > FULL_MARKS[key[1]]]
    assert crowded
    assert all(deducted(found)[key] == FULL_MARKS[key[1]] for key in crowded)


@pytest.mark.parametrize("module", ["demo.truth", "demo.portal", "demo.site", "demo.plant", "demo.compare"])
def test_truth_and_portal_know_no_judge(module: str) -> None:
    script = f"import sys, {module}; print([m for m in sys.modules if m.split('.')[0] in sys.argv[1:]])"
    rooms = ["monitors", "scoring", "app", "storage", "crawler", "notices", "cli"]
    done = subprocess.run([sys.executable, "-c", script, *rooms], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
