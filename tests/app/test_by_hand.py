"""Accounts a person looks at: reminded of, never crawled, never a lapse by themselves."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from app.attachments import Upload
from app.by_hand import by_hand, remind_office
from app.decisions import Attestation, attest
from app.plans import plan_check, plan_night
from app.scheduler import schedule_of
from app.scores import score_unit
from domain.clock import BEIJING, local_day
from domain.errors import InputError
from domain.events import EventState
from domain.readings import AccountReading
from domain.units import BY_HAND, Account
from tests.app.bureau import SINCE, Bureau

KS = Account(
    id="czj-ks", unit_id="czj", platform="快手", name="财政快手", source=BY_HAND, url="", monitored_from=SINCE
)
PNG = b"\x89PNG\r\n\x1a\n..."
PROOF = Upload(name="记录.txt", data="电话记录".encode())


@pytest.fixture
def hand(bureau: Bureau) -> Bureau:
    bureau.registry = replace(bureau.registry, columns=(), accounts=(KS,))
    return bureau


def at(day: str, hour: int = 9) -> datetime:
    return datetime.fromisoformat(day).replace(hour=hour, tzinfo=BEIJING)


def seen(newest: str, when: datetime, hand: Bureau, by: str = "李四") -> None:
    said = Attestation(
        by=by, reason="手机查看", newest_on=date.fromisoformat(newest), link="https://v.kuaishou.com/x"
    )
    attest(hand.office, KS.subject_id, said, at=when)


def tasks(hand: Bureau, when: datetime) -> list[str]:
    hand.archive.advance(when)
    remind_office(hand.office)
    return [row.detail for row in hand.archive.tasks() if row.kind == "by_hand"]


def test_nobody_crawls_it(hand: Bureau) -> None:
    day = local_day(at("2026-09-10"))
    assert plan_night(hand.office, day) == ()
    assert plan_check(hand.office, "czj", day, 1) == ()
    assert schedule_of(hand.office, at("2026-09-10")) == []


def test_a_person_is_asked_at_once_and_seven_days_after_each_look(hand: Bureau) -> None:
    [told] = tasks(hand, at("2026-09-10"))
    assert "还没有登记过" in told
    seen("2026-09-09", at("2026-09-10", 10), hand)
    assert [row for row in hand.archive.tasks() if row.kind == "by_hand"] == []
    assert tasks(hand, at("2026-09-16", 23)) == []
    [told] = tasks(hand, at("2026-09-17", 0))
    assert "李四" in told
    assert "2026-09-10" in told
    seen("2026-09-09", at("2026-09-17"), hand)
    assert tasks(hand, at("2026-09-18")) == []


def test_an_account_that_is_closed_is_asked_about_no_more(hand: Bureau) -> None:
    assert tasks(hand, at("2026-09-10"))
    hand.registry = replace(hand.registry, accounts=(replace(KS, valid_to=date(2026, 9, 10)),))
    assert tasks(hand, at("2026-09-11")) == []


def test_an_attestation_is_a_reading_with_its_link(hand: Bureau) -> None:
    seen("2026-09-09", at("2026-09-10"), hand)
    [look] = hand.archive.looks_of(KS.subject_id)
    assert isinstance(look.reading, AccountReading)
    assert look.reading.posts[0].url == "https://v.kuaishou.com/x"
    assert (look.url, look.attested_by) == ("https://v.kuaishou.com/x", "李四")
    [one] = by_hand(hand.office, at("2026-09-12"), "czj")
    assert (one.days, one.due) == (2, False)
    assert hand.archive.verify().ok
    with pytest.raises(InputError, match="--link"):
        attest(hand.office, KS.subject_id, Attestation(by="a", reason="b", link="javascript:1"))


def test_nobody_having_looked_is_pending_and_never_a_lapse(hand: Bureau) -> None:
    def pending(day: str) -> str:
        sheet = score_unit(hand.office, "czj", local_day(at(day)))
        return next(one.state.value for one in sheet.clauses if one.clause_id == "A1-20")

    hand.archive.advance(at("2026-09-10"))
    assert pending("2026-09-10") == "pending"
    seen("2026-09-09", at("2026-09-10"), hand)
    tasks(hand, at("2026-12-20"))
    assert hand.archive.events() == []


def test_two_looks_on_two_days_confirm_as_any_two_good_looks_do(hand: Bureau) -> None:
    """design.md §4.2: attested looks are good looks; whoever made them."""
    seen("2026-08-01", at("2026-09-10"), hand)
    [event] = hand.archive.events()
    assert event.state is EventState.SUSPECTED
    seen("2026-08-01", at("2026-09-10", 22), hand)
    assert hand.archive.events()[0].state is EventState.SUSPECTED
    seen("2026-08-01", at("2026-09-11"), hand)
    assert hand.archive.events()[0].state is EventState.CONFIRMED
    seen("2026-09-11", at("2026-09-12"), hand, by="王五")
    assert not hand.archive.events()[0].open


def test_screenshots_are_kept_by_name_and_must_be_what_they_are_called(hand: Bureau, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    said = Attestation(by="李", reason="看", newest_on=date(2026, 9, 9), files=[tmp_path / "a.png", PROOF])
    attest(hand.office, KS.subject_id, said, at=at("2026-09-10"))
    [look] = hand.archive.looks_of(KS.subject_id)
    assert [(one.name, hand.archive.body(one.sha256)) for one in look.files] == [
        ("a.png", PNG), ("记录.txt", PROOF.data),
    ]  # fmt: skip
    assert hand.archive.observation(look.id).files == look.files
    assert hand.archive.verify().ok
    (tmp_path / "b.png").write_bytes(b"MZ\x90\x00")
    with pytest.raises(InputError, match="不是允许的类型"):
        attest(hand.office, KS.subject_id, replace(said, files=[tmp_path / "b.png"]), at=at("2026-09-11"))
