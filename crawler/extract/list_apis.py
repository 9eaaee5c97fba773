"""List interfaces that a page without rows names itself, in its address, markup and scripts. Pure, bounded.

Nothing is guessed that the page does not say: an interface whose parameters are computed is left to the
browser. Whoever asks takes an answer only when it is a list of dated rows.
"""

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlencode, urlsplit

from crawler.extract.charset import decode
from crawler.extract.list_rows import absolute
from crawler.extract.page_tree import Page, parse
from crawler.extract.script_calls import ListApi, called, with_query
from crawler.extract.script_literals import MAX_SCRIPT, block, strings

MAX_APIS = 4
"""Interfaces of one page that are worth asking; a page that names more has no list of its own."""

MAX_BODY = 10_000_000


def list_apis(body: bytes, url: str, *, content_type: str = "") -> tuple[ListApi, ...]:
    """The page's list interfaces, each once. `url`: its address as asked, with the fragment if it has one."""
    page = parse(decode(body[:MAX_BODY], content_type))
    if page is None:
        return ()
    scripts = [script for script in page.scripts() if len(script) <= MAX_SCRIPT]
    for shape in (_gkmlpt(scripts, url), _page_units(page, url), _jpage(scripts, url)):
        if found := tuple(dict.fromkeys(islice(shape, MAX_APIS + 1))):
            return found if len(found) <= MAX_APIS else ()
    other = called(scripts, url)
    return (other,) if other else ()


_GKMLPT = re.compile(r"^(?P<root>.*/gkmlpt)(?:/|$)")
_GKMLPT_COLUMN = re.compile(r"[\"']?\b(?:column_?id|cate_?id)\b[\"']?\s*[:=]\s*[\"']?(\d{1,9})\b", re.I)
_GKMLPT_SITE = re.compile(r"[\"']?\b(?:sid|site_?id)\b[\"']?\s*[:=]\s*[\"']?(\d{1,9})\b", re.I)


def _gkmlpt(scripts: list[str], url: str) -> Iterator[ListApi]:
    """The Guangdong disclosure platform: the column is in the address's fragment or the page's settings."""
    parts = urlsplit(url)
    root = _GKMLPT.match(parts.path)
    if root is None:
        return
    settings = [script for script in scripts if "_CONFIG" in script or _GKMLPT_SITE.search(script)]
    column = parts.fragment if parts.fragment.isdecimal() else _one(_GKMLPT_COLUMN, settings)
    if not column:
        return
    query = {"page": "1"} | ({"sid": site} if (site := _one(_GKMLPT_SITE, settings)) else {})
    yield ListApi(
        f"{parts.scheme}://{parts.netloc}{root['root']}/api/all/{column}?{urlencode(query)}", "gkmlpt"
    )


def _one(pattern: re.Pattern[str], scripts: list[str]) -> str:
    """What the pattern finds, when it is one and the same everywhere."""
    found = {match for script in scripts for match in pattern.findall(script)}
    return found.pop() if len(found) == 1 else ""


UNIT_PATH = "/api-gateway/jpaas-publish-server/front/page/build/unit"
_UNIT_NEEDS = ("webId", "pageId", "tplSetId")


def _page_units(page: Page, url: str) -> Iterator[ListApi]:
    """大汉 jpaas: an element's `queryData` names the unit that fills it, its `url` the interface."""
    for el in page.root.iter("script", "div", "ul"):
        written = (el.get("querydata") or el.get("parsestr") or "").strip()
        query = strings(block(written, 0), {})
        if not query or not all(query.get(name) for name in _UNIT_NEEDS):
            continue
        base = absolute(el.get("url") or UNIT_PATH, url)
        if base:
            asked = {"parseType": "bulidstatic", "pageType": "column"} | query
            yield ListApi(with_query(base, asked), "jpaas")


_PROXY = re.compile(r"""["']([^"'\s]{0,200}dataproxy\.jsp(?:\?[^"'\s]{0,600})?)["']""")
_JPAGE_CALL = re.compile(r"\.jpage\s*\(")
_PER_PAGE = re.compile(r"\bper_?page\b[\"']?\s*[:=]\s*[\"']?(\d{1,3})\b", re.I)
_JPAGE_NAMES = (
    "col", "appid", "webid", "path", "columnid", "sourceContentType", "unitid", "webname", "permissiontype",
)  # fmt: skip
AROUND = 3000
"""Characters before and behind the proxy's address in which its parameters stand."""

GROUP = 3
"""Pages that a jpage proxy gives at once, as its own script asks for them."""


def _jpage(scripts: list[str], url: str) -> Iterator[ListApi]:
    """大汉 jpage: a proxy's address and the names of column and unit in the script that calls it."""
    units = [found for script in scripts for found in _jpage_units(script, url)]
    path = urlsplit(url).path
    own = [api for api, column in units if column and re.search(rf"(?<!\d){re.escape(column)}(?!\d)", path)]
    yield from own or (api for api, _ in units)


def _jpage_units(script: str, url: str) -> Iterator[tuple[ListApi, str]]:
    """Interface and column of each call; several calls in a script are told apart by where they begin."""
    pieces = _JPAGE_CALL.split(script) if len(_PROXY.findall(script)) > 1 else [script]
    for piece in pieces[: 2 * MAX_APIS]:
        proxies = list(_PROXY.finditer(piece))
        if len(proxies) != 1:
            continue
        proxy, start = proxies[0][1], max(0, proxies[0].start() - AROUND)
        said = _jpage_parameters(proxy, piece[start : proxies[0].end() + AROUND])
        base = absolute(proxy.partition("?")[0], url)
        if base is None or said is None:
            continue
        per_page = int(found[1]) if (found := _PER_PAGE.search(piece)) else 15
        asked = {"startrecord": "1", "endrecord": str(GROUP * per_page), "perpage": str(per_page)}
        yield ListApi(f"{base}?{urlencode(asked | said)}", "jpage"), said.get("columnid", "")


def _jpage_parameters(proxy: str, around: str) -> dict[str, str] | None:
    """Column, unit and site as written; None when the page computes one of them or names neither."""
    found: dict[str, str] = {}
    for name in _JPAGE_NAMES:
        in_script = re.search(
            rf"\b{name}\b[\"']?\s*[:=]\s*(?:[\"']([^\"'\n]{{0,200}})[\"']|(\d{{1,12}})|[A-Za-z_$])", around
        )
        if in_address := re.search(rf"[?&]{name}=([^&\"']{{1,200}})", proxy):
            found[name] = in_address[1]
        elif in_script and in_script[1] is None and in_script[2] is None:
            return None
        elif in_script:
            found[name] = in_script[1] if in_script[1] is not None else in_script[2]
    return found if found.get("columnid") or found.get("unitid") else None
