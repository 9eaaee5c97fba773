"""Lists that show no dates: documents' links that stand in rows. Pure.

A menu is told from such a list by its words and addresses: titles are long, and documents' addresses differ
by a number only. The dates such addresses may carry are kept as other candidates, never taken for the row's:
they are the day of storing, and differ from the shown day on every fifth row.
"""

import re
from collections import Counter
from collections.abc import Sequence

from crawler.extract.list_choice import Candidate, rank
from crawler.extract.list_dates import Mark, Shown
from crawler.extract.list_groups import Group, address_shape, link_text
from crawler.extract.list_merge import find_groups
from crawler.extract.list_rows import Found
from crawler.extract.page_tree import Link, Page
from crawler.extract.row_dates import Dated

MIN_TITLE = 8
"""Characters of a link that looks like a document's title rather than a menu's."""
MIN_ROWS = 3
_NO_MARK = Mark(0, 0, 0, Shown.SCRIPT, 0, 0)
_DOCUMENT = re.compile(r"\.\w{3,5}$|0|\?")


def has_loose_titles(page: Page, dated: Sequence[Candidate]) -> bool:
    """Whether enough long links stand outside the dated rows that another list may be there."""
    taken = {link for one in dated for entry in one.group.entries for link in entry.links}
    loose = sum(1 for link in page.links if link not in taken and _is_title(page, link))
    return loose >= max(MIN_ROWS, max((len(one.rows) for one in dated), default=0))


def find_undated(page: Page, dated: Sequence[Candidate]) -> list[Candidate]:
    """Undated lists beside the dated ones, the heaviest first."""
    taken = {link for one in dated for entry in one.group.entries for link in entry.links}
    titles = [link for link in page.links if link not in taken and _is_title(page, link)]
    standing = [Dated(_NO_MARK, link.el, link.index, page.places[link.el].hidden) for link in titles]
    groups = [
        group
        for group in find_groups(page, standing)
        if len(group.entries) >= MIN_ROWS and not any(_runs_through(group, one.group) for one in dated)
    ]
    for group in groups:
        for entry in group.entries:
            entry.dates.clear()
    return [one for one in rank(page, [*groups, *(one.group for one in dated)]) if _is_list(one, groups)]


def _runs_through(group: Group, dated: Group) -> bool:
    """Dated rows between undated ones: the titles are those rows' own, the dates were not tied to them."""
    return group.start < dated.start < group.end and group.start < dated.end


def _is_title(page: Page, link: Link) -> bool:
    return (
        not link.silent and page.places[link.el].part != "nav" and len(link_text(link).strip()) >= MIN_TITLE
    )


def _is_list(one: Candidate, groups: Sequence[Group]) -> bool:
    if not any(one.group is group for group in groups):
        return False
    sizes = [len(row.title) for row in one.rows]
    if (
        not one.evidence
        or sum(sizes) < 10 * len(sizes)
        or sum(s >= MIN_TITLE for s in sizes) * 10 < 6 * len(sizes)
    ):
        return False
    shape, count = Counter(address_shape(row.href) for row in one.rows).most_common(1)[0]
    return count * 10 >= len(one.rows) * 6 and _DOCUMENT.search(shape) is not None and _differ(one.rows)


def _differ(rows: Sequence[Found]) -> bool:
    return len({row.title for row in rows}) * 2 > len(rows)
