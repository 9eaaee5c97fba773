"""Events about 泄密 exist only for those who read clues: for others every page of one is not there."""

from typing import Annotated

from fastapi import Depends, Request

from app.clues import withheld
from web.deps import Ask, let_in
from web.refusals import Refused


def _known(request: Request, ask: Annotated[Ask, Depends(let_in)]) -> None:
    """Raises Refused (404) for an event that is not for the user. Runs in the thread pool: it reads."""
    number = request.path_params.get("event_id")
    if number is None or not str(number).isdecimal():
        return
    event = ask.office.archive.event(int(number))
    if event is not None and withheld(ask.office, ask.user, event):
        raise Refused(404, "没有这个页面，或者它不属于您的单位。")


KEEPS_SECRETS = Depends(_known)
"""For every router with pages of one event: APIRouter(dependencies=[KEEPS_SECRETS])."""
