"""Where the following page of a list is, from the pagers portals use. Pure."""

import re
from collections.abc import Iterator

from crawler.extract.list_rows import absolute
from crawler.extract.page_tree import Element, Page

_TRS = re.compile(
    r"createPageHTML\(\s*(?:['\"][\w-]{1,40}['\"]\s*,\s*)?(?P<count>\d{1,6})\s*,\s*(?P<at>\d{1,6})\s*,"
    r"\s*['\"](?P<name>[^'\"]{1,200})['\"]\s*,\s*['\"](?P<ext>\w{1,8})['\"]"
)
_UCAP = re.compile(r"createPageHTML\(\s*['\"]")
_COUNT = re.compile(r"\b(?:var\s+)?countPage\s*=\s*(\d{1,6})")
_CURRENT = re.compile(r"\b(?:var\s+)?currentPage\s*=\s*(\d{1,6})")
_BUILT = re.compile(
    r"href=\\?[\"'](\w{1,60})[\"']?\s*\+\s*[\"']_[\"']\s*\+\s*\w+\s*\+\s*[\"']\.[\"']\s*\+\s*[\"'](\w{1,8})"
)
_NEXT = re.compile(r"^\W*(?:下\s*一?\s*页|后一页|next(?:\s*page)?)\W*$", re.I)
_ONCLICK = re.compile(r"""(?:location(?:\.href)?\s*=|open\()\s*(?:encodeURI\()?\s*['"]([^'"]{1,300})['"]""")


def next_url(page: Page, base_url: str) -> str | None:
    """The address of the page after this one, None when there is none or it cannot be known."""
    for script in page.scripts():
        if "createPageHTML" not in script and "countPage" not in script:
            continue
        if target := _by_script(script):
            return absolute(target, base_url)
        if _TRS.search(script):
            return None
    for link in page.links:
        said = "".join(text.text for text in link.texts) or (link.el.get("title") or "")
        if len(said) < 20 and _NEXT.match(said.strip()):
            return next((url for href in _targets(link.el) if (url := absolute(href, base_url))), None)
    return None


def _targets(el: Element) -> Iterator[str]:
    if found := _ONCLICK.search((el.get("onclick") or "")[:1000]):
        yield found.group(1)
    href = (el.get("href") or "").strip()
    if found := _ONCLICK.search(href[:1000]):
        yield found.group(1)
    yield href


def _by_script(script: str) -> str | None:
    if found := _TRS.search(script):
        count, at = int(found["count"]), int(found["at"])
        counts_from_one = _UCAP.search(script[found.start() : found.start() + 80]) is not None
        following = at + 1
        if counts_from_one:
            return f"{found['name']}_{following}.{found['ext']}" if following <= count else None
        return f"{found['name']}_{following}.{found['ext']}" if following < count else None
    count_found, current_found, built = _COUNT.search(script), _CURRENT.search(script), _BUILT.search(script)
    if count_found and current_found:
        following = int(current_found[1]) + 1
        name, ext = (built[1], built[2]) if built else ("index", "html")
        return f"{name}_{following}.{ext}" if following < int(count_found[1]) else None
    return None
