"""Logging in and out of the console: random session ids stored hashed, lockout after failures."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from app.office import Office
from app.users import fits, nobodys_hash
from domain.clock import BEIJING
from domain.errors import RefusedError
from domain.users import Session, Throttle, User

LASTS, IDLE = timedelta(hours=12), timedelta(hours=2)
TOUCH_EVERY = timedelta(minutes=5)
BY_NAME = Throttle(failures=5, within_s=900, lock_s=900)
BY_ADDRESS = Throttle(failures=30, within_s=900, lock_s=900)
"""An address may be a whole building behind one gateway."""


class LoginRefusedError(RefusedError):
    """Wrong name or password (which of the two is not told), or locked out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedIn:
    """A user with a live session."""

    user: User
    session: Session

    def meant(self, csrf: str) -> bool:
        """Whether a form or request carries this session's token."""
        return hmac.compare_digest(self.session.csrf.encode(), csrf.encode("utf-8", "replace"))


def log_in(office: Office, name: str, password: str, address: str) -> str:
    """The cookie's value for a new session. Raises LoginRefusedError."""
    return _opened(office, vouched(office, name, password, address), office.clock())


def vouched(office: Office, name: str, password: str, address: str) -> User:
    """The user who gave name and password, also as a second person. Failures count towards the lockout.

    Raises LoginRefusedError.
    """
    now, name = office.clock(), name.strip()[:60]
    keys = {f"name:{name}": BY_NAME, f"address:{address}": BY_ADDRESS}
    for key in keys:
        _refuse_locked(office.archive.locked_until(key), now)
    known = office.archive.credentials(name)
    good = fits(password, known[1] if known else nobodys_hash())
    if known is None or not good or known[0].disabled_at is not None:
        for until in [office.archive.count_failure(key, now, limit) for key, limit in keys.items()]:
            _refuse_locked(until, now)
        raise LoginRefusedError("用户名或密码不对。忘了密码请找管理员用 zwgk user password 重设。")
    office.archive.forget_failures(f"name:{name}")
    return known[0]


def logged_in(office: Office, cookie: str) -> LoggedIn | None:
    """Whose live session the cookie names; None: nobody's (any more)."""
    found = office.archive.session(_key(cookie)) if cookie else None
    if found is None:
        return None
    session, user = found
    now = office.clock()
    if now >= session.until or now - session.seen_at > IDLE or user.disabled_at is not None:
        office.archive.close_session(session.key)
        return None
    if now - session.seen_at > TOUCH_EVERY:
        office.archive.touch_session(session.key, now)
    return LoggedIn(user=user, session=session)


def log_out(office: Office, session: Session) -> None:
    office.archive.close_session(session.key)


def _opened(office: Office, user: User, now: datetime) -> str:
    cookie = secrets.token_urlsafe(32)
    assert user.id is not None  # stored
    made = Session(
        key=_key(cookie), user_id=user.id, csrf=secrets.token_urlsafe(32), made_at=now, seen_at=now,
        until=now + LASTS,
    )  # fmt: skip
    office.archive.open_session(made)
    return cookie


def _key(cookie: str) -> str:
    return sha256(cookie.encode("utf-8", "replace")).hexdigest()


def _refuse_locked(until: datetime | None, now: datetime) -> None:
    if until is not None and now < until:
        when = until.astimezone(BEIJING).strftime("%H:%M")
        raise LoginRefusedError(f"失败次数太多，已暂停登录。请在 {when} 以后再试。")
