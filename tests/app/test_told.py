"""Units hear of things before any notice: once a topic, only what is judged, never 泄密."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.explain import explain
from app.office import Office
from app.told import Letter, remind
from domain.errors import InputError
from domain.records import ToldKind
from tests.app.monthly import FINANCE, RENDA, WULAN, later, office_at, watch
from tests.app.noticed import OLD, event_of, seen, told_office

STALE = {FINANCE: OLD, RENDA: date(2026, 9, 9), WULAN: date(2026, 9, 20)}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """One night: finance in breach, the account three days before it, the town fresh."""
    made = office_at(tmp_path, "2026-09-21 09:00")
    watch(made, "2026-09-21", 1, STALE)
    yield made
    made.archive.close()


def said(letters: list[Letter]) -> dict[str, list[ToldKind]]:
    return {one.unit.name: [told.kind for told in one.told] for one in letters}


def test_first_sightings_and_coming_lapses_are_told_once(office: Office, tmp_path: Path) -> None:
    letters = remind(office, by="系统", out=tmp_path / "outbox")
    assert said(letters) == {"财政局": [ToldKind.SIGHTING], "人大办": [ToldKind.WARNING]}
    assert "2026年9月21日监测首次发现“工作动态”疑似不符合要求" in letters[0].text
    assert "2026年9月24日起即超过期限" in letters[1].text
    assert [one.file.read_text("utf-8") for one in letters if one.file] == [
        one.text + "\n" for one in letters
    ]
    assert remind(office, by="系统") == []
    [told] = explain(office, event_of(office, FINANCE).id or 0).told
    assert (told.kind, told.by) == (ToldKind.SIGHTING, "系统")
    assert office.archive.verify().ok


def test_a_preview_records_nothing(office: Office) -> None:
    assert said(remind(office)) == said(remind(office)) != {}
    assert office.archive.told() == []


@pytest.mark.parametrize(("days", "kinds"), [(2, {}), (3, {"人大办": [ToldKind.WARNING]})])
def test_a_lapse_is_told_so_many_days_before(
    office: Office, days: int, kinds: dict[str, list[ToldKind]]
) -> None:
    assert said(remind(office, unit_id="人大办", days=days)) == kinds


def test_a_new_update_makes_a_new_topic(office: Office) -> None:
    remind(office, by="系统")
    now = later(office, "2026-10-01 12:00")
    watch(now, "2026-10-01", 1, {RENDA: date(2026, 9, 19)})
    assert said(remind(now, unit_id="人大办", by="系统")) == {"人大办": [ToldKind.WARNING]}


def test_what_is_in_order_again_is_not_told(office: Office) -> None:
    now = later(office, "2026-09-22 09:00")
    watch(now, "2026-09-22", 1, {FINANCE: date(2026, 9, 21)})
    assert "财政局" not in said(remind(now))


def test_what_waits_for_a_person_because_many_turned_is_not_told(office: Office) -> None:
    run = office.archive.runs(1)[0]
    office.archive.save_holds(run.id, {FINANCE: "整站改版"})
    watch(office, "2026-09-21", 1, {WULAN: date(2026, 9, 20)}, clock="03:00")
    assert "财政局" not in said(remind(office))


def test_subjects_on_trial_are_not_told_of(office: Office) -> None:
    columns = tuple(replace(c, monitored_from=None) for c in office.registry.columns)
    trial = replace(office, registry=replace(office.registry, columns=columns))
    assert list(said(remind(trial))) == ["人大办"]


def test_nothing_on_secrecy_is_told(office: Office) -> None:
    rubric = office.rubrics[1]
    clauses = tuple(
        replace(c, quote="是否出现安全、泄密事故等严重问题。") if c.id == "A1-18" else c
        for c in rubric.clauses
    )
    secret = replace(office, rubrics={**office.rubrics, 1: replace(rubric, clauses=clauses)})
    assert list(said(remind(secret))) == ["人大办"]


@pytest.mark.parametrize(("now", "told"), [
    ("2026-10-18 23:59", False), ("2026-10-19 00:00", True), ("2026-10-22 23:59", True),
    ("2026-10-23 00:00", False),
])  # fmt: skip
def test_a_deadline_is_told_three_days_before(tmp_path: Path, now: str, told: bool) -> None:
    office = later(told_office(tmp_path), now)
    kinds = said(remind(office, unit_id="财政局")).get("财政局", [])
    assert (ToldKind.DEADLINE in kinds) is told
    office.archive.close()


def test_of_late_rectification_nothing_is_said_to_mend_itself(tmp_path: Path) -> None:
    office = seen(told_office(tmp_path), "2026-10-23 12:00", "2026-10-23", {FINANCE: OLD})
    [letter] = remind(office, unit_id="财政局")
    [late] = [one.sentence for one in letter.told if "通报的整改" in one.sentence]
    assert "没有整改的请尽快整改" in late
    assert "以后的监测会自行确认" not in late
    office.archive.close()


def test_a_folder_that_cannot_be_written_records_nothing(office: Office, tmp_path: Path) -> None:
    taken = tmp_path / "file"
    taken.write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match="不能写入"):
        remind(office, by="系统", out=taken)
    assert office.archive.told() == []
    with pytest.raises(InputError, match="没有单位"):
        remind(office, unit_id="无此单位")
