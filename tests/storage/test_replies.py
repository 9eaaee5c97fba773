"""整改反馈 and joint decisions on both databases: kept, logged, verified."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text

from domain.errors import RefusedError
from domain.records import AppealOutcome, AppealStep, Feedback, JointStep
from storage.archive import Archive
from tests.storage.seen import night
from tests.storage.test_people import FILE, PROOF, filed, issued, stored


def reported(archive: Archive) -> Feedback:
    event_id = stored(archive).id or 0
    one = Feedback(
        notice_id=issued(archive, event_id), event_id=event_id, unit_id="u", cause="人员调动", done="已发布",
        done_on=date(2026, 10, 12), person="赵六", phone="0477-1", by="单位某", at=night(4), files=(FILE,),
    )  # fmt: skip
    archive.give_feedback(one, {FILE.sha256: PROOF})
    return one


def proposed(archive: Archive) -> AppealStep:
    event_id = stored(archive).id or 0
    filed(archive, event_id)
    one = AppealStep(
        event_id=event_id, step=JointStep.PROPOSED, outcome=AppealOutcome.WITHDRAWN, reason="停机属实",
        user="zhang", by="张某", at=night(4),
    )  # fmt: skip
    archive.add_step(one, after=None)
    return one


def test_feedback_adds_up(archive: Archive) -> None:
    first = reported(archive)
    second = replace(first, done="又发布一条", cause="", files=(), at=night(5))
    archive.give_feedback(second, {})
    for kept in (archive.feedback(notice_id=first.notice_id), archive.feedback(event_id=first.event_id)):
        assert [replace(one, id=None) for one in kept] == [first, second]
    assert archive.feedback(notice_id=first.notice_id + 1) == []
    assert archive.body(FILE.sha256) == PROOF
    assert [entry.type for entry in archive.history(f"event:{first.event_id}")][-1] == "feedback.given"
    assert archive.verify().ok


def test_a_step_follows_the_one_its_signer_saw(archive: Archive) -> None:
    first = proposed(archive)
    [kept] = archive.steps(first.event_id)
    assert replace(kept, id=None) == first
    with pytest.raises(RefusedError, match="刚刚有了变化"):
        archive.add_step(first, after=None)
    agreed = replace(first, step=JointStep.AGREED, user="li", by="李某", at=night(5))
    archive.add_step(agreed, after=kept.id)
    assert [one.step for one in archive.steps()] == [JointStep.PROPOSED, JointStep.AGREED]
    assert archive.verify().ok


@pytest.mark.parametrize("tampered", [
    "UPDATE feedback SET done = 'x'",
    "DELETE FROM feedback",
    "UPDATE appeal_step SET user_name = 'x'",
    "DELETE FROM appeal_step",
])  # fmt: skip
def test_replies_cannot_be_changed_unnoticed(archive: Archive, tampered: str) -> None:
    reported(archive) if "feedback" in tampered else proposed(archive)
    assert archive.verify().ok
    with archive._db.write() as session:
        session.execute(text(tampered))
    assert not archive.verify().ok
