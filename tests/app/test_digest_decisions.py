"""What 审核 hears of: what waits for its decision, once a day, again after a week, by mail for real."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.appeals import decide_appeal, file_appeal
from app.joint_deeds import rule
from app.judge import judge_everything
from app.notify import due, notify
from app.office import Office
from config.settings import NotifyTo
from domain.clock import day_start
from domain.notify import Outcome
from domain.records import AppealOutcome
from domain.users import Role, User
from tests.app.monthly import FINANCE, RENDA, WULAN, later, office_at, watch
from tests.app.noticed import OLD, event_of, told_office
from tests.app.test_notify import Post, addressed, outcomes
from tests.mailbox import Mailbox

REVIEW = (NotifyTo(name="shenhe", to="审核"),)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Finance was told of its lapse on 9 October; the reviewers are to hear of decisions."""
    made = told_office(tmp_path)
    addressed(tmp_path, {"shenhe": "json://127.0.0.1:9/shenhe"})
    made = replace(made, settings=made.settings.model_copy(update={"notify": REVIEW}))
    yield made
    made.archive.close()


def appealed(office: Office) -> int:
    event = event_of(office, FINANCE)
    assert event.id is not None
    file_appeal(office, event.id, by="财政局某人", reason="当日停机，内情如此")
    return event.id


def sent_at(office: Office, moment: str, post: Post) -> str:
    """What the reviewers were told then; "" for nothing."""
    before = len(post.sent)
    outcomes(later(office, moment), post)
    return post.sent[-1][2] if len(post.sent) > before else ""


def test_an_appeal_is_told_of_without_its_reason(office: Office) -> None:
    post, number = Post(), appealed(office)
    assert due(office)
    assert outcomes(office, post) == [Outcome.SENT]
    [(urls, title, text)] = post.sent
    assert urls == ("json://127.0.0.1:9/shenhe",)
    assert "待决定的事项" in title
    assert "【申诉待决定】1项" in text
    assert "财政局“工作动态”" in text
    assert f"（事件{number}）：10月09日提出的申诉，还没有决定。" in text
    assert "停机" not in text
    assert "昨夜监测" not in text


def test_once_a_day_then_after_a_week_and_no_more_once_decided(office: Office) -> None:
    post, number = Post(), appealed(office)
    assert "申诉待决定" in sent_at(office, "2026-10-09 10:00", post)
    assert outcomes(later(office, "2026-10-09 11:00"), post) == [Outcome.TODAY]
    assert "申诉" not in sent_at(office, "2026-10-12 09:00", post)
    assert "申诉待决定" in sent_at(office, "2026-10-16 09:00", post)
    decided = later(office, "2026-10-16 10:00")
    decide_appeal(decided, number, AppealOutcome.UPHELD, by="李四", reason="核对过")
    assert "申诉" not in sent_at(office, "2026-10-30 09:00", post)


def test_by_night_they_are_left_alone(office: Office) -> None:
    appealed(office)
    night = later(office, "2026-10-09 22:00")
    assert not due(night)
    assert outcomes(night, Post()) == [Outcome.QUIET]


def test_a_decision_that_needs_a_second_person_is_told_of(office: Office) -> None:
    number = appealed(office)
    units = tuple(replace(unit, office_own=unit.id == "caizhengju") for unit in office.registry.units)
    own = replace(office, registry=replace(office.registry, units=units))
    first = User(name="zhang", person="张三", role=Role.OFFICE, created_at=day_start(date(2026, 1, 1)))
    rule(own, number, AppealOutcome.UPHELD, user=first, reason="核对过")
    post = Post()
    outcomes(own, post)
    text = post.sent[0][2]
    assert "【待第二人会签】1项" in text
    assert "的申诉：张三10月09日已拟定，须由另一个人登录后会签" in text
    assert "申诉待决定" not in text


def test_what_only_people_settle_is_counted_by_item(tmp_path: Path) -> None:
    """Two units at once silent on the first night: held, since many fell silent together."""
    made = office_at(tmp_path, "2026-09-21 09:00")
    addressed(tmp_path, {"shenhe": "json://127.0.0.1:9/shenhe"})
    made = replace(made, settings=made.settings.model_copy(update={"notify": REVIEW}))
    with made.archive:
        watch(made, "2026-09-21", 1, {FINANCE: OLD, RENDA: OLD, WULAN: OLD})
        assert outcomes(made, Post()) == [Outcome.NOTHING], "a second look may settle these"
        made.archive.save_holds(made.archive.runs(1)[0].id, {FINANCE: "批量异常", WULAN: "批量异常"})
        judge_everything(made)
        post = Post()
        outcomes(made, post)
    assert "【疑似问题待认定】1项" in post.sent[0][2]
    assert "2个单位的2件疑似问题，须由人认定或评分" in post.sent[0][2]


def test_the_letter_arrives_at_a_real_mail_server(office: Office) -> None:
    appealed(office)
    with Mailbox() as box:
        url = f"mailto://127.0.0.1:{box.port}/?mode=insecure&from=zwgk@example.org&to=shenhe@example.org"
        addressed(office.settings.dir, {"shenhe": url})
        assert [one.outcome for one in notify(office, holder="test")] == [Outcome.SENT]
        [text] = box.texts()
        assert "申诉待决定" in text
        assert (
            box.letters[0]["To"].endswith("shenhe@example.org")
            or "shenhe@example.org" in box.letters[0]["To"]
        )
