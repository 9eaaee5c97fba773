"""Tokens of users: shown once, stored hashed, at an end with their user."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.office import Office
from app.tokens import bearer_of, make_token, revoke_token
from app.users import add_user, disable_user
from domain.errors import InputError, RefusedError
from domain.users import Role, Scope
from tests.app.bureau import Bureau

NOW = datetime(2026, 10, 9, 1, 0, tzinfo=UTC)


@pytest.fixture
def office(bureau: Bureau) -> Office:
    made = replace(bureau.office, clock=lambda: NOW)
    add_user(made, "zhang", role=Role.OFFICE, password="six quiet clerks")
    return made


def test_a_token_speaks_for_its_user_until_it_is_revoked(office: Office, bureau: Bureau) -> None:
    made, text = make_token(office, "zhang", scope=Scope.READ, label="大屏")
    assert office.archive.tokens() == [made]
    found = bearer_of(office, text)
    assert found is not None
    assert (found[0], found[1].name) == (made, "zhang")
    assert bearer_of(office, text + "x") is None
    assert bearer_of(office, "") is None
    raw = (bureau.folder / "data" / "zwgk.db").read_bytes()
    assert text.encode() not in raw + (bureau.folder / "data" / "zwgk.db-wal").read_bytes()
    revoke_token(office, made.id or 0)
    assert bearer_of(office, text) is None
    with pytest.raises(RefusedError, match="已经作废"):
        revoke_token(office, made.id or 0)
    assert office.archive.verify().ok


def test_a_disabled_users_tokens_open_nothing(office: Office) -> None:
    _, text = make_token(office, "zhang", scope=Scope.WRITE, label="上报")
    disable_user(office, "zhang")
    assert bearer_of(office, text) is None
    with pytest.raises(RefusedError, match="停用"):
        make_token(office, "zhang", scope=Scope.READ, label="大屏")


@pytest.mark.parametrize(("user", "label"), [("nobody", "大屏"), ("zhang", " ")])
def test_what_cannot_be_made_says_why(office: Office, user: str, label: str) -> None:
    with pytest.raises(InputError):
        make_token(office, user, scope=Scope.READ, label=label)
