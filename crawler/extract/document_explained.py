"""Why a document page reads as it does: `explain_document`, for a person who doubts an answer. Pure.

The page is read once more by the functions that decide; what they read it from becomes words and values here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from crawler.extract.charset import charset_and_why
from crawler.extract.css_path import path_to
from crawler.extract.dates import find_dates
from crawler.extract.document import read_document
from crawler.extract.document_trace import DocumentTrace
from crawler.extract.facts import Facts, labelled_date
from crawler.extract.headline import SHOWN, named_titles, title_scores
from crawler.extract.labels import Pair, value_lines
from crawler.extract.lines import is_inside
from crawler.extract.tree import Element
from domain.readings import DateSource, DocumentReading, LabelState, PageState

MAX_TITLES, MAX_LABELS, MAX_SHOWN = 6, 60, 80
_MARKS = ":：∶︰[]【】［］"
_DATE_LABELS = {"published": "发布日期标签", "day": "日期标签", "updated": "更新日期标签"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleExplained:
    """A title considered. `place`: heading (a line of the page), meta, or title (the <title> element)."""

    text: str
    place: str
    score: float | None
    chosen: bool
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DateExplained:
    """A date considered. `source`: by the order of trust page, meta, url; None: no publication date."""

    on: date
    source: DateSource | None
    place: str
    text: str
    chosen: bool
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelExplained:
    """A label on the page. `used`: it is the document's own. `text`: what stands behind it, as shown."""

    name: str
    spelling: str
    text: str
    state: LabelState
    used: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyExplained:
    """Where the document's text was found: its element, its size in characters, how it begins and ends."""

    place: str
    chars: int
    begins: str
    ends: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentExplanation:
    """Empty but for the charset where the page was not read as a document: state and reason say why."""

    charset: str
    charset_why: str
    titles: tuple[TitleExplained, ...]
    dates: tuple[DateExplained, ...]
    trust: tuple[str, ...]
    labels: tuple[LabelExplained, ...]
    body: BodyExplained | None


def explain_document(
    body: bytes, base_url: str, content_type: str = ""
) -> tuple[DocumentReading, DocumentExplanation]:
    """The reading, and what it was chosen from."""
    notes: list[DocumentTrace] = []
    reading = read_document(body, base_url, content_type=content_type, notes=notes)
    charset, why = charset_and_why(body, content_type)
    seen = notes[0] if notes and reading.state is PageState.OK else None
    return reading, DocumentExplanation(
        charset=charset,
        charset_why=why,
        titles=tuple(_titles(seen)) if seen else (),
        dates=tuple(_dates(seen)) if seen else (),
        trust=("页面显示的发布日期", "网页元数据", "网址", "发文（成文、生成）日期不作为发布日期"),
        labels=tuple(_labels(seen))[:MAX_LABELS] if seen else (),
        body=_body(seen) if seen else None,
    )


def _titles(seen: DocumentTrace) -> Iterator[TitleExplained]:
    """The best lines by score, then the meta tag and <title>, which lend wording or stand in."""
    head = seen.layout.headline
    named, page_title = named_titles(seen.meta, seen.root)
    scores = title_scores(seen.pairs, named, page_title, value_lines(seen.lines, seen.pairs))
    scored = {at: scores.of(seen.lines, at) for at in scores.fitting(seen.lines)}
    ranked = sorted((at for at in scored if scored[at] > 0), key=lambda at: -scored[at])[:MAX_TITLES]
    if head.first >= 0 and head.first not in ranked:
        ranked.insert(0, head.first)
    for at in ranked:
        chosen, score = at == head.first, scored[at]
        best = "得分最高" if score >= SHOWN else "按所在位置认定"
        why = best if chosen else f"不到 {SHOWN} 分" if score < SHOWN else "得分较低"
        text = seen.lines[at].text.strip()[:MAX_SHOWN]
        yield TitleExplained(text=text, place="heading", score=round(score, 2), chosen=chosen, why=why)
    copied = "与页面标题无关：元数据是从别的文件带来的" if head.is_copied else ""
    for text, place in ((named, "meta"), (page_title, "title")):
        if text:
            chosen = head.first < 0 and head.text is not None and text.startswith(head.text)
            note = copied if place == "meta" else ""
            why = note or ("页面上没有够分的标题，用它代替" if chosen else "用来核对页面上的标题")
            yield TitleExplained(text=text[:MAX_SHOWN], place=place, score=None, chosen=chosen, why=why)


