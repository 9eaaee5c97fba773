"""Users of the console, their sessions, and failed log-ins. Changes of users are logged, secrets never."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session as Transaction

from domain.errors import InputError, RefusedError
from domain.users import Role, Session, Throttle, User
from storage.console_tables import AccessTokenRow, ConsoleSessionRow, ConsoleUserRow, LoginFailureRow
from storage.log import append
from storage.part import Part, insert_for


class Users(Part):
    def add_user(self, user: User, password_hash: str, *, actor: str) -> User:
        """Store a new user; logged. Raises RefusedError when the name is taken."""
        values = {"role": user.role.value, "unit": user.unit_id, "person": user.person}
        row = ConsoleUserRow(
            name=user.name, person=user.person, role=user.role.value, unit_id=user.unit_id,
            password_hash=password_hash, created_at=user.created_at, disabled_at=None,
        )  # fmt: skip
        try:
            with self._db.write() as session:
                session.add(row)
                session.flush()
                append(session, "user.added", f"user:{user.name}", values, actor=actor, at=user.created_at)
                return user_of(row)
        except IntegrityError:
            raise RefusedError(
                f"用户“{user.name}”已经有了。请换一个用户名，或用 zwgk user password 改密码。"
            ) from None

    def users(self) -> list[User]:
        """All users by name, disabled ones too."""
        with self._db.read() as session:
            return [
                user_of(row) for row in session.scalars(select(ConsoleUserRow).order_by(ConsoleUserRow.name))
            ]

    def credentials(self, name: str) -> tuple[User, str] | None:
        """The user and the password's hash, None for an unknown name."""
        with self._db.read() as session:
            row = session.scalars(select(ConsoleUserRow).where(ConsoleUserRow.name == name)).first()
            return (user_of(row), row.password_hash) if row is not None else None

    def set_password(self, name: str, password_hash: str, *, actor: str, at: datetime) -> None:
        """Replace the password, end the user's sessions; logged without it. Raises InputError (unknown)."""
        with self._db.write() as session:
            row = _held(session, name)
            row.password_hash = password_hash
            _end_sessions(session, row.id)
            append(session, "user.password", f"user:{name}", {}, actor=actor, at=at)

    def disable_user(self, name: str, *, actor: str, at: datetime) -> None:
        """The user logs in no more, sessions end; logged. Raises InputError, RefusedError (already)."""
        with self._db.write() as session:
            row = _held(session, name)
            if row.disabled_at is not None:
                raise RefusedError(f"用户“{name}”已经停用。")
            row.disabled_at = at
            _end_sessions(session, row.id)
            append(session, "user.disabled", f"user:{name}", {}, actor=actor, at=at)

    def enable_user(self, name: str, *, actor: str, at: datetime) -> None:
        """The user logs in again with the password it had; its tokens stay dead (they are revoked); logged.

        Raises InputError, RefusedError (not disabled).
        """
        with self._db.write() as session:
            row = _held(session, name)
            if row.disabled_at is None:
                raise RefusedError(f"用户“{name}”没有停用。")
            row.disabled_at = None
            live = (AccessTokenRow.user_id == row.id, AccessTokenRow.revoked_at.is_(None))
            tokens = session.scalars(select(AccessTokenRow).where(*live)).all()
            for token in tokens:
                token.revoked_at = at
            payload = {"revoked": [token.id for token in tokens]}
            append(session, "user.enabled", f"user:{name}", payload, actor=actor, at=at)

    def open_session(self, made: Session) -> None:
        """Store a log-in; sessions that are over are swept away."""
        with self._db.write() as session:
            session.execute(delete(ConsoleSessionRow).where(ConsoleSessionRow.until <= made.made_at))
            session.add(
                ConsoleSessionRow(
                    key=made.key, user_id=made.user_id, csrf=made.csrf, made_at=made.made_at,
                    seen_at=made.seen_at, until=made.until,
                )
            )  # fmt: skip

    def session(self, key: str) -> tuple[Session, User] | None:
        """The session of that key with its user; whether it is over is the caller's to say."""
        query = (
            select(ConsoleSessionRow, ConsoleUserRow)
            .join(ConsoleUserRow, ConsoleUserRow.id == ConsoleSessionRow.user_id)
            .where(ConsoleSessionRow.key == key)
        )
        with self._db.read() as session:
            found = session.execute(query).first()
            return (_session(found[0]), user_of(found[1])) if found is not None else None

    def touch_session(self, key: str, at: datetime) -> None:
        with self._db.write() as session:
            session.execute(update(ConsoleSessionRow).where(ConsoleSessionRow.key == key).values(seen_at=at))

    def close_session(self, key: str) -> None:
        with self._db.write() as session:
            session.execute(delete(ConsoleSessionRow).where(ConsoleSessionRow.key == key))

    def count_failure(self, key: str, at: datetime, throttle: Throttle) -> datetime | None:
        """Count a failed log-in of a name or an address; until when it is locked out now, if it is."""
        with self._db.write() as session:
            fresh = insert_for(session, LoginFailureRow).values(key=key, count=0, since=at, locked_until=None)
            session.execute(fresh.on_conflict_do_nothing())
            row = session.get_one(LoginFailureRow, key, with_for_update=True, populate_existing=True)
            if at - row.since > timedelta(seconds=throttle.within_s):
                row.count, row.since = 0, at
            row.count += 1
            if row.count >= throttle.failures:
                row.count, row.since = 0, at
                row.locked_until = at + timedelta(seconds=throttle.lock_s)
            session.flush()
            return row.locked_until

    def locked_until(self, key: str) -> datetime | None:
        """Until when the name or address is, or was last, locked out."""
        with self._db.read() as session:
            row = session.get(LoginFailureRow, key)
            return row.locked_until if row is not None else None

    def forget_failures(self, key: str) -> None:
        with self._db.write() as session:
            session.execute(delete(LoginFailureRow).where(LoginFailureRow.key == key))


def _held(session: Transaction, name: str) -> ConsoleUserRow:
    query = select(ConsoleUserRow).where(ConsoleUserRow.name == name).with_for_update()
    row = session.scalars(query).first()
    if row is None:
        raise InputError(f"没有用户“{name}”。用 zwgk user list 查看用户。")
    return row


def _end_sessions(session: Transaction, user_id: int) -> None:
    session.execute(delete(ConsoleSessionRow).where(ConsoleSessionRow.user_id == user_id))


def user_of(row: ConsoleUserRow) -> User:
    """The user as the domain has it."""
    return User(
        name=row.name, person=row.person, role=Role(row.role), unit_id=row.unit_id,
        created_at=row.created_at, disabled_at=row.disabled_at, id=row.id,
    )  # fmt: skip


def _session(row: ConsoleSessionRow) -> Session:
    return Session(
        key=row.key, user_id=row.user_id, csrf=row.csrf, made_at=row.made_at, seen_at=row.seen_at,
        until=row.until,
    )  # fmt: skip
