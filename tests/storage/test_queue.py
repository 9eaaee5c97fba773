from datetime import timedelta

import pytest

from domain.errors import InputError, RefusedError
from domain.looks import LookKind, RunKind, RunOutcome
from storage.archive import Archive
from tests.storage.seen import NIGHT, night, record, seen, start


def test_checks_are_served_in_the_order_they_were_asked(archive: Archive) -> None:
    first, second = archive.ask_check("caizhengju", night(0)), archive.ask_check("jiaoyuju", night(0))
    one, other = start(archive), start(archive, kind=RunKind.ON_DEMAND)
    assert archive.claim_check(one, night(1)) == (first, "caizhengju")
    assert archive.claim_check(other, night(1)) == (second, "jiaoyuju")
    assert archive.claim_check(one, night(1)) is None
    archive.finish_check(first, night(2))
    archive.finish_check(second, night(2), error="没有可监测的对象")
    row = archive.check(first)
    assert (row.asked_at, row.claimed_at, row.run_id, row.done_at, row.error) == (
        night(0), night(1), one.id, night(2), ""
    )  # fmt: skip
    assert archive.check(second).error == "没有可监测的对象"
    with pytest.raises(InputError, match="没有第 99 次"):
        archive.check(99)


def test_a_check_whose_process_died_waits_again(archive: Archive) -> None:
    check, run = archive.ask_check("caizhengju", night(0)), start(archive)
    archive.claim_check(run, night(0))
    new = archive.take_over(run.id, pid=2, at=night(1))
    assert archive.claim_check(new, night(1)) == (check, "caizhengju")
    assert archive.claim_check(new, night(1)) is None
    archive.finish_run(new, RunOutcome.DIED, night(2))
    assert archive.claim_check(start(archive), night(2)) == (check, "caizhengju")


def test_an_adopted_check_makes_its_looks_official(archive: Archive) -> None:
    run, check = start(archive), archive.ask_check("caizhengju", NIGHT)
    with pytest.raises(RefusedError, match="没有完成"):
        archive.adopt(check, by="李强", reason="电话核对", at=night(1))
    [id_] = record(archive, seen(NIGHT, [], look=LookKind.ON_DEMAND, check_id=check), run=run)
    archive.finish_check(check, NIGHT)
    assert not archive.look(id_).official
    archive.adopt(check, by="李强", reason="电话核对", at=night(1))
    assert archive.look(id_).official
    assert archive.tally("caizhengju", NIGHT, night(1)).due == 1
    assert archive.tally("caizhengju", NIGHT, night(1), known=night(1)).due == 0
    assert [look.official for look in archive.looks_of("column:dt", night(1))] == [False]
    later = night(1) + timedelta(seconds=1)
    assert [look.official for look in archive.looks_of("column:dt", later)] == [True]
    assert (archive.check(check).adopted_by, archive.check(check).adopted_at) == ("李强", night(1))
    [entry] = archive.history(f"check:{check}")
    assert (entry.actor, entry.payload) == ("李强", {"unit": "caizhengju", "reason": "电话核对"})
    with pytest.raises(RefusedError, match="李强 采用"):
        archive.adopt(check, by="王芳", reason="", at=night(2))
    with pytest.raises(InputError, match="没有第 99 次"):
        archive.adopt(99, by="李强", reason="", at=night(1))
