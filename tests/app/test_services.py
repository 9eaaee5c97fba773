"""送达、签收, and what is due when."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.explain import explain
from app.office import Office
from app.services import record_service, reminders
from domain.clock import Month
from domain.errors import InputError, RefusedError
from domain.records import Service, ServiceStep
from tests.app.monthly import FINANCE, RENDA, later, watch
from tests.app.noticed import OLD, SEPTEMBER, event_of, told_office

SERVED, RECEIVED = ServiceStep.SERVED, ServiceStep.RECEIVED


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = told_office(tmp_path)
    yield made
    made.archive.close()


def record(
    office: Office, step: ServiceStep, day: date, unit: str = "财政局", person: str = "赵六"
) -> Service:
    return record_service(office, SEPTEMBER, unit, step, on=day, person=person, by="王五")


def todo(office: Office, now: str, within: int = 3) -> dict[str, tuple[str, ...]]:
    return {one.unit.name: one.todo for one in reminders(later(office, now), within)}


def test_service_is_recorded_logged_and_shown(office: Office) -> None:
    at = later(office, "2026-10-12 09:00")
    record(at, SERVED, date(2026, 10, 10))
    record(at, RECEIVED, date(2026, 10, 11))
    record(at, RECEIVED, date(2026, 10, 12))  # corrects the first
    [notice] = explain(at, event_of(at, FINANCE).id or 0).notices
    assert notice.service.served is not None
    assert notice.service.received is not None
    assert (notice.service.served.on, notice.service.received.on) == (date(2026, 10, 10), date(2026, 10, 12))
    assert office.archive.verify().ok


@pytest.mark.parametrize(("step", "day", "why"), [
    (SERVED, date(2026, 10, 8), "早于通报的印发日期"),
    (SERVED, date(2026, 10, 13), "在将来"),
    (SERVED, date(2026, 10, 12), "晚于已登记的签收日期"),
    (RECEIVED, date(2026, 10, 9), "早于送达日期"),
])  # fmt: skip
def test_days_that_cannot_be_are_refused(office: Office, step: ServiceStep, day: date, why: str) -> None:
    at = later(office, "2026-10-12 09:00")
    record(at, SERVED, date(2026, 10, 10))
    record(at, RECEIVED, date(2026, 10, 11))
    with pytest.raises(RefusedError, match=why):
        record(at, step, day)


def test_what_does_not_concern_the_unit_is_refused(office: Office) -> None:
    with pytest.raises(RefusedError, match="没有乌兰镇的事项"):
        record(office, SERVED, date(2026, 10, 9), "乌兰镇")
    with pytest.raises(InputError, match="没有单位"):
        record(office, SERVED, date(2026, 10, 9), "无此单位")
    with pytest.raises(InputError, match="--person"):
        record(office, SERVED, date(2026, 10, 9), person=" ")
    with pytest.raises(RefusedError, match="还没有印发"):
        record_service(
            office, Month(2026, 10), "财政局", SERVED, on=date(2026, 10, 9), person="赵六", by="王五"
        )


def test_units_with_one_deadline_stand_as_registered(office: Office) -> None:
    turned = replace(office.registry, units=office.registry.units[::-1])
    assert list(todo(office, "2026-10-09 10:00")) == ["财政局", "人大办"]
    assert list(todo(replace(office, registry=turned), "2026-10-09 10:00")) == ["人大办", "财政局"]


def test_reminders_follow_service_and_deadline(office: Office) -> None:
    assert todo(office, "2026-10-09 10:00")["财政局"] == ("尚未送达", "13天后到期，1项尚未整改")
    at = later(office, "2026-10-12 09:00")
    record(at, SERVED, date(2026, 10, 10))
    assert todo(office, "2026-10-12 09:00") == {
        "人大办": ("尚未送达", "10天后到期，1项尚未整改"),
    }  # served, and the deadline far off
    record(at, RECEIVED, date(2026, 10, 11))
    assert "财政局" not in todo(office, "2026-10-18 23:59")
    assert todo(office, "2026-10-19 00:00")["财政局"] == ("3天后到期，1项尚未整改",)
    assert todo(office, "2026-10-22 23:59")["财政局"] == ("今天到期，1项尚未整改",)
    assert "zwgk attest" in todo(office, "2026-10-23 00:00")["财政局"][0]
    assert todo(office, "2026-10-26 00:00")["财政局"] == ("1项无法判定，不能认定未按时整改",)
    assert todo(office, "2026-12-22 00:00") == {}


def test_what_is_mended_needs_the_notice_served_and_no_more(office: Office) -> None:
    now = later(office, "2026-10-21 12:00")
    watch(now, "2026-10-21", 1, {FINANCE: date(2026, 10, 20), RENDA: OLD})
    assert todo(now, "2026-10-21 12:00")["财政局"] == ("尚未送达",)
    record(now, RECEIVED, date(2026, 10, 20))
    assert list(todo(now, "2026-10-21 12:00")) == ["人大办"]
    watch(now, "2026-10-23", 1, {RENDA: OLD})
    assert todo(now, "2026-10-25 12:00")["人大办"] == ("尚未送达", "已过期3天，1项未整改或整改不到位")
