"""How far work that takes seconds is: asked every second by the page that waits for it."""

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse

from web.access import staff
from web.deps import Asked
from web.working import works_of

routes = APIRouter()


@routes.get("/works/{work_id}")
@staff()
def work(ask: Asked, work_id: str) -> Response:
    """For how long; once it is over the waiting page asks for itself again."""
    seconds = works_of(ask).seconds(work_id)
    if seconds is None:
        return HTMLResponse("完成", headers={"HX-Refresh": "true"})
    return HTMLResponse(f"{seconds:.0f} 秒")
