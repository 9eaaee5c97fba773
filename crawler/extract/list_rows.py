"""From a group of entries to rows: title in full, the row's own date, address, other dates. Pure."""

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urldefrag, urljoin, urlsplit

from crawler.extract.list_dates import NOT_PUBLICATION, Mark, Shown
from crawler.extract.list_groups import Entry, Group, address_shape, link_text
from crawler.extract.page_tree import Element, Link, Page, Text, caption_of, is_within, shown_in
from crawler.extract.path_dates import day_in_path
from crawler.extract.row_dates import Dated
from domain.readings import DatedBy, DateSource, ListRow

MAX_TITLE = 300
MAX_ROWS = 5000

_BULLETS = " \t\r\n\u00a0\u3000\u2002\u2003·•●◆■□▪▫►▶▷»›※★☆○◇◎△▲→﹒∙⊙|>-\ufeff\u200b\ue000\uf0b7"
_ELLIPSIS = re.compile(r"(?:\.{2,}|…+|。{3,})$")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = frozenset({"div", "p", "li", "dd", "dt", "td", "ul", "dl"}) | _HEADINGS
_LABEL_TEXT = re.compile(r"^[\u4e00-\u9fff \u3000]{2,12}[:：]?$")


@dataclass(frozen=True, slots=True)
class Found:
    """A row before its year is known."""

    title: str
    href: str
    mark: Mark | None
    others: tuple[Mark, ...]
    index: int
    hidden: bool = False


def read_entries(page: Page, group: Group) -> list[Found]:
    """The group's rows with what they show; entries without a title are left out."""
    headers = _column_labels(group)
    entries = _without_blocks(group.entries[:MAX_ROWS])
    named = zip(entries, main_links(entries), strict=True)
    read = [_read_entry(page, entry, link, headers) for entry, link in named]
    found = [row for row in read if row is not None]
    shapes = {address_shape(row.href) for row in found if row.mark}
    return [row for row in found if row.mark or not shapes or address_shape(row.href) in shapes]


