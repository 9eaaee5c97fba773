"""What the parts of a portal's page are called: texts, names of links, “more” links. Pure, bounded."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import TypeGuard

from bs4.element import NavigableString, PageElement, PreformattedString, Tag

MAX_RUNS = 400
"""Elements and texts of a part that are looked through: rows and headings have fewer."""
NAME_LONGEST = 16
"""Characters of a column's name; longer texts are titles of documents."""
_CJK = re.compile(r"[\u3400-\u9fff]")
_BLANK = re.compile(r"[\s\u3000\u200b\ufeff\xa0]+")
_EDGES = "·•●■◆▪►▶>＞»›|｜-—–_+＋.…:：,，[]【】()（）<＜«~ "
_UNCLOSED = re.compile(r"[(（\[【][^)）\]】]*$")
_MORE = re.compile(
    r"^(?:查看|阅读|浏览|点击|进入)?(?:更多|全部|更多信息|更多内容|更多服务)?(?:more|MORE|More)?[.…>＞»›+＋\s]*$"
)
_MORE_NAMES = re.compile(r"(?:^|[\s_-])(?:\w{0,10}more\w{0,6}|gd|gengduo)(?:$|[\s_-])|更多", re.I)
_SENTENCE = re.compile(
    r"^关于|的(?:通知|公告|公示|通告|批复|意见|函|说明)$|[，。！？；《》]|\d{4}年|\.\.\.$|…$"
)
_MORE_BEHIND = re.compile(r"(?:查看|点击)?更多$")
_INLINE = frozenset({"span", "b", "strong", "em", "i", "font", "u", "a", "small", "label"})
DATE = re.compile(r"(?:19|20)?\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}|[\[(（]?\b[01]\d[-/.][0-3]\d\b[\])）]?")


def tidy(text: str) -> str:
    """A name without blanks, the marks that decorate it and a remark in brackets behind it."""
    text = _UNCLOSED.sub("", _BLANK.sub("", text).strip(_EDGES))
    return text if text.isprintable() else "".join(filter(str.isprintable, text))


def is_name(text: str) -> bool:
    """Can this be what a column is called?"""
    return 2 <= len(text) <= NAME_LONGEST and len(_CJK.findall(text)) >= 2 and not _SENTENCE.search(text)


def name_of_link(el: Tag) -> str:
    """What a link is called: its Chinese text, else its title, else its picture's caption; "" for none."""
    title = tidy(str(el.get("title") or (el.get("alt") if el.name == "area" else "") or ""))
    lines = [line for line in _lines(el) if _CJK.search(line) and not DATE.fullmatch(line)]
    if lines:
        said = _MORE_BEHIND.sub("", next((line for line in lines if is_name(line)), "".join(lines)))
        return title if said.endswith(("…", "...")) and is_name(title) else said
    captions = [
        title,
        *(tidy(str(img.get("alt") or img.get("title") or "")) for img in el.find_all("img", limit=3)),
    ]
    return next((one for one in captions if _CJK.search(one)), tidy(el.get_text()[:200]))


def _lines(el: Tag) -> list[str]:
    """The texts of a link line by line: a card has its name in one element and what it says in another."""
    lines: list[str] = []
    owner: PageElement | None = None
    for run in islice(el.descendants, MAX_RUNS):
        if not is_text(run) or not (text := tidy(run)):
            continue
        block = run.parent
        while block is not None and block is not el and block.name in _INLINE:
            block = block.parent
        if lines and block is owner:
            lines[-1] += text
        else:
            lines.append(text)
        owner = block
    return lines


def is_text(node: PageElement) -> TypeGuard[NavigableString]:
    """Visible characters, not a comment, not the inside of a script."""
    if not isinstance(node, NavigableString) or isinstance(node, PreformattedString):
        return False
    return node.parent is None or node.parent.name not in ("script", "style", "noscript", "template")


def strings(el: PageElement) -> Iterator[str]:
    """The visible characters below an element, run by run."""
    runs = el.descendants if isinstance(el, Tag) else (el,)
    return (str(run) for run in islice(runs, MAX_RUNS) if is_text(run) and run.strip())


def text_within(el: PageElement, most: int) -> str | None:
    """An element's characters; None when there are more than `most`, or the element is large."""
    if isinstance(el, Tag) and next(islice(el.descendants, MAX_RUNS, None), None) is not None:
        return None
    said: list[str] = []
    size = 0
    for run in strings(el):
        said.append(run)
        size += len(run.strip())
        if size > most:
            return None
    return "".join(said)


def is_more(el: Tag) -> bool:
    """Does the link only say “more”? In words, by a picture, or by its class when it says nothing."""
    text = _BLANK.sub("", "".join(islice(strings(el), 20)))
    if text:
        return len(text) <= 8 and (
            _MORE.match(text) is not None or text.strip(_EDGES) in ("", "更多", "more")
        )
    captions = [str(el.get("title") or "")]
    captions += [
        str(img.get("alt") or "") + str(img.get("src") or "")[-40:] for img in el.find_all("img", limit=2)
    ]
    said = " ".join(captions).strip()
    if said and re.search(r"更多|more|gengduo", said, re.I):
        return True
    around = [el, el.parent] if el.parent is not None else [el]
    return not said and any(_MORE_NAMES.search(names(one)) for one in around)


def names(el: Tag) -> str:
    """An element's classes and id."""
    classes = el.get("class") or ""
    return f"{classes if isinstance(classes, str) else ' '.join(classes)} {el.get('id') or ''}"[:200]
