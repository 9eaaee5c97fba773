"""Forms whose fields depend on what is edited."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import Depends, Request

LONGEST = 5000


async def _fields(request: Request) -> Mapping[str, str]:
    form = await request.form()
    return {key: value[:LONGEST] for key, value in form.items() if isinstance(value, str)}


Fields = Annotated[Mapping[str, str], Depends(_fields)]
"""All text fields of the form that was sent."""
