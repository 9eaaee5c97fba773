"""Bodies: what may be sent, as JSON or as a form with files; described and checked in one place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.requests import ClientDisconnect

from app.attachments import ALLOWED, MAX_BYTES, MAX_FILES, Upload
from app.contract.shape import schema_of
from domain.errors import InputError
from web.refusals import SAID, Refused
from web.uploads import uploads

FILES, NULL = "files", "null"
CELLS = Mapping[str, str]
TRUTH: Mapping[str, bool] = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Field:
    """`kind`: str, int, bool, date, Decimal (sent as a string), an Enum, or CELLS (JSON only); `null`: may be
    null in JSON."""

    kind: Any
    about: str
    needed: bool = True
    null: bool = False

    def read(self, given: object) -> Any:
        """The value. Raises ValueError where it is none of the kind; InputError for points."""
        if given is None:
            if self.null:
                return None
            raise ValueError
        if self.kind == CELLS:
            return _cells(given)
        if self.kind in {bool, int}:
            return _plain(self.kind, given)
        if not isinstance(given, str):
            raise ValueError
        if self.kind is date:
            return date.fromisoformat(given)
        if self.kind is Decimal:
            return _points(given)
        return self.kind(given)

    @property
    def schema(self) -> dict[str, Any]:
        made = schema_of(self.kind | None if self.null else self.kind, {})
        return {**made, "description": self.about}


@dataclass(frozen=True, slots=True)
class Sent:
    """What came: every field, None for one left out; the files, not yet looked into."""

    values: Mapping[str, Any]
    files: tuple[Upload, ...] = ()

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def words(self, name: str) -> str:
        return self.values[name] or ""


class Body:
    """What a route takes; a dependency of it. A misspelt name is refused, never dropped in silence."""

    def __init__(self, example: Mapping[str, Any], *, files: bool = False, **fields: Field) -> None:
        self.example, self.files, self.fields = example, files, fields

    async def __call__(self, request: Request) -> Sent:
        """Raises Refused (422: names or values; 413: too large), InputError (too many files)."""
        try:
            given, files = await self._taken(request)
        except ClientDisconnect:
            raise Refused(413, SAID[413]) from None
        wrong = [name for name in given if name not in self.fields]
        values: dict[str, Any] = dict.fromkeys(self.fields)
        for name, field in self.fields.items():
            try:
                if name in given:
                    values[name] = field.read(given[name])
                elif field.needed:
                    wrong.append(name)
            except ValueError:
                wrong.append(name)
        if wrong:
            raise _unfit("、".join(wrong))
        return Sent(values, files)

    async def _taken(self, request: Request) -> tuple[Mapping[str, Any], tuple[Upload, ...]]:
        if self.files and "form" in request.headers.get("Content-Type", ""):
            return await _form(request)
        try:
            given = await request.json()
        except ValueError:
            given = None
        if not isinstance(given, dict):
            raise Refused(422, "请求的内容不是 JSON 对象。格式见 /api/docs。")
        return given, ()

    @property
    def described(self) -> dict[str, Any]:
        """For a route's openapi_extra."""
        schema: dict[str, Any] = {
            "type": "object", "additionalProperties": False,
            "required": [name for name, one in self.fields.items() if one.needed],
            "properties": {name: one.schema for name, one in self.fields.items()},
        }  # fmt: skip
        content: dict[str, Any] = {"application/json": {"schema": schema, "example": dict(self.example)}}
        if self.files:
            content["multipart/form-data"] = {"schema": _with_files(schema)}
        return {"requestBody": {"required": True, "content": content}}


def _cells(given: object) -> dict[str, str]:
    if not isinstance(given, dict) or not all(isinstance(one, str) for one in given.values()):
        raise ValueError
    return given


def _plain(kind: type, given: object) -> Any:
    if isinstance(given, str):  # of a form
        if kind is int:
            return int(given)
        if given not in TRUTH:
            raise ValueError
        return TRUTH[given]
    if type(given) is not kind:
        raise ValueError
    return given


def _with_files(schema: Mapping[str, Any]) -> dict[str, Any]:
    about = f"附件，最多 {MAX_FILES} 个，每个不超过 {MAX_BYTES // 1024 // 1024} MB：{ALLOWED}"
    files = {"type": "array", "items": {"type": "string", "format": "binary"}, "description": about}
    return {**schema, "properties": {**schema["properties"], FILES: files}}


async def _form(request: Request) -> tuple[Mapping[str, Any], tuple[Upload, ...]]:
    async with request.form() as form:
        sent: Sequence[Any] = form.getlist(FILES)
        if not all(isinstance(one, UploadFile) for one in sent):
            raise _unfit(FILES)
        words = {name: None if value == NULL else value for name, value in form.items() if name != FILES}
        return words, uploads(sent)


def _points(text: str) -> Decimal:
    """Points are strings, as in every answer: "0.5". Raises InputError."""
    try:
        points = Decimal(text.strip())
    except InvalidOperation:
        points = Decimal("NaN")
    if not points.is_finite() or points > 100:
        raise InputError(f'“{text}”不是分值，请写成 "2" 或 "0.5"。')
    return points


def _unfit(names: str) -> Refused:
    return Refused(422, f"这几项缺少、多余或不合要求：{names}。格式见 /api/docs。")
