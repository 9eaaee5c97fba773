"""Reading one document page: bytes in, its facts out. Pure; arbitrary bytes give a reading, no error."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from crawler.extract.charset import as_utf8
from crawler.extract.clues import text_clues
from crawler.extract.document_state import ENOUGH_TEXT, state_of
from crawler.extract.document_trace import DocumentTrace
from crawler.extract.facts import Facts, read_facts
from crawler.extract.file_kinds import file_kind
from crawler.extract.headline import find_headline
from crawler.extract.keywords import read_keywords
from crawler.extract.labels import find_pairs, value_lines
from crawler.extract.layout import Layout, find_body
from crawler.extract.lines import Line, read_lines
from crawler.extract.meta import Meta, read_meta, url_date
from crawler.extract.published import Publication, find_publication
from crawler.extract.shown_date import find_shown
from crawler.extract.signature import own_number, signed_on
from crawler.extract.sources import read_source
from crawler.extract.tree import parse
from domain.clues import Word
from domain.readings import LABELS, DateSource, DocumentReading, LabelState, PageState

_OTHERS = ("index_number", "published", "source", "validity")
"""Labels reported beside the six of A1-12 when the page has them."""


def read_document(
    body: bytes,
    base_url: str,
    *,
    content_type: str = "",
    status: int = 200,
    notes: list[DocumentTrace] | None = None,
    words: Sequence[Word] = (),
) -> DocumentReading:
    """What a document page says of itself.

    `base_url`: the page's final address ("" when unknown); it may date a page that shows no date at all.
    `published_on` without a `date_source` is the 发文/成文/生成日期: shown, but no proof of publication.
    `words`: sensitive words to look for. `notes`: where it is written down what the page was read from.
    """
    if kind := file_kind(body):
        return DocumentReading(state=PageState.FAILED, why=f"不是网页（{kind}）")
    markup = as_utf8(body, content_type)
    root = parse(markup)
    if root is None:
        return DocumentReading(state=PageState.FAILED, why="页面为空或无法解析")
    lines, meta = read_lines(root), read_meta(root)
    pairs = find_pairs(lines)
    values = value_lines(lines, pairs)
    headline = find_headline(lines, meta, root, pairs, values)
    layout = find_body(lines, headline, frozenset(pair.at for pair in pairs))
    facts = read_facts(lines, layout, pairs)
    shown = find_shown(lines, layout, facts, values)
    on_url = url_date(base_url)
    published = find_publication(shown, layout, facts, meta, on_url)
    if notes is not None:
        notes.append(
            DocumentTrace(
                root=root, lines=lines, meta=meta, pairs=pairs, layout=layout, facts=facts,
                shown_at=shown.where if shown else "", published=published, on_url=on_url,
            )
        )  # fmt: skip
    chars = sum(len(line.bare) for line in lines[layout.start : layout.end])
    is_dated = published.source is DateSource.PAGE or facts.has_table
    is_titled = layout.headline.first >= 0 and chars >= ENOUGH_TEXT
    state, why = state_of(markup, status, is_document=is_dated or is_titled, has_text=chars > 0)
    if state is not PageState.OK:
        return DocumentReading(state=state, why=why)
    if layout.headline.text is None and chars == 0:
        return DocumentReading(state=PageState.FAILED, why="未识别出标题和正文")
    reading = _reading(lines, layout, facts, meta, published)
    return replace(reading, clues=text_clues(lines, layout, words))


def _reading(
    lines: Sequence[Line], layout: Layout, facts: Facts, meta: Meta, published: Publication
) -> DocumentReading:
    source, doubts = read_source(lines, layout, facts, meta)
    title = _title(layout, facts, meta)
    issued = _issued_on(lines, layout, facts)
    number = facts.value("doc_number") or own_number(lines, layout)
    keywords = read_keywords(lines, layout, facts, meta)
    known = {
        "title": title,
        "doc_number": number,
        "keywords": keywords,
        "issued_on": issued or published.time,
    }
    return DocumentReading(
        state=PageState.OK,
        why=published.why,
        title=title,
        published_on=published.on,
        published_time=published.time,
        date_source=published.source,
        publisher=facts.value("publisher"),
        source=source,
        doc_number=number,
        category=facts.value("category"),
        keywords=keywords,
        issued_on=issued,
        index_number=facts.value("index_number"),
        labels=_label_states(facts, known),
        conflicts=(*published.conflicts, *doubts),
        others=tuple(published.others),
    )


def _title(layout: Layout, facts: Facts, meta: Meta) -> str | None:
    """The headline; where none is shown, 标题： of the table goes before the page's <title>."""
    shown, labelled = layout.headline.text, facts.value("title")
    is_guess = layout.headline.first < 0 and shown not in meta.titles
    return labelled or shown if is_guess else shown or labelled


def _issued_on(lines: Sequence[Line], layout: Layout, facts: Facts) -> date | None:
    """发文/成文日期 of the information table; the signature's day only where the page has no such table."""
    labelled = facts.date("issued_on")
    if labelled or facts.has_table:
        return labelled.on if labelled else None
    signed = signed_on(lines, layout)
    return signed.on if signed else None


def _label_states(facts: Facts, known: Mapping[str, object]) -> MappingProxyType[str, LabelState]:
    """The visible block speaks first; a value found elsewhere (text, meta tag) counts where it is silent."""
    states = {}
    for name in (*LABELS, *_OTHERS):
        state = facts.state(name)
        if name == "issued_on" and state is not LabelState.VALUE and facts.date("published"):
            state = LabelState.VALUE
        if state is LabelState.ABSENT and known.get(name):
            state = LabelState.VALUE
        if name == "title" and known["title"]:
            state = LabelState.VALUE  # 文件名 is met by 名称 or by the page's title (design.md §4.11)
        if state is not LabelState.ABSENT or name in LABELS:
            states[name] = state
    return MappingProxyType(states)
