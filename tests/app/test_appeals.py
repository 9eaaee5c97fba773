"""Appeals over a real archive: periods, four eyes, attachments, what a closed month keeps."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.appeals import appeal_until, appeals, decide_appeal, file_appeal
from app.decisions import decide
from app.explain import explain
from app.office import Office
from app.scores import score_unit
from domain.errors import InputError, RefusedError
from domain.events import DecisionKind, Event, EventState
from domain.records import AppealOutcome
from tests.app.monthly import FINANCE, later, office_at, watch
from tests.app.noticed import APPEAL_UNTIL, OLD, SEPTEMBER, event_of, told_office

UPHELD, WITHDRAWN = AppealOutcome.UPHELD, AppealOutcome.WITHDRAWN


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = told_office(tmp_path)
    yield made
    made.archive.close()


def filed(office: Office, *files: Path) -> Event:
    return file_appeal(
        office, event_of(office, FINANCE).id or 0, by="赵六", reason="当日平台停机", files=files
    )


def ruled(office: Office, outcome: AppealOutcome = WITHDRAWN, by: str = "孙七", second: str = "") -> Event:
    number = event_of(office, FINANCE).id or 0
    return decide_appeal(office, number, outcome, by=by, reason="核实", second=second)


def own(office: Office) -> Office:
    """The same, with the finance bureau running the platform it is judged on."""
    units = tuple(replace(u, office_own=u.id == "caizhengju") for u in office.registry.units)
    return replace(office, registry=replace(office.registry, units=units))


def test_the_period_is_what_the_notice_says_until_24_00(office: Office) -> None:
    assert appeal_until(office, event_of(office, FINANCE)) == APPEAL_UNTIL
    with pytest.raises(RefusedError, match="申诉截止日期是 2026-10-15"):
        filed(later(office, "2026-10-16 00:00"))
    assert filed(later(office, "2026-10-15 23:59")).state is EventState.APPEALED


def test_before_any_notice_a_unit_may_object(tmp_path: Path) -> None:
    office = office_at(tmp_path, "2026-09-26 12:00")
    watch(office, "2026-09-25", 1, {FINANCE: OLD})
    assert appeal_until(office, event_of(office, FINANCE)) is None
    assert filed(office).state is EventState.APPEALED
    assert ruled(office, UPHELD).state is EventState.SUSPECTED  # still one look: nothing is confirmed by it
    office.archive.close()


def test_a_withdrawal_gives_the_points_back_at_once(office: Office) -> None:
    assert score_unit(office, "caizhengju").deducted == 2
    filed(office)
    assert score_unit(office, "caizhengju").deducted == 2  # until it is decided
    assert ruled(office).state is EventState.WITHDRAWN
    assert score_unit(office, "caizhengju").deducted == 0
    assert [one.appeal.outcome for one in appeals(office)] == [WITHDRAWN]
    assert appeals(office, open_only=True) == []
    assert office.archive.verify().ok


def test_a_closed_month_keeps_its_sheet_todays_changes(office: Office) -> None:
    frozen = office.archive.closed_month(SEPTEMBER)
    filed(office)
    ruled(office)
    assert office.archive.closed_month(SEPTEMBER) == frozen
    assert score_unit(office, "caizhengju").deducted == 0
    before = score_unit(office, "caizhengju", date(2026, 10, 8))
    assert before.deducted == 2  # as known on that day


def test_an_upheld_event_stands(office: Office) -> None:
    filed(office)
    assert ruled(office, UPHELD).state is EventState.UPHELD
    assert score_unit(office, "caizhengju").deducted == 2
    with pytest.raises(RefusedError, match="已于 2026-10-09 作出决定（维持），不再受理"):
        filed(office)


def test_nobody_decides_her_own_appeal_or_confirmation(tmp_path: Path) -> None:
    office = office_at(tmp_path, "2026-09-26 12:00")
    watch(office, "2026-09-25", 1, {FINANCE: OLD})
    decide(office, event_of(office, FINANCE).id or 0, DecisionKind.CONFIRM, by="王五", reason="核实")
    filed(office)
    with pytest.raises(RefusedError, match="赵六提出了这件申诉"):
        ruled(office, by="赵 六")
    with pytest.raises(RefusedError, match="王五认定过这个事件"):
        ruled(office, by="王五")
    with pytest.raises(RefusedError, match="王五认定过这个事件"):
        ruled(office, by="孙七", second="王五")
    assert ruled(office).state is EventState.WITHDRAWN
    office.archive.close()


def test_the_offices_own_units_need_a_second_person(office: Office) -> None:
    own_office = own(office)
    number = event_of(office, FINANCE).id or 0
    with pytest.raises(RefusedError, match="--second"):
        decide(own_office, number, DecisionKind.WITHDRAW, by="王五", reason="核实")
    with pytest.raises(RefusedError, match="另一个人"):
        decide(own_office, number, DecisionKind.WITHDRAW, by="王五", reason="核实", second="王 五")
    filed(own_office)
    with pytest.raises(RefusedError, match="--second"):
        ruled(own_office)
    now = ruled(own_office, second="周八")
    assert now.decisions[-1].by == "孙七、周八"
    assert own_office.archive.verify().ok


def test_under_appeal_nobody_decides_beside_it_and_after_it_nobody_confirms(office: Office) -> None:
    number = event_of(office, FINANCE).id or 0
    filed(office)
    with pytest.raises(RefusedError, match="已有一件申诉"):
        filed(office)
    with pytest.raises(RefusedError, match="zwgk appeal decide"):
        decide(office, number, DecisionKind.WITHDRAW, by="王五", reason="核实")
    ruled(office)
    with pytest.raises(RefusedError, match="没有待决定的申诉"):
        ruled(office)
    with pytest.raises(RefusedError, match="因申诉成立而撤销"):
        decide(office, number, DecisionKind.CONFIRM, by="王五", reason="核实")
    with pytest.raises(RefusedError, match="已撤销"):
        filed(office)


def test_attachments_are_kept_by_content_and_told(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "证明.txt"
    file.write_text("停机通知", encoding="utf-8")
    filed(office, file)
    [appeal] = explain(office, event_of(office, FINANCE).id or 0).event.appeals
    [kept] = appeal.files
    assert (kept.name, kept.size_bytes) == ("证明.txt", 12)
    assert office.archive.body(kept.sha256) == "停机通知".encode()


def test_what_is_wrong_with_a_request_is_said(office: Office, tmp_path: Path) -> None:
    number = event_of(office, FINANCE).id or 0
    with pytest.raises(InputError, match="没有事件 99"):
        file_appeal(office, 99, by="赵六", reason="误判")
    with pytest.raises(InputError, match="--reason"):
        file_appeal(office, number, by="赵六", reason=" ")
    with pytest.raises(InputError, match="不存在"):
        filed(office, tmp_path / "none.pdf")
    assert event_of(office, FINANCE).state is EventState.NOTIFIED
