"""整改反馈 and joint decisions on both databases: kept, logged, verified."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text

from domain.errors import RefusedError
from domain.records import Deed, DeedStep, Feedback, JointStep
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


def proposed(archive: Archive, deed: Deed = Deed.APPEAL) -> DeedStep:
    event_id = stored(archive).id or 0
    filed(archive, event_id)
    what = {"outcome": "撤销"} if deed is Deed.APPEAL else {"points": "2", "files": []}
    one = DeedStep(
        deed=deed, subject=f"event:{event_id}", step=JointStep.PROPOSED, what=what, reason="停机属实",
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


@pytest.mark.parametrize("deed", Deed)
def test_a_step_follows_the_one_its_signer_saw(archive: Archive, deed: Deed) -> None:
    first = proposed(archive, deed)
    [kept] = archive.steps(deed, first.subject)
    assert replace(kept, id=None) == first
    assert archive.proposals() == [kept]
    with pytest.raises(RefusedError, match="刚刚有了变化"):
        archive.add_step(first, after=None)
    agreed = replace(first, step=JointStep.AGREED, user="li", by="李某", at=night(5))
    archive.add_step(agreed, after=kept.id)
    steps = archive.steps(deed, first.subject)
    assert [one.step for one in steps] == [JointStep.PROPOSED, JointStep.AGREED]
    assert archive.proposals() == []
    assert archive.verify().ok


def test_deeds_about_one_event_are_told_apart(archive: Archive) -> None:
    appeal = proposed(archive)
    decision = replace(appeal, deed=Deed.DECISION, what={"kind": "confirm"})
    archive.add_step(decision, after=None)
    assert [one.deed for one in archive.proposals()] == [Deed.APPEAL, Deed.DECISION]
    assert archive.verify().ok


@pytest.mark.parametrize("tampered", [
    "UPDATE feedback SET done = 'x'",
    "DELETE FROM feedback",
    "UPDATE joint_step SET user_name = 'x'",
    "DELETE FROM joint_step",
])  # fmt: skip
@pytest.mark.parametrize("deed", [Deed.APPEAL, Deed.MARK])
def test_replies_cannot_be_changed_unnoticed(archive: Archive, tampered: str, deed: Deed) -> None:
    reported(archive) if "feedback" in tampered else proposed(archive, deed)
    assert archive.verify().ok
    with archive._db.write() as session:
        session.execute(text(tampered))
    assert not archive.verify().ok


def test_steps_of_appeals_move_to_the_table_of_all_deeds(archive: Archive, database_url: str) -> None:
    """A database as it was before: its steps stand in a table of appeals alone."""
    kept = archive.steps(Deed.APPEAL, proposed(archive).subject)
    with archive._db.write() as session:
        for statement in BEFORE:
            session.execute(text(statement))
    archive.close()
    with Archive.open(database_url) as migrated:
        assert migrated.steps(Deed.APPEAL, kept[0].subject) == kept
        assert migrated.verify().ok


BEFORE = (
    "CREATE TABLE appeal_step AS SELECT id, 1 AS event_id, step, '撤销' AS outcome, reason, user_name,"
    " signed_by, signed_at FROM joint_step",
    "CREATE INDEX steps_of_event ON appeal_step (event_id, id)",
    "DROP TABLE joint_step",
    "ALTER TABLE observation DROP COLUMN files",
    "UPDATE zwgk_version SET version_num = '0007'",
)
