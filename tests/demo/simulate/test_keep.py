"""A kept year opens like any deployment."""

from pathlib import Path

from app.office import open_office
from app.scores import score_all
from config.check import check
from demo.simulate.keep import keep
from demo.simulate.office import registry_of
from demo.simulate.plant import plant

NIGHTS = 3


def test_a_kept_year_has_the_registry_it_was_lived_with(tmp_path: Path) -> None:
    assert keep(2, tmp_path, NIGHTS) > 0
    assert [one for one in check(tmp_path) if "提示" not in str(one)] == []
    office = open_office(tmp_path)
    with office.archive:
        planted = registry_of(plant(2, NIGHTS))
        assert set(office.registry.subjects) == set(planted.subjects)
        assert set(office.registry.registrations) == set(planted.registrations)
        assert office.registry.units == planted.units
        assert len(score_all(office)) >= 57
