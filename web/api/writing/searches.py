"""Portals searched for columns, and lists tried as they are at this moment."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response

from app.contract.discovered import ListTried, SearchAsked, SearchProgress, search_json, tried_json
from app.portal_looks import Searches, try_column, try_list
from app.register_view import registered_urls
from domain.errors import CrawlError, InputError
from web.access import KEEPERS, allow
from web.api.answers import PREFIX, given
from web.api.published import does, reads
from web.api.reading.register import ObjectId
from web.api.sent import Body, Field, Sent
from web.deps import Ask, Asked
from web.refusals import Refused

routes = APIRouter(prefix=PREFIX, tags=["单位表"])
WISH = Body(
    {"url": "https://www.example.gov.cn/", "unit": "caizhengju", "tries": True},
    url=Field(str, "门户首页或频道页的网址"),
    unit=Field(str, "单位自己的网站：其编号；不写则各单位共用", needed=False),
    depth=Field(int, "0 只看这一页，1 再看它的频道页（不写则 1），2 更深", needed=False),
    tries=Field(bool, "也试读归好类的栏目；不写则不试", needed=False),
)
ADDRESS = Body({"url": "https://www.example.gov.cn/dt/"}, url=Field(str, "列表页的网址"))
SearchId = Annotated[str, Path(description="查找的编号")]


@routes.post(
    "/register/searches", operation_id="searchPortal", status_code=202,
    responses=does(SearchAsked, 404, 409, status=202), openapi_extra=WISH.described,
    summary="从门户找出栏目（同 zwgk discover）；结果到 Location 去取",
)  # fmt: skip
@allow(*KEEPERS)
def search(ask: Asked, sent: Annotated[Sent, Depends(WISH)]) -> Response:
    depth = 1 if sent["depth"] is None else sent["depth"]
    if depth not in range(3):
        raise Refused(422, "depth 是 0、1 或 2。")
    started = _searches(ask).start(
        ask.office, sent["url"], unit=sent.words("unit"), depth=depth, try_lists=bool(sent["tries"])
    )
    return given(SearchAsked(search=started), 202, {"Location": f"{PREFIX}/register/searches/{started}"})


@routes.get(
    "/register/searches/{search_id}", operation_id="getSearch", responses=reads(SearchProgress, 404),
    summary="找栏目到了哪一步，找到的栏目",
)  # fmt: skip
@allow(*KEEPERS)
def found(ask: Asked, search_id: SearchId) -> Response:
    return given(search_json(_searches(ask).get(search_id), registered_urls(ask.office.settings.dir)))


@routes.post(
    "/register/tries", operation_id="tryAddress", responses=does(ListTried, 409, 503),
    openapi_extra=ADDRESS.described, summary="试读一个列表页：此刻读到什么，怎样读出来的；什么也不保存",
)  # fmt: skip
@allow(*KEEPERS)
def try_address(ask: Asked, sent: Annotated[Sent, Depends(ADDRESS)]) -> Response:
    try:
        return given(tried_json(try_list(ask.office, sent["url"])))
    except CrawlError as error:
        raise Refused(503, str(error)) from None


@routes.post(
    "/register/parts/columns/{object_id}/try", operation_id="tryColumn",
    responses=does(ListTried, 404, 409, 503), summary="试读一个登记的栏目，按其读取方式；什么也不保存",
)  # fmt: skip
@allow(*KEEPERS)
def try_registered(ask: Asked, object_id: ObjectId) -> Response:
    try:
        return given(tried_json(try_column(ask.office, object_id)))
    except InputError as error:
        raise Refused(404, str(error)) from None
    except CrawlError as error:
        raise Refused(503, str(error)) from None


def _searches(ask: Ask) -> Searches:
    searches: Searches = ask.request.app.state.searches
    return searches
