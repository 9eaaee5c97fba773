"""What a document was read from, noted on the way when somebody asks (zwgk extract --explain)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from crawler.extract.facts import Facts
from crawler.extract.labels import Pair
from crawler.extract.layout import Layout
from crawler.extract.lines import Line
from crawler.extract.meta import Meta
from crawler.extract.published import Publication
from crawler.extract.tree import Element


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentTrace:
    """The page's parts as the readers saw them. `on_url`: the day its address carries.

    `shown_at`: where the visible publication date stands, "" where there is none.
    """

    root: Element
    lines: Sequence[Line]
    meta: Meta
    pairs: Sequence[Pair]
    layout: Layout
    facts: Facts
    shown_at: str
    published: Publication
    on_url: date | None
