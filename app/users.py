"""Users of the console: made at the command line, never with a default password."""

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.office import Office
from domain.errors import InputError, RefusedError
from domain.users import Role, User

LEAST_LENGTH, MOST_LENGTH = 10, 200
COMMAND_LINE = "命令行"
TELLING_NAME = 4
"""A shorter name stands in a password by chance, also in one that is made here."""
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)  # KiB; OWASP's least for argon2id


def add_user(  # noqa: PLR0913 - the facts of a user
    office: Office, name: str, *, role: Role, password: str, person: str = "", unit: str = "",
    by: str = COMMAND_LINE,
) -> User:  # fmt: skip
    """Make a user. `person`: the real name its deeds are recorded under (the user's name without one).

    Raises InputError (name, password, unit that do not fit), RefusedError (name taken).
    """
    name = name.strip()
    if not name or len(name) > 60 or any(c.isspace() or not c.isprintable() for c in name):
        raise InputError("用户名不能为空，不能带空格，最多 60 个字。")
    if (role is Role.UNIT) != bool(unit):
        raise InputError("角色“单位”必须写明是哪个单位，其他角色不写单位（--unit）。")
    unit_id = office.unit(unit).id if unit else None
    user = User(
        name=name, person=person.strip() or name, role=role, unit_id=unit_id, created_at=office.clock()
    )
    return office.archive.add_user(user, hashed(password, name), actor=by)


def change_password(office: Office, name: str, password: str, *, by: str = COMMAND_LINE) -> None:
    """Set another password; the user's log-ins end. Raises InputError (unknown, too weak)."""
    office.archive.set_password(name, hashed(password, name), actor=by, at=office.clock())


def disable_other(office: Office, name: str, *, user: User) -> None:
    """An administrator disables another user: never the own one, so that one administrator remains.

    Raises InputError, RefusedError.
    """
    if name == user.name:
        raise RefusedError("不能停用自己。请由另一位管理员来停用，或在命令行用 zwgk user disable。")
    disable_user(office, name, by=user.person)


def disable_user(office: Office, name: str, *, by: str = COMMAND_LINE) -> None:
    """The user logs in no more; what was done under the name stays. Raises InputError, RefusedError."""
    office.archive.disable_user(name, actor=by, at=office.clock())


def enable_user(office: Office, name: str, *, by: str = COMMAND_LINE) -> None:
    """A disabled user logs in again; tokens it had stay revoked. Raises InputError, RefusedError."""
    office.archive.enable_user(name, actor=by, at=office.clock())


def made_password() -> str:
    """A password nobody chose: shown once, to be changed by whoever is given it. No signs that look alike."""
    return "-".join("".join(secrets.choice(SIGNS) for _ in range(4)) for _ in range(4))


def hashed(password: str, name: str) -> str:
    """The password's argon2id hash. Raises InputError for one that is easily guessed."""
    if not LEAST_LENGTH <= len(password) <= MOST_LENGTH:
        raise InputError(
            f"密码应为 {LEAST_LENGTH} 至 {MOST_LENGTH} 个字符。请换一个长一些的，例如几个词连起来。"
        )
    named = len(name) >= TELLING_NAME and name.lower() in password.lower()
    if named or len(set(password)) < 5:
        raise InputError("密码太容易猜：不要含用户名，不要总用同几个字符。请换一个。")
    return _hasher.hash(password)


@cache
def nobodys_hash() -> str:
    """Verified where the name is unknown, so that the answer takes as long."""
    return _hasher.hash("nobody has this password")


def fits(password: str, password_hash: str) -> bool:
    """Whether the password is the hashed one. A hash nobody can read fits nothing."""
    try:
        return len(password) <= MOST_LENGTH and _hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False
