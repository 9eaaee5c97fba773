"""Appeals page by page."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.appeal_list import appeal_list
from app.appeals import file_appeal
from app.joint_deeds import rule
from app.office import Office
from app.paging import PAGE
from domain.records import AppealOutcome
from domain.users import Role, User
from tests.app.monthly import FINANCE, RENDA
from tests.app.noticed import event_of, told_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = told_office(tmp_path)
    for subject in (FINANCE, RENDA):
        file_appeal(made, event_of(made, subject).id or 0, by="赵六", reason="停机")
    yield made
    made.archive.close()


def test_the_newest_stands_first_and_a_units_own_alone(office: Office) -> None:
    every = appeal_list(office)
    assert [one.row.unit for one in every.rows] == ["人大办", "财政局"]
    assert [one.row.unit for one in appeal_list(office, unit_id="caizhengju").rows] == ["财政局"]
    assert appeal_list(office, unit_id="").rows == []
    assert (every.total, every.at, every.pages) == (2, 1, 1)
    assert appeal_list(office, page=9).at == 1
    assert PAGE > 2


def test_what_waits_for_a_second_person_says_so(office: Office) -> None:
    units = tuple(replace(u, office_own=u.id == "caizhengju") for u in office.registry.units)
    own = replace(office, registry=replace(office.registry, units=units))
    user = User(name="zhang", person="张慧", role=Role.OFFICE, created_at=office.clock())
    for subject in (FINANCE, RENDA):
        rule(own, event_of(own, subject).id or 0, AppealOutcome.UPHELD, user=user, reason="核实")
    assert [one.proposed for one in appeal_list(own).rows] == [False, True]
    assert [one.row.unit for one in appeal_list(own, open_only=True).rows] == ["财政局"]
