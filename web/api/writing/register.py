"""Objects of the register added and changed: the files under units/ are what is written, comments kept."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from app.contract.register import RegisterChange, change_json
from app.register_edit import add_objects, save_object
from app.register_view import part_called, registered
from domain.errors import InputError
from domain.users import Role
from web.access import allow
from web.api.answers import PREFIX, given
from web.api.published import does
from web.api.reading.register import ObjectId, PartKey
from web.api.sent import CELLS, Body, Field, Sent
from web.deps import Ask, Asked
from web.refusals import Refused

routes = APIRouter(prefix=PREFIX, tags=["单位表"])
ABOUT = "各项的值，键和写法与 GET 所得的 cells 相同；没有写的不动"
NEW = Body(
    {
        "cells": {
            "unit": "财政局",
            "name": "财政动态",
            "kind": "动态",
            "url": "https://www.example.gov.cn/dt/",
        }
    },
    cells=Field(CELLS, ABOUT),
)
CHANGED = Body(
    {"cells": {"url": "https://www.example.gov.cn/dongtai/"}, "version": "3f0c9a"},
    cells=Field(CELLS, ABOUT),
    version=Field(str, "GET 所得的 version；其间文件改过的不保存"),
)


@routes.post(
    "/register/parts/{part}", operation_id="addRegistered", status_code=201,
    responses=does(RegisterChange, 404, 409, status=201), openapi_extra=NEW.described,
    summary="在单位表里增加一个单位、栏目、账号或应用；不写编号的自动编",
    description="没有写起算日的栏目先试运行：监测，暂不评判。",
)  # fmt: skip
@allow(Role.OFFICE, Role.ADMIN)
def add(ask: Asked, part: PartKey, sent: Annotated[Sent, Depends(NEW)]) -> Response:
    _known(ask, part)
    cells = _cells(part, sent["cells"])
    [made] = add_objects(ask.office, part, [cells], by=ask.user.person)
    return given(change_json(made), 201)


@routes.post(
    "/register/parts/{part}/{object_id}", operation_id="changeRegistered",
    responses=does(RegisterChange, 404, 409), openapi_extra=CHANGED.described,
    summary="更改单位表里的一个单位、栏目、账号或应用，注释不动",
)  # fmt: skip
@allow(Role.OFFICE, Role.ADMIN)
def change(
    ask: Asked, part: PartKey, object_id: ObjectId, sent: Annotated[Sent, Depends(CHANGED)]
) -> Response:
    _known(ask, part, object_id)
    cells = {**_cells(part, sent["cells"]), "id": object_id}
    made = save_object(ask.office, part, cells, seen=sent["version"], by=ask.user.person)
    return given(change_json(made))


def _known(ask: Ask, part: str, object_id: str = "") -> None:
    """Raises Refused (404) where there is no such part or object."""
    try:
        this = part_called(part)
        if object_id:
            registered(ask.office.settings.dir, this, object_id)
    except InputError as error:
        raise Refused(404, str(error)) from None


def _cells(part: str, given: Mapping[str, str]) -> Mapping[str, str]:
    """Raises Refused (422) for a key the part has not: never dropped in silence."""
    known = {field.key for field in part_called(part).fields}
    wrong = [key for key in given if key not in known]
    if wrong:
        raise Refused(422, f"单位表的这一部分没有这几项：{'、'.join(wrong)}。可用：{'、'.join(known)}。")
    return given
