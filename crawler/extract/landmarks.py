"""What tells people where they are on a page: the breadcrumb trail, the column's name, pagers. Pure."""

import re
from dataclasses import dataclass

from crawler.extract.page_tree import Element, Page, Text

_TRAIL = re.compile(
    r"(?:当前|所在|现在)的?(?:页面)?的?位置|您的位置|^\s*位置\s*[:：]|您现在(?:的位置)?|当前栏目|您在这里|您所在"
)
_PAGER = re.compile(
    r"下一?页|后一页|尾\s*页|末\s*页|下页|共有?\s*\d+\s*(?:页|条|篇)|\d+\s*/\s*\d+\s*页|转到第|跳转到?第?"
)
_HOME = re.compile(r"^(?:网站)?(?:首\s*页|主页)$")
_STEP = re.compile(r"^[\s>＞»›/\\|·→:：-]*$")
_TITLE_PARTS = re.compile(r"\s*[_\-–—|｜·>»]+\s*")
MAX_NAME = 16
"""Characters of a column's name; a longer part of a page's title is a document's."""


@dataclass(frozen=True, slots=True)
class Landmarks:
    """Places in reading order (indices of texts); `names`: what the column calls itself."""

    trail: int | None
    pagers: tuple[int, ...]
    names: frozenset[str]


def find_landmarks(page: Page) -> Landmarks:
    """The page's landmarks; a trail is known by its wording, or as a run of links that begins with 首页."""
    trail, end, names = _trail(page)
    pagers = [text.index for text in page.texts if _turns_pages(text.text)]
    names |= {part for part in _TITLE_PARTS.split(page.title[:200])[:2] if 2 <= len(part) <= MAX_NAME}
    names |= {content for name, content in page.metas() if name == "columnname" and len(content) <= MAX_NAME}
    return Landmarks(
        end if trail is not None else None, tuple(sorted([*pagers, *page.pager_scripts])), frozenset(names)
    )


def _turns_pages(run: str) -> bool:
    if len(run) >= 80 or not ("页" in run or "条" in run or "篇" in run or "转" in run):
        return False
    return _PAGER.search(run) is not None


def _trail(page: Page) -> tuple[int | None, int, set[str]]:
    for text in page.texts:
        if text.hidden or len(text.text) > 60:
            continue
        if ("位" in text.text or "您" in text.text or "栏" in text.text) and _TRAIL.search(text.text):
            end, name = _followed(page.texts, text.index)
            return text.index, end, {name} - {""}
    for text in page.texts:
        if text.link is not None and _HOME.match(text.text.strip()):
            end, name = _followed(page.texts, text.index)
            is_crumbs = _is_crumbs(text.el)
            if end - text.index >= 2 - is_crumbs and (
                is_crumbs or _has_steps(page.texts[text.index : end + 1])
            ):
                return text.index, end, {name} - {""}
    return None, -1, set()


def _has_steps(texts: list[Text]) -> bool:
    return any(text.link is None and re.match(r"^\s*[>＞»›≫→]", text.text) for text in texts)


_CRUMBS = re.compile(r"(?:^|[\s_-])(?:bread)?_?-?crumbs?(?:$|[\s_-])|dqwz|weizhi|mianbao", re.I)


def _is_crumbs(el: Element) -> bool:
    """Whether an element near above calls itself a breadcrumb trail, whose steps a style sheet may part."""
    one: Element | None = el
    for _ in range(5):
        if one is None:
            return False
        if _CRUMBS.search(f"{one.get('class') or ''} {one.get('id') or ''}"):
            return True
        one = one.getparent()
    return False


_HOLDS_STEPS = re.compile(r"[>＞»›≫→:：]\s*[^\s>＞»›≫→:：]")
MAX_STEP = 20
"""Characters of a step of a trail; what is longer is a row's title."""


def _followed(texts: list[Text], at: int) -> tuple[int, str]:
    """Where the trail that begins here ends, and its last name."""
    box = texts[at].el if _HOLDS_STEPS.search(texts[at].text) else _trail_box(texts[at].el)
    end, before, name = at, at, ""
    for text in texts[at : at + 24]:
        if text.index > at and (not _inside(text.el, box) or len(text.text.strip()) > MAX_STEP):
            break
        if box is texts[at].el and not _is_inline(text.el, box):
            break
        if text.rest is not None:
            end = before  # a date: what stands before it is the first row's title
            break
        before, end = end, text.index
        said = re.split(r"[>＞»›:：]", text.text)[-1].strip() if text.link is None else text.text.strip()
        if 2 <= len(said) <= MAX_NAME and not _STEP.match(said) and not _TRAIL.search(said):
            name = said
    return end, "" if _HOME.match(name) else name


def _is_inline(el: Element, box: Element) -> bool:
    """Only inline elements between a text and the box whose own words begin the trail."""
    one: Element | None = el
    while one is not None and one is not box and one.tag in _STEP_TAGS:
        one = one.getparent()
    return one is box


_STEP_TAGS = frozenset({"a", "li", "span", "b", "strong", "em", "i", "font"})


def _trail_box(el: Element) -> Element:
    """The smallest element around the trail's beginning that holds its links."""
    box = el
    for _ in range(4):
        if box.tag not in _STEP_TAGS and box.find(".//a") is not None:
            break
        above = box.getparent()
        if above is None:
            break
        box = above
    return box


def _inside(el: Element, box: Element) -> bool:
    one: Element | None = el
    for _ in range(8):
        if one is None or one is box:
            return one is box
        one = one.getparent()
    return False