def _dates(seen: DocumentTrace) -> Iterator[DateExplained]:
    """Every date that was considered, the one chosen first."""
    found = seen.published
    if found.on is not None and found.source is DateSource.PAGE:
        yield DateExplained(
            on=found.on, source=DateSource.PAGE, place=seen.shown_at, text=_line_with(seen, found.on),
            chosen=True, why=found.why,
        )  # fmt: skip
    for name, place in _DATE_LABELS.items():
        for pair in seen.facts.by_name.get(name, ()):
            day = labelled_date(pair.value)
            if day and day.on != found.on:
                text = _as_shown(pair)
                yield DateExplained(
                    on=day.on, source=DateSource.PAGE, place=place, text=text, chosen=False, why=_beaten(seen)
                )
    yield from _silent_dates(seen)


def _as_shown(pair: Pair) -> str:
    return f"{pair.spelling.strip(_MARKS)}：{pair.value}"[:MAX_SHOWN]


def _line_with(seen: DocumentTrace, on: date) -> str:
    """The line a date is shown in: the label's, else the first from the headline on."""
    for pair in (pair for name in _DATE_LABELS for pair in seen.facts.by_name.get(name, ())):
        day = labelled_date(pair.value)
        if day and day.on == on:
            return _as_shown(pair)
    for line in seen.lines[max(seen.layout.headline.first, 0) :]:
        if any(day.on == on for day in find_dates(line.text)):
            return line.text.strip()[:MAX_SHOWN]
    return ""


def _silent_dates(seen: DocumentTrace) -> Iterator[DateExplained]:
    """What is not shown, or no publication date: the meta tag's, the address's, 发文日期."""
    found, meta = seen.published, seen.meta
    if meta.published is not None:
        chosen = found.source is DateSource.META
        yield DateExplained(
            on=meta.published.on, source=DateSource.META, place=f"元数据 {_meta_name(seen)}".strip(),
            text=meta.published_raw[:MAX_SHOWN], chosen=chosen, why=found.why if chosen else _meta_lost(seen),
        )  # fmt: skip
    if seen.on_url is not None:
        chosen = found.source is DateSource.URL
        yield DateExplained(
            on=seen.on_url, source=DateSource.URL, place="网址", text="", chosen=chosen,
            why=found.why if chosen else "有更可信的来源",
        )  # fmt: skip
    issued = seen.facts.date("issued_on")
    if issued is not None:
        chosen = found.source is None and found.on == issued.on
        why = found.why if chosen else "发文（成文、生成）日期不是发布日期"
        yield DateExplained(on=issued.on, source=None, place="发文日期标签", text="", chosen=chosen, why=why)


def _beaten(seen: DocumentTrace) -> str:
    return "与采用的不一致" if seen.published.source is DateSource.PAGE else "不能确定是本文的发布日期"


def _meta_name(seen: DocumentTrace) -> str:
    raw = seen.meta.published_raw
    return next((name for name, values in seen.meta.values.items() if raw in values), "")


def _meta_lost(seen: DocumentTrace) -> str:
    if seen.layout.headline.is_copied:
        return "元数据的标题不是本页标题，整套元数据不可信"
    if seen.published.source is DateSource.PAGE:
        return "页面显示了发布日期，以页面为准"
    return "与网页生成的时刻相同，是机器的记号，不可信" if seen.meta.is_stamp else "有更可信的来源"


def _labels(seen: DocumentTrace) -> Iterator[LabelExplained]:
    used = {id(pair) for pairs in seen.facts.by_name.values() for pair in pairs}
    for pair in seen.pairs:
        if pair.name != "other":
            yield LabelExplained(
                name=pair.name, spelling=pair.spelling.strip(_MARKS), text=pair.value[:MAX_SHOWN],
                state=Facts({pair.name: (pair,)}, False).state(pair.name), used=id(pair) in used,
            )  # fmt: skip


def _body(seen: DocumentTrace) -> BodyExplained | None:
    lines = seen.lines[seen.layout.start : seen.layout.end]
    if not lines:
        return None
    return BodyExplained(
        place=path_to([_holding(lines[0].block, lines[-1].block)], seen.root),
        chars=sum(len(line.bare) for line in lines),
        begins=lines[0].text.strip()[:MAX_SHOWN],
        ends=lines[-1].text.strip()[-MAX_SHOWN:],
    )


def _holding(first: Element, last: Element) -> Element:
    """The smallest element that holds both."""
    one = first
    while not is_inside(last, one) and (above := one.getparent()) is not None:
        one = above
    return one
