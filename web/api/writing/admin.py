"""Users who leave and come back, tokens that must open nothing any more. New ones are made by people."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from app.tokens import revoke_token
from app.users import disable_other, enable_user
from domain.users import Role, Token, User
from web.access import allow
from web.api.answers import PREFIX, given
from web.api.published import does
from web.deps import Ask, Asked
from web.refusals import Refused

routes = APIRouter(prefix=PREFIX, tags=["管理"])
UserId = Annotated[int, Path(description="用户的编号", ge=1, le=2**31)]
TokenId = Annotated[int, Path(description="令牌的编号", ge=1, le=2**31)]


@routes.post(
    "/users/{user_id}/disabling", operation_id="disableUser", responses=does(User, 404, 409),
    summary="停用一个用户（同 zwgk user disable）：不能再登录，令牌随即失效；不能停用自己",
)  # fmt: skip
@allow(Role.ADMIN)
def disable(ask: Asked, user_id: UserId) -> Response:
    disable_other(ask.office, _user(ask, user_id).name, user=ask.user)
    return given(_user(ask, user_id))


@routes.post(
    "/users/{user_id}/enabling", operation_id="enableUser", responses=does(User, 404, 409),
    summary="恢复一个停用的用户（同 zwgk user enable）；原有的令牌不恢复",
)  # fmt: skip
@allow(Role.ADMIN)
def enable(ask: Asked, user_id: UserId) -> Response:
    enable_user(ask.office, _user(ask, user_id).name, by=ask.user.person)
    return given(_user(ask, user_id))


@routes.post(
    "/tokens/{token_id}/revoking", operation_id="revokeToken", responses=does(Token, 404, 409),
    summary="作废一个令牌（同 zwgk user token revoke），立即失效",
)  # fmt: skip
@allow(Role.ADMIN)
def revoke(ask: Asked, token_id: TokenId) -> Response:
    if all(one.id != token_id for one in ask.office.archive.tokens()):
        raise Refused(404, f"没有令牌 {token_id}。")
    return given(revoke_token(ask.office, token_id, by=ask.user.person))


def _user(ask: Ask, user_id: int) -> User:
    """Raises Refused (404) where there is none."""
    found = next((one for one in ask.office.archive.users() if one.id == user_id), None)
    if found is None:
        raise Refused(404, f"没有编号为 {user_id} 的用户。")
    return found
