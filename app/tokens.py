"""Tokens by which programs speak for a user: shown once, stored hashed, never more than the user may."""

import secrets
from hashlib import sha256

from app.office import Office
from app.users import COMMAND_LINE
from domain.errors import InputError
from domain.users import Scope, Token, User

PREFIX = "zwgk_"
"""So that secret scanners and people know one when they see it."""


def make_token(
    office: Office, user: str, *, scope: Scope, label: str, by: str = COMMAND_LINE
) -> tuple[Token, str]:
    """A new token and its text, which nobody can read again. Raises InputError, RefusedError (disabled)."""
    label = label.strip()
    if not label or len(label) > 100 or not label.isprintable():
        raise InputError("请写明令牌做什么用（--label），最多 100 个字，例如 --label 大屏。")
    text = PREFIX + secrets.token_urlsafe(32)
    asked = Token(user=user.strip(), scope=scope, label=label, made_at=office.clock())
    return office.archive.add_token(asked, _key(text), actor=by), text


def revoke_token(office: Office, token_id: int, *, by: str = COMMAND_LINE) -> Token:
    """Raises InputError for an unknown one, RefusedError for one revoked before."""
    return office.archive.revoke_token(token_id, actor=by, at=office.clock())


def bearer_of(office: Office, text: str) -> tuple[Token, User] | None:
    """Whose live token it is; None: nobody's (any more)."""
    found = office.archive.token(_key(text)) if text.startswith(PREFIX) else None
    if found is None or found[0].revoked_at is not None or found[1].disabled_at is not None:
        return None
    return found


def _key(text: str) -> str:
    return sha256(text.encode("utf-8", "replace")).hexdigest()
