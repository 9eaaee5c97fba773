"""Tokens and what messages told, on both databases."""

from dataclasses import replace

import pytest

from domain.errors import InputError, RefusedError
from domain.users import Role, Scope, Token, User
from storage.archive import Archive
from tests.storage.seen import night

USER = User(name="财政", person="张三", role=Role.UNIT, unit_id="czj", created_at=night(0))
TOKEN = Token(user="财政", scope=Scope.FEED, label="订阅", made_at=night(1))


def test_a_token_survives_the_round_trip(archive: Archive) -> None:
    user = archive.add_user(USER, "hash", actor="命令行")
    stored = archive.add_token(TOKEN, "key", actor="命令行")
    assert stored == replace(TOKEN, id=stored.id)
    assert archive.token("key") == (stored, user)
    assert archive.token("other") is None
    gone = archive.revoke_token(stored.id or 0, actor="命令行", at=night(2))
    assert archive.tokens() == [gone] == [replace(stored, revoked_at=night(2))]
    logged = [entry.type for entry in archive.history("user:财政")]
    assert logged == ["user.added", "token.added", "token.revoked"]
    assert "key" not in str([entry.payload for entry in archive.history("user:财政")])
    assert archive.verify().ok


def test_what_cannot_be_is_refused(archive: Archive) -> None:
    with pytest.raises(InputError, match="没有用户"):
        archive.add_token(TOKEN, "key", actor="命令行")
    with pytest.raises(InputError, match="没有令牌"):
        archive.revoke_token(7, actor="命令行", at=night(1))
    archive.add_user(USER, "hash", actor="命令行")
    archive.disable_user("财政", actor="命令行", at=night(1))
    with pytest.raises(RefusedError, match="停用"):
        archive.add_token(TOKEN, "key", actor="命令行")


def test_what_was_told_is_told_once(archive: Archive) -> None:
    assert archive.last_delivered("ban>办公室") is None
    archive.record_delivered("ban>办公室", ["event:1", "event:1", "run:1"], night(1))
    archive.record_delivered("ban>办公室", ["event:1", "run:2"], night(2))
    archive.record_delivered("ban>办公室", [], night(3))
    archive.record_delivered("other>czj", ["event:1"], night(4))
    assert archive.delivered_topics("ban>办公室") == {"event:1", "run:1", "run:2"}
    assert archive.last_delivered("ban>办公室") == night(2)
