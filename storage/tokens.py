"""Access tokens of users: stored hashed; their making and revoking is logged, themselves never."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from domain.errors import InputError, RefusedError
from domain.users import Scope, Token, User
from storage.console_tables import AccessTokenRow, ConsoleUserRow
from storage.log import append
from storage.part import Part
from storage.users import user_of


class Tokens(Part):
    def add_token(self, made: Token, key: str, *, actor: str) -> Token:
        """Store a token by its hash; logged. Raises InputError (no such user), RefusedError (disabled)."""
        with self._db.write() as session:
            user = session.scalars(select(ConsoleUserRow).where(ConsoleUserRow.name == made.user)).first()
            if user is None:
                raise InputError(f"没有用户“{made.user}”。用 zwgk user list 查看用户。")
            if user.disabled_at is not None:
                raise RefusedError(f"用户“{made.user}”已经停用，不能再发令牌。")
            row = AccessTokenRow(
                user_id=user.id, key=key, scope=made.scope.value, label=made.label, made_at=made.made_at,
                revoked_at=None,
            )  # fmt: skip
            session.add(row)
            session.flush()
            values = {"token": row.id, "scope": made.scope.value, "label": made.label}
            append(session, "token.added", f"user:{made.user}", values, actor=actor, at=made.made_at)
            return replace(made, id=row.id)

    def revoke_token(self, token_id: int, *, actor: str, at: datetime) -> Token:
        """The token opens nothing any more; logged. Raises InputError (unknown), RefusedError (already)."""
        with self._db.write() as session:
            row = session.get(AccessTokenRow, token_id, with_for_update=True)
            if row is None:
                raise InputError(f"没有令牌 {token_id}。用 zwgk user token list 查看编号。")
            if row.revoked_at is not None:
                raise RefusedError(f"令牌 {token_id} 已经作废。")
            row.revoked_at = at
            name = session.get_one(ConsoleUserRow, row.user_id).name
            append(session, "token.revoked", f"user:{name}", {"token": row.id}, actor=actor, at=at)
            return _token(row, name)

    def tokens(self) -> list[Token]:
        """All tokens in the order they were made, revoked ones too."""
        query = select(AccessTokenRow, ConsoleUserRow.name).join(
            ConsoleUserRow, ConsoleUserRow.id == AccessTokenRow.user_id
        )
        with self._db.read() as session:
            return [_token(row, name) for row, name in session.execute(query.order_by(AccessTokenRow.id))]

    def has_token(self, user_id: int) -> bool:
        """Whether the user has a token that is not revoked."""
        live = (AccessTokenRow.user_id == user_id, AccessTokenRow.revoked_at.is_(None))
        with self._db.read() as session:
            return session.scalar(select(AccessTokenRow.id).where(*live).limit(1)) is not None

    def token(self, key: str) -> tuple[Token, User] | None:
        """The token of that hash with its user, also where either ended; None for an unknown one."""
        query = (
            select(AccessTokenRow, ConsoleUserRow)
            .join(ConsoleUserRow, ConsoleUserRow.id == AccessTokenRow.user_id)
            .where(AccessTokenRow.key == key)
        )
        with self._db.read() as session:
            found = session.execute(query).first()
            return (_token(found[0], found[1].name), user_of(found[1])) if found is not None else None


def _token(row: AccessTokenRow, user: str) -> Token:
    return Token(
        user=user, scope=Scope(row.scope), label=row.label, made_at=row.made_at, revoked_at=row.revoked_at,
        id=row.id,
    )  # fmt: skip
