"""Users, sessions and failed log-ins, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import InputError, RefusedError
from domain.users import Role, Session, Throttle, User
from storage.archive import Archive
from tests.storage.seen import night

UNIT = User(name="财政", person="张三", role=Role.UNIT, unit_id="czj", created_at=night(0))
LIMIT = Throttle(failures=3, within_s=60, lock_s=120)


def session_of(user: User, key: str) -> Session:
    assert user.id is not None
    until = night(0) + timedelta(hours=12)
    return Session(key=key, user_id=user.id, csrf="c", made_at=night(0), seen_at=night(0), until=until)


def test_a_user_survives_the_round_trip(archive: Archive) -> None:
    stored = archive.add_user(UNIT, "hash", actor="命令行")
    assert stored == replace(UNIT, id=stored.id)
    assert archive.credentials("财政") == (stored, "hash")
    assert archive.credentials("nobody") is None
    with pytest.raises(RefusedError, match="已经有了"):
        archive.add_user(UNIT, "hash", actor="命令行")
    archive.disable_user("财政", actor="命令行", at=night(1))
    assert archive.users() == [replace(stored, disabled_at=night(1))]
    with pytest.raises(RefusedError, match="已经停用"):
        archive.disable_user("财政", actor="命令行", at=night(1))
    with pytest.raises(InputError, match="没有用户"):
        archive.set_password("nobody", "hash", actor="命令行", at=night(1))
    assert archive.verify().ok


def test_sessions_end_with_the_password(archive: Archive) -> None:
    user = archive.add_user(UNIT, "hash", actor="命令行")
    first, second = session_of(user, "a"), session_of(user, "b")
    archive.open_session(first)
    archive.open_session(second)
    archive.touch_session("a", night(0) + timedelta(hours=1))
    assert archive.session("a") == (replace(first, seen_at=night(0) + timedelta(hours=1)), user)
    archive.close_session("a")
    assert archive.session("a") is None
    archive.set_password("财政", "other", actor="命令行", at=night(1))
    assert archive.session("b") is None
    archive.open_session(first)
    archive.open_session(replace(second, made_at=first.until, until=first.until + timedelta(hours=1)))
    assert archive.session("a") is None  # over, and swept away


def test_failures_lock_out_within_their_window(archive: Archive) -> None:
    at = night(0)
    assert archive.count_failure("name:a", at, LIMIT) is None
    assert archive.count_failure("name:a", at + timedelta(seconds=61), LIMIT) is None  # a new window
    assert archive.count_failure("name:a", at + timedelta(seconds=62), LIMIT) is None
    until = archive.count_failure("name:a", at + timedelta(seconds=63), LIMIT)
    assert until == at + timedelta(seconds=183)
    assert archive.locked_until("name:a") == until
    assert archive.locked_until("name:b") is None
    archive.forget_failures("name:a")
    assert archive.locked_until("name:a") is None
