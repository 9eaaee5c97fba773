"""Every answer of /api/v1 that any test gets is held against the published OpenAPI document."""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import httpx
from jsonschema import Draft202012Validator

from web.api.answers import PREFIX
from web.api.documents import described


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Method, path and description of everything published."""
    for path, methods in described()["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation


def operation_of(method: str, path: str) -> dict[str, Any] | None:
    """What is published for an address that was asked; None: nothing is there."""
    for known, template, operation in operations():
        pattern = re.sub(r"\\{\w+\\}", "[^/]+", re.escape(template))
        if known == method and re.fullmatch(pattern, path):
            return operation
    return None


def hold(answer: httpx.Response) -> None:
    """An event hook of httpx: AssertionError or ValidationError where an answer is not as published."""
    request = answer.request
    if not request.url.path.startswith(PREFIX):
        return
    operation = operation_of(request.method, request.url.path)
    if operation is None:
        assert answer.status_code in {401, 403, 404, 405}
        return
    answer.read()
    where = f"{operation['operationId']} {answer.status_code}"
    published = operation["responses"].get(str(answer.status_code))
    assert published is not None, f"{where}: this status is not published"
    kind = answer.headers["Content-Type"].partition(";")[0]
    binary = "*/*" in published["content"]
    assert binary or kind in published["content"], f"{where}: {kind} is not published"
    assert published.get("headers", {}).keys() <= {one.title() for one in answer.headers}, where
    if not binary:
        fits(published["content"][kind]["schema"], answer.json())
    if answer.is_success and request.headers.get("Content-Type") == "application/json":
        fits(operation["requestBody"]["content"]["application/json"]["schema"], json.loads(request.content))


def fits(schema: dict[str, Any], value: object) -> None:
    validator(json.dumps(schema)).validate(value)


@cache
def validator(schema: str) -> Draft202012Validator:
    whole = {**json.loads(schema), "components": described()["components"]}
    Draft202012Validator.check_schema(whole)
    return Draft202012Validator(whole, format_checker=Draft202012Validator.FORMAT_CHECKER)