def _without_blocks(entries: Sequence[Entry]) -> list[Entry]:
    """Undated entries that link to more places than dated ones do are blocks of pictures, no rows."""
    usual = [len({link.href for link in entry.links}) for entry in entries if entry.dates]
    most = max(1, sorted(usual)[len(usual) // 2]) if usual else 1
    return [one for one in entries if one.dates or len({link.href for link in one.links}) <= most]


def _read_entry(page: Page, entry: Entry, link: Link | None, headers: Mapping[int, str]) -> Found | None:
    chosen, others = _choose_date(page, entry, headers)
    if link is None:
        title = _text_title(page, entry)
        return Found(title, "", chosen, others, entry.index) if len(title) >= 4 and chosen else None
    title = title_of(link, entry.box)
    if not title:
        return None
    return Found(title[:MAX_TITLE], link.href, chosen, others, entry.index, page.places[link.el].hidden)


def main_links(entries: Sequence[Entry]) -> list[Link | None]:
    """The link that names each row: the one that stands where the list's titles stand.

    Where the rows have equally many links, the place with the most words over all rows; else the longest.
    What stands behind the date (related documents, downloads) names no row that has a title before it.
    """
    if all(len(entry.links) < 2 for entry in entries):
        return [entry.links[0] if entry.links else None for entry in entries]
    before = [_before_date(entry) for entry in entries]
    named = [max(map(_weight, links), default=0) for links in before]
    names_before = sum(named) >= MIN_NAME * len(named)
    links_of = [
        links if names_before and links else entry.links for links, entry in zip(before, entries, strict=True)
    ]
    sizes = Counter(len(links) for links in links_of)
    usual, rows = sizes.most_common(1)[0] if sizes else (0, 0)
    slot = -1
    if usual > 1 and rows * 5 > len(entries) * 4:
        alike = [links for links in links_of if len(links) == usual]
        slot = max(range(usual), key=lambda at: sum(_weight(links[at]) for links in alike))
    return [
        links[slot] if slot >= 0 and len(links) == usual else max(links, key=_weight, default=None)
        for links in links_of
    ]


MIN_NAME = 6
"""Characters, on the average, from which the links before the dates are taken for the titles."""


def _before_date(entry: Entry) -> list[Link]:
    place = min((dated.index for dated in entry.dates), default=-1)
    return [link for link in entry.links if 0 <= link.index <= place]


def _weight(link: Link) -> int:
    """How much a link looks like a title: its words, a heading's more, a picture's or category's less."""
    if link.silent:
        return len(caption_of(link.el)) - 1
    said = link_text(link).strip()
    if said[:1] in "[【（(" and said[-1:] in "]】）)":
        return len(said) - 12
    return len(said) + (6 if len(said) >= 4 and _in_heading(link.el) else 0)


def _in_heading(el: Element) -> bool:
    above = el.getparent()
    return above is not None and above.tag in _HEADINGS


def title_of(link: Link, box: Element | None) -> str:
    """The title in full: the shown text without its date, or the attribute it was cut from."""
    if link.silent:
        return caption_of(link.el)
    shown = _shown_title(link)
    return _untruncated(shown, link, box) if shown else ""


def _shown_title(link: Link) -> str:
    texts = [text for text in link.texts if text.words.strip()]
    if not texts:
        return ""
    headed = [text for text in texts if _has_heading(text.el, link.el)]
    if headed and len(headed) < len(texts):
        texts = headed
    elif len(texts) > 1:
        texts = _first_block(texts, link.el)
    return _clean("".join(text.words for text in texts))


def _has_heading(el: Element, stop: Element) -> bool:
    one: Element | None = el
    while one is not None and one is not stop:
        if one.tag in _HEADINGS:
            return True
        one = one.getparent()
    return False


def _first_block(texts: list[Text], stop: Element) -> list[Text]:
    """Where a link holds several blocks (title, abstract), the texts of the one that is the title."""
    blocks: dict[Element, list[Text]] = {}
    for text in texts:
        block: Element = text.el
        while block is not stop and block.tag not in _BLOCKS:
            above = block.getparent()
            if above is None:
                break
            block = above
        blocks.setdefault(block, []).append(text)
    for block, held in blocks.items():
        if "tit" in (block.get("class") or "").lower():
            return held
    blocks = {
        el: held for el, held in blocks.items() if not "".join(t.text for t in held).strip().isdecimal()
    }
    if len(blocks) < 2:
        return next(iter(blocks.values()), texts)
    sizes = [(sum(len(one.text.strip()) for one in held), held) for held in blocks.values()]
    return next((held for size, held in sizes if size >= 4), max(sizes, key=lambda one: one[0])[1])


def _clean(text: str) -> str:
    return " ".join(text.split()).strip(_BULLETS).strip()


def _untruncated(shown: str, link: Link, box: Element | None) -> str:
    bare = _ELLIPSIS.sub("", shown).rstrip()
    cut = bare != shown
    for said in _attributes(link, box):
        full = " ".join(said.split())
        if len(full) <= len(bare):
            continue
        squeezed = full.replace(" ", "")
        if squeezed.startswith(bare.replace(" ", "")) and (cut or len(bare) >= 6) and len(full) <= MAX_TITLE:
            return _clean(full)
        at = said.find(bare) if cut and len(bare) >= 4 else -1
        if at > 0:
            return _clean(said[at:].splitlines()[0])
    return shown


def _attributes(link: Link, box: Element | None) -> list[str]:
    said = [link.el.get("title"), link.el.get("alt")]
    for text in link.texts[:3]:
        if text.el is not link.el:
            said.append(text.el.get("title"))
    above = link.el.getparent()
    for _ in range(3):
        if above is None or above is box:
            break
        said.append(above.get("title"))
        above = above.getparent()
    if box is not None:
        said.append(box.get("title"))
    return [one for one in said if one]


def _text_title(page: Page, entry: Entry) -> str:
    """The longest text of a row without a link."""
    if entry.box is None:
        return ""
    start = entry.index
    near = page.texts[max(0, start - 12) : start + 12]
    runs = [_clean(text.words) for text in near if is_within(text.el, entry.box)]
    return max(runs, key=len, default="")


def _choose_date(
    page: Page, entry: Entry, headers: Mapping[int, str]
) -> tuple[Mark | None, tuple[Mark, ...]]:
    if not entry.dates:
        return None, ()
    if len(entry.dates) == 1 and not headers:
        mark = entry.dates[0].mark
        label = _label(page, entry.dates[0], entry)
        return (None, ()) if NOT_PUBLICATION.search(label) else (mark, ())
    ranked = []
    for at, dated in enumerate(entry.dates):
        label = _label(page, dated, entry) or _header_of(dated.el, headers)
        if label and NOT_PUBLICATION.search(label):
            continue
        said = 0 if re.search(r"发布|公开|发表", label) else 1
        ranked.append((dated.hidden, said, dated.mark.shown, dated.mark.year == 0, at, dated.mark))
    ranked.sort(key=lambda one: one[:5])
    if not ranked:
        return None, ()
    return ranked[0][5], tuple(one[5] for one in ranked[1:] if one[5].year and not one[0])


def _label(page: Page, dated: Dated, entry: Entry) -> str:
    """What the date calls itself, in its own run or the one before it."""
    if dated.mark.label:
        return dated.mark.label
    if dated.mark.shown is not Shown.ALONE or dated.index == 0:
        return ""
    before = page.texts[dated.index - 1]
    if before.link is None and _LABEL_TEXT.match(before.text.strip()) and _shares_row(before, dated, entry):
        return re.sub(r"\s", "", before.text)
    return ""


def _shares_row(before: Text, dated: Dated, entry: Entry) -> bool:
    above = dated.el.getparent()
    beside = before.el.getparent()
    if before.el is dated.el or before.el is above:
        return True
    return above is beside and above is not None and above is not entry.box


def _column_labels(group: Group) -> dict[int, str]:
    """For rows of a table: what its header calls each cell's column."""
    box = next((one.box for one in group.entries if one.box is not None), None)
    if box is None or box.tag != "tr" or not any(len(one.dates) for one in group.entries):
        return {}
    table = box.getparent()
    while table is not None and table.tag != "table":
        table = table.getparent()
    first = next(table.iter("tr"), None) if table is not None else None
    if first is None or first is box or len(first) < 2:
        return {}
    labels = {at: "".join(shown_in(cell).split()) for at, cell in enumerate(first)}
    return labels if all(len(one) <= 12 for one in labels.values()) else {}


def _header_of(el: Element, headers: Mapping[int, str]) -> str:
    cell: Element | None = el
    while headers and cell is not None and cell.tag not in ("td", "th"):
        cell = cell.getparent()
    if not headers or cell is None:
        return ""
    above = cell.getparent()
    return headers.get(above.index(cell), "") if above is not None else ""


def finish(found: Sequence[Found], base_url: str, years: Sequence[date | None]) -> list[ListRow]:
    """Rows as they leave the room. `years`: each row's date, its year settled."""
    return [_finished(one, base_url, on) for one, on in zip(found, years, strict=True)]


def _finished(found: Found, base_url: str, on: date | None) -> ListRow:
    url = absolute(found.href, base_url)
    others = [DatedBy(on=day, source=DateSource.ROW) for one in found.others if (day := one.on) and day != on]
    named = day_in_path(found.href)
    if named and named != on:
        others.append(DatedBy(on=named, source=DateSource.URL))
    row = ListRow(
        key=url or key_of_title(found.title),
        title=found.title,
        url=url,
        published_on=on,
        date_source=DateSource.ROW if on else None,
    )
    return replace(row, others=tuple(dict.fromkeys(others))) if others else row


def key_of_title(title: str) -> str:
    return "t:" + hashlib.sha1(title.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()[:20]


_NO_ADDRESS = re.compile(r"#|(?:javascript|mailto|tel|data|about|file|ftp|vbscript):", re.I)


def absolute(href: str, base_url: str) -> str | None:
    """The address without its fragment; None for scripts, mail, in-page anchors and unreadable ones."""
    href = href.strip()
    if not href or _NO_ADDRESS.match(href):
        return None
    try:
        url = urljoin(base_url, href) if base_url else href
        if "#" in url:
            url = urldefrag(url).url
        known = url[:8].lower().startswith(("http://", "https://")) or urlsplit(url).scheme in (
            "http",
            "https",
            "",
        )
    except ValueError:
        return None
    return url if known and len(url) <= 2000 else None
