"""The register: units, columns, accounts and apps as its tables show them."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from app.contract.register import RegisterObject, RegisterRows, object_json
from app.register_view import part_called, register_rows, registered
from domain.users import Role
from web.access import allow
from web.api.answers import PREFIX, Paged, given
from web.api.published import reads
from web.deps import Asked

routes = APIRouter(prefix=PREFIX, tags=["单位表"])
PartKey = Annotated[str, Path(description="units 单位，columns 栏目，accounts 账号，apps 应用")]
ObjectId = Annotated[str, Path(description="单位、栏目、账号或应用的编号")]


@routes.get(
    "/register/parts/{part}", operation_id="listRegister",
    responses=reads(RegisterRows, 404, 422, paged=True), summary="单位表的一部分，按文件中的顺序",
)  # fmt: skip
@allow(Role.OFFICE, Role.ADMIN)
def rows(
    ask: Asked, at: Paged, part: PartKey,
    q: Annotated[str, Query(max_length=100, description="任一格里的字")] = "",
    unit: Annotated[str, Query(max_length=100, description="只看一个单位（编号）")] = "",
) -> Response:  # fmt: skip
    found = register_rows(ask.office.settings.dir, part_called(part), q.strip(), unit)
    return given(RegisterRows(rows=at.of(found)), headers=at.headers(ask.request, len(found)))


@routes.get(
    "/register/parts/{part}/{object_id}", operation_id="getRegistered",
    responses=reads(RegisterObject, 404), summary="单位表里的一个单位、栏目、账号或应用",
)  # fmt: skip
@allow(Role.OFFICE, Role.ADMIN)
def one(ask: Asked, part: PartKey, object_id: ObjectId) -> Response:
    return given(object_json(registered(ask.office.settings.dir, part_called(part), object_id)))
