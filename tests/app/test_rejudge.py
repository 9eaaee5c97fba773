"""Another version of the rubric tried on everything stored: what would differ, and nothing written."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.decisions import decide
from app.rejudge import names_in, rejudge, rejudge_workbook
from app.scores import score_all
from domain.errors import ConfigError, InputError
from domain.events import DecisionKind, EventState
from domain.rejudged import EventChange, Rejudged
from domain.scores import ClauseState
from domain.units import Registry, UnitKind
from tests.app.bureau import CZJ, JYJ, NEWS, NOTES, Bureau, listed
from tests.builders import at

TODAY = "2026-09-30"
NEWS_LIMIT = "kinds: [动态]\n        limits: {days: 14}"


@pytest.fixture
def watched(bureau: Bureau) -> Bureau:
    """工作动态 is 15 days old, in time the night before, 通知公告 eight days; two nights saw them."""
    bureau.registry = Registry(units=(CZJ, JYJ), columns=(NEWS, NOTES))
    for night in ("2026-09-29", TODAY):
        bureau.see(
            listed(NEWS, at(night), date(2026, 9, 15)), listed(NOTES, at(night, "03:00"), date(2026, 9, 22))
        )
    bureau.archive.advance(at(TODAY, "12:00"))
    bureau.judge()
    return bureau


def version(bureau: Bureau, change: Callable[[str], str], name: str = "annex1.yaml") -> Path:
    """Another version of a shipped file, beside the deployment."""
    text = (bureau.folder / "rubric" / name).read_text("utf-8")
    other = change(text).replace("etuoke-2020-annex1", "etuoke-2027-annex1")
    folder = bureau.folder.parent / "other"
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(other, encoding="utf-8")
    return folder / name


def told(found: Rejudged) -> list[tuple[EventChange, str, int | None, str, str]]:
    return [
        (
            one.change, one.test_id, one.event_id, str(one.before.points) if one.before else "",
            str(one.after.points) if one.after else "",
        )
        for one in found.events
    ]  # fmt: skip


def days(number: int) -> Callable[[str], str]:
    return lambda text: text.replace(NEWS_LIMIT, NEWS_LIMIT.replace("14", str(number)))


def test_the_same_rubric_changes_nothing(watched: Bureau) -> None:
    found = rejudge(watched.office, watched.folder)
    assert (found.clauses, found.events, found.changed) == ((), (), ())
    assert [one.before for one in found.units] == score_all(watched.office, date(2026, 9, 30))
    assert all(one.before == one.after for one in found.units)


def test_a_shorter_limit_charges_what_was_only_seen_once_before(watched: Bureau) -> None:
    """14 days: late on the second night only; 13 days: on both."""
    [event] = watched.archive.events()
    found = rejudge(watched.office, version(watched, days(13)))
    assert found.versions == {1: ("etuoke-2020-annex1", "etuoke-2027-annex1")}
    assert told(found) == [(EventChange.COSTS, "A1-18a", event.id, "0", "2")]
    assert (found.events[0].before, found.events[0].after) != (None, None)
    [clause] = found.clauses
    assert (clause.unit_id, clause.clause_id, clause.deducted) == ("czj", "A1-18", 2)
    assert [one.unit.id for one in found.changed] == ["czj"]


def test_a_longer_limit_lets_the_event_disappear(watched: Bureau) -> None:
    [event] = watched.archive.events()
    found = rejudge(watched.office, version(watched, days(20)))
    assert told(found) == [(EventChange.DISAPPEARS, "A1-18a", event.id, "0", "")]
    [clause] = found.clauses
    assert clause.before is not None
    assert clause.after is not None
    assert (clause.before.state, clause.after.state) == (ClauseState.PROPOSED, ClauseState.PENDING)


def test_another_test_lets_new_events_appear(watched: Bureau) -> None:
    short = version(watched, lambda text: text.replace("limits: {months: 6}", "limits: {days: 6}", 1))
    found = rejudge(watched.office, short)
    assert told(found) == [(EventChange.APPEARS, "A1-11a", None, "", "2")]
    assert names_in(watched.office, found)["column:czj-tz"] == "通知公告"


def test_other_points_change_what_the_same_event_costs(watched: Bureau) -> None:
    watched.see(listed(NEWS, at("2026-10-01"), date(2026, 9, 15)))
    watched.archive.advance(at("2026-10-01", "12:00"))
    watched.judge()
    one_point = version(
        watched, lambda text: text.replace("扣2分", "扣1分").replace(' per: "2"', ' per: "1"')
    )  # fmt: skip
    found = rejudge(watched.office, one_point)
    assert told(found) == [(EventChange.COSTS, "A1-18a", 1, "2", "1")]
    assert [one.deducted for one in found.clauses] == [-1]


def test_decisions_of_people_stand_under_both(watched: Bureau) -> None:
    decide(
        watched.office, 1, DecisionKind.WITHDRAW, by="李四", reason="平台故障", at=at(TODAY, "13:00")
    )  # fmt: skip
    assert rejudge(watched.office, version(watched, days(13))).events == ()


def test_nothing_is_written(watched: Bureau) -> None:
    before = (watched.archive.events(), watched.archive.verify(), watched.archive.tasks())
    found = rejudge(watched.office, version(watched, days(13)))
    assert rejudge_workbook(watched.office, found, names_in(watched.office, found))
    assert (watched.archive.events(), watched.archive.verify(), watched.archive.tasks()) == before
    assert watched.archive.events()[0].state is EventState.SUSPECTED


def test_an_earlier_day_is_judged_as_recorded_by_then(watched: Bureau) -> None:
    found = rejudge(watched.office, version(watched, days(13)), date(2026, 9, 29))
    assert told(found) == [(EventChange.APPEARS, "A1-18a", None, "", "0")]
    assert (found.as_of, found.year) == (date(2026, 9, 29), 2026)


def test_a_finished_year_is_judged_with_what_january_saw(watched: Bureau) -> None:
    """The lapse of the year before belongs to it, the one that began in January to the next."""
    watched.see(listed(NEWS, at("2026-12-31"), date(2026, 9, 15), date(2026, 12, 17)))
    for night in ("2027-01-01", "2027-01-02"):
        watched.see(listed(NEWS, at(night), date(2026, 12, 17)))
    watched.archive.advance(at("2027-01-02", "12:00"))
    watched.judge()
    other = version(watched, days(15))
    for year, change in ((2026, []), (2027, [-2])):
        found = rejudge(watched.office, other, date(2027, 1, 2), year)
        assert (found.year, [one.deducted for one in found.clauses if one.deducted]) == (year, change)
    with pytest.raises(InputError, match="2028年度"):
        rejudge(watched.office, other, year=2028)


def test_units_of_other_annexes_are_left_alone(watched: Bureau) -> None:
    park = replace(JYJ, id="yq", kind=UnitKind.PARK, annex=2)
    watched.registry = replace(watched.registry, units=(CZJ, park))
    found = rejudge(watched.office, version(watched, days(13)))
    assert [one.unit.id for one in found.units] == ["czj"]
    watched.registry = replace(watched.registry, units=(CZJ,))
    with pytest.raises(InputError, match="附件2"):
        rejudge(watched.office, watched.folder / "rubric" / "annex2.yaml")


def test_a_day_to_come_is_refused(watched: Bureau) -> None:
    with pytest.raises(InputError, match="2026-10-01还没有到"):
        rejudge(watched.office, watched.folder, date(2026, 10, 1))


def test_every_mistake_of_the_file_is_told_with_its_line(watched: Bureau) -> None:
    wrong = version(
        watched, lambda text: text.replace("{days: 14}", "{day: 14}").replace("mode: auto", "mode: aotu")
    )
    with pytest.raises(ConfigError) as caught:
        rejudge(watched.office, wrong)
    assert len(caught.value.problems) > 4
    assert all(one.file == str(wrong) and one.line for one in caught.value.problems)


@pytest.mark.parametrize(
    "name", ["nowhere", "nowhere.yaml", "rubric/national2019.yaml", "data", "units/bumen.yaml"]
)
def test_what_is_no_rubric_is_refused(watched: Bureau, name: str) -> None:
    with pytest.raises(ConfigError):
        rejudge(watched.office, watched.folder / name)
