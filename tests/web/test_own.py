"""本单位: what a unit finds, 签收, and the looks it may ask for."""

import re

from app.decisions import decide
from app.rectification import issued
from app.services import served_at
from app.unit_desk import CHECKS_A_DAY
from domain.events import DecisionKind
from domain.users import Role
from tests.web.noticed import DEADLINE, OCTOBER, at
from tests.web.office import Console


def test_a_unit_finds_what_to_mend_and_until_when(told: Console) -> None:
    with told.client(Role.UNIT) as client:
        assert client.get("/").headers["location"] == "/own/czj"
        text = client.get("/own/czj").text
    for said in (
        "财政局",
        "工作动态",
        "在该栏目发布注明日期的新信息",
        f"{DEADLINE} 24 时",
        "还有 14 天",
        "未签收",
        "未填报",
    ):
        assert said in text
    assert "教育" not in text
    with told.client(Role.OFFICE) as client:
        text = client.get("/own/czj").text
    assert "未签收" in text
    assert ">签收</button>" not in text


def test_a_unit_signs_for_its_notice_once(told: Console) -> None:
    with told.client(Role.UNIT) as client:

        def sign(person: str) -> object:
            return client.post("/own/czj/receipts", "/own/czj", month="2026-10", person=person)

        assert sign("赵六").status_code == 303
        again = sign("钱七")
        text = client.get("/own/czj").text
        assert client.post("/own/czj/receipts", "/own/czj", month="2026-09").status_code == 409
        assert client.post("/own/czj/receipts", "/own/czj", month="十月").status_code == 409
    assert again.status_code == 409
    assert "已由赵六于 2026-11-04 签收" in again.text
    assert "已签收" in text
    signed = served_at(told.office, issued(told.office, OCTOBER).row, "czj").received
    assert signed is not None
    assert (signed.person, signed.by, signed.note) == ("赵六", "unit某", "网上签收")
    assert told.office.archive.verify().ok


def test_a_unit_asks_for_a_few_checks_a_day(told: Console) -> None:
    archive, numbers = told.office.archive, set()
    with told.client(Role.UNIT) as client:
        for _ in range(CHECKS_A_DAY):
            answer = client.post("/own/czj/checks", "/own/czj")
            assert answer.status_code == 303
            [number] = re.findall(r"/checks/(\d+)", answer.headers["location"])
            assert client.get(answer.headers["location"]).status_code == 200
            numbers.add(int(number))
            wait_for(told, int(number))
        refused = client.post("/own/czj/checks", "/events")
        text = client.get("/own/czj").text
    assert len(numbers) == CHECKS_A_DAY
    assert refused.status_code == 429
    assert f"今天已申请复查 {CHECKS_A_DAY} 次，明天才能再申请" in refused.text
    assert "今天还可以申请 0 次" in text
    asked = [entry for entry in archive.history("unit:czj") if entry.type == "check.asked"]
    assert [entry.actor for entry in asked] == ["unit某"] * CHECKS_A_DAY
    with told.client(Role.OFFICE) as client:  # the office's own checks count apart
        assert client.post("/units/czj/checks", "/units/czj").status_code == 303


def wait_for(told: Console, number: int) -> None:
    """Answer a queued check as a crawl would; whoever answers first counts."""
    told.office.archive.finish_check(number, told.office.clock())


def test_no_notice_is_told_of_for_ever(told: Console) -> None:
    told.office.archive.advance(at("2027-02-01 09:00"))
    with told.client(Role.UNIT) as client:
        assert "近两个月没有通报到本单位的事项" in client.get("/own/czj").text


def test_of_what_was_withdrawn_nothing_is_asked(told: Console) -> None:
    decide(told.office, told.event_of("czj"), DecisionKind.WITHDRAW, by="王五", reason="核实")
    with told.client(Role.UNIT) as client:
        text = client.get("/own/czj").text
    assert "没有要整改的" in text
    assert "不用填报" in text
    assert "未填报" not in text
