"""Pages over work that takes seconds: the result when it is there, else that it is going on."""

from collections.abc import Callable, Hashable
from typing import Any, Concatenate, ParamSpec

from fastapi import Response

from app.month_files import Printed
from app.notice_view import Drafted, MonthRow, drafted, stored
from app.office import Office
from app.works import Done, Going, Works
from domain.clock import local_day
from web.deps import Ask
from web.downloads import download
from web.pages import page
from web.refusals import Refused

P = ParamSpec("P")


def works_of(ask: Ask) -> Works:
    works: Works = ask.request.app.state.works
    return works


def asked_for(
    ask: Ask, name: Hashable, work: Callable[Concatenate[Office, P], Any], *args: P.args, **named: P.kwargs
) -> Done | Going:
    """Work over the archive as it is now: done anew once something was logged or seen, or the day is over."""
    office = ask.office
    version = (id(office), local_day(office.now()), office.archive.state_stamp())
    return done_beside(ask, name, version, work, *args, **named)


def done_beside(
    ask: Ask, name: Hashable, version: Hashable, work: Callable[Concatenate[Office, P], Any],
    *args: P.args, **named: P.kwargs,
) -> Done | Going:  # fmt: skip
    """Work in the workshop, once for each version of what it rests on."""
    office, workshop = ask.office, ask.workshop
    return works_of(ask).ask(name, version, lambda: workshop.do(work, office, *args, **named))


def content_of(ask: Ask, row: MonthRow) -> Done | Going:
    """What the month's notice says (`Drafted`): as frozen, else drafted."""
    office = ask.office
    frozen = stored(office, row.month)
    if frozen is not None:
        return Done(result=frozen)
    return asked_for(ask, ("draft", row.month), drafted, row.month)


def drafted_of(found: Done) -> Drafted:
    result: Drafted = found.result
    return result


def wait_page(ask: Ask, going: Going, title: str, back: str) -> Response:
    """Shown until the work is over, then the same page is asked for again."""
    return page(ask.request, "working.html", going=going, title=title, back=back)


def files_page(ask: Ask, found: Done | Going, title: str, back: str, further: str = "") -> Response:
    """The files to download. `further`: the query that leads to each of them."""
    if isinstance(found, Going) or not found.fresh:
        going = found if isinstance(found, Going) else found.going
        if going is not None:
            return wait_page(ask, going, title, back)
    assert isinstance(found, Done)
    prints: Printed = found.result
    return page(
        ask.request, "files.html", files=[(name, len(data)) for name, data in prints.files.items()],
        no_pdf=prints.no_pdf, no_picture=prints.no_picture, title=title, back=back, further=further,
    )  # fmt: skip


def file_of(found: Done | Going, number: int) -> Response | None:
    """The file of this place in the list; None while the files are being made."""
    if isinstance(found, Going) or not found.fresh:
        return None
    prints: Printed = found.result
    files = list(prints.files.items())
    if not 0 <= number < len(files):
        raise Refused(404, "没有这个文件。请回到文件列表。")
    name, data = files[number]
    return download(name.rpartition("/")[2], data)
