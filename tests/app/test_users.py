"""Users and log-ins of the console, under a clock that the tests set."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.logins import BY_ADDRESS, BY_NAME, IDLE, LASTS, LoginRefusedError, log_in, log_out, logged_in
from app.office import Office
from app.users import add_user, change_password, disable_user, fits, hashed
from domain.errors import InputError, RefusedError
from domain.users import Role
from tests.app.bureau import Bureau

PASSWORD = "six quiet clerks"
NOW = datetime(2026, 10, 9, 1, 0, tzinfo=UTC)


def office_at(bureau: Bureau, at: datetime) -> Office:
    return replace(bureau.office, clock=lambda: at)


@pytest.fixture
def office(bureau: Bureau) -> Office:
    made = office_at(bureau, NOW)
    add_user(made, "zhang", role=Role.OFFICE, password=PASSWORD)
    return made


def test_a_session_ends_by_itself_and_by_leaving(office: Office, bureau: Bureau) -> None:
    cookie = log_in(office, "zhang", PASSWORD, "10.0.0.1")
    found = logged_in(office, cookie)
    assert found is not None
    assert found.user.name == "zhang"
    assert logged_in(office_at(bureau, NOW + IDLE + timedelta(seconds=1)), cookie) is None
    cookie = log_in(office, "zhang", PASSWORD, "10.0.0.1")
    for hours in range(1, 12):
        assert logged_in(office_at(bureau, NOW + timedelta(hours=hours)), cookie) is not None
    assert logged_in(office_at(bureau, NOW + LASTS), cookie) is None
    cookie = log_in(office, "zhang", PASSWORD, "10.0.0.1")
    again = logged_in(office, cookie)
    assert again is not None
    log_out(office, again.session)
    assert logged_in(office, cookie) is None


def test_the_cookies_value_is_stored_nowhere(office: Office, bureau: Bureau) -> None:
    cookie = log_in(office, "zhang", PASSWORD, "10.0.0.1")
    raw = (bureau.folder / "data" / "zwgk.db").read_bytes()
    raw += (bureau.folder / "data" / "zwgk.db-wal").read_bytes()
    assert cookie.encode() not in raw
    assert PASSWORD.encode() not in raw
    assert b"$argon2id$" in raw


def test_names_are_locked_out_after_failures(office: Office, bureau: Bureau) -> None:
    for number in range(BY_NAME.failures):
        with pytest.raises(LoginRefusedError, match="不对" if number < BY_NAME.failures - 1 else "暂停登录"):
            log_in(office, "zhang", "wrong", f"10.0.0.{number}")
    with pytest.raises(LoginRefusedError, match="暂停登录"):
        log_in(office, "zhang", PASSWORD, "10.0.0.9")
    later = office_at(bureau, NOW + timedelta(seconds=BY_NAME.lock_s))
    assert log_in(later, "zhang", PASSWORD, "10.0.0.9")


def test_an_address_that_tries_many_names_is_locked_out(office: Office) -> None:
    for _ in range(BY_ADDRESS.failures - 1):
        office.archive.count_failure("address:10.0.0.1", NOW, BY_ADDRESS)
    with pytest.raises(LoginRefusedError, match="暂停登录"):
        log_in(office, "nobody", "wrong", "10.0.0.1")
    with pytest.raises(LoginRefusedError, match="暂停登录"):
        log_in(office, "zhang", PASSWORD, "10.0.0.1")
    assert log_in(office, "zhang", PASSWORD, "10.0.0.2")


def test_unknown_and_wrong_are_answered_alike(office: Office) -> None:
    said = []
    for name in ("zhang", "nobody"):
        with pytest.raises(LoginRefusedError) as refused:
            log_in(office, name, "wrong", "10.0.0.1")
        said.append(str(refused.value))
    assert said[0] == said[1]


def test_another_password_or_the_end_of_a_user_ends_its_sessions(office: Office) -> None:
    cookie = log_in(office, "zhang", PASSWORD, "10.0.0.1")
    change_password(office, "zhang", "another long one")
    assert logged_in(office, cookie) is None
    cookie = log_in(office, "zhang", "another long one", "10.0.0.1")
    disable_user(office, "zhang")
    assert logged_in(office, cookie) is None
    with pytest.raises(LoginRefusedError, match="不对"):
        log_in(office, "zhang", "another long one", "10.0.0.1")
    types = [entry.type for entry in office.archive.history("user:zhang")]
    assert types == ["user.added", "user.password", "user.disabled"]
    assert office.archive.verify().ok


@pytest.mark.parametrize("password", ["short", "aaaaaaaaaaaaaa", "zhang-2026-x", "x" * 300])
def test_weak_passwords_are_refused(office: Office, password: str) -> None:
    with pytest.raises(InputError, match="密码"):
        change_password(office, "zhang", password)


def test_users_fit_their_roles(office: Office) -> None:
    with pytest.raises(RefusedError, match="已经有了"):
        add_user(office, "zhang", role=Role.READER, password=PASSWORD)
    with pytest.raises(InputError, match="哪个单位"):
        add_user(office, "czj", role=Role.UNIT, password=PASSWORD)
    with pytest.raises(InputError, match="其他角色"):
        add_user(office, "czj", role=Role.READER, password=PASSWORD, unit="czj")
    with pytest.raises(InputError, match="没有单位"):
        add_user(office, "czj", role=Role.UNIT, password=PASSWORD, unit="nowhere")


def test_a_short_name_may_stand_in_a_password_by_chance() -> None:
    assert fits("u2c4-d5e6-f7g8-h9jk", hashed("u2c4-d5e6-f7g8-h9jk", "u2"))
    with pytest.raises(InputError, match="太容易猜"):
        hashed("zhang-d5e6-f7g8", "zhang")
