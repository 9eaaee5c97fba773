"""Why a list page reads as it does: `explain_list`, for a person who doubts an answer. Pure.

The page is read once more by the very functions that decide, which note what they do in a ListTrace; here
the notes become words and plain values.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from crawler.extract.charset import charset_and_why
from crawler.extract.css_path import names_of, path_to
from crawler.extract.landmarks import find_landmarks
from crawler.extract.list_choice import Candidate
from crawler.extract.list_dates import Shown
from crawler.extract.list_page import MAX_BODY, read_look
from crawler.extract.list_reading import Look
from crawler.extract.list_rows import Found
from crawler.extract.list_trace import Days, ListTrace
from crawler.extract.override import is_huge, select
from crawler.extract.page_tree import Page, is_within
from domain.readings import ListReading, PageState

MAX_CANDIDATES, MAX_TITLES = 12, 3
_FORMS = {
    Shown.ALONE: "单独写出",
    Shown.BRACKETED: "在标题首尾的括号里",
    Shown.GLUED: "与标题连在一起",
    Shown.ATTRIBUTE: "在标签属性里",
    Shown.SCRIPT: "在行内脚本里",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateExplained:
    """A group of rows. `rows_selector`: what selects them, "" where none can; `selects`: how many elements.

    `role`: winner; heaviest (but not taken); rival; inside (the heaviest list's own); lost. `why`: in words.
    """

    place: str
    rows_selector: str
    selects: int
    rows: int
    dated: int
    titles: tuple[str, ...]
    score: float
    reasons: tuple[str, ...]
    signs: int
    role: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DateFormExplained:
    form: str
    rows: int
    sample: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListExplanation:
    """`by_override`: the registry's selectors were used; `automatic_…`: the answer without them.

    `decision`: why the first candidate was taken, or none; `doubt`: what spoke against it (unsure, channel,
    rival, below_document, denied: the page says it is no list). `others`: candidates too light to be listed.
    `years`: how missing years were settled. `column_names`: how the page calls its column.
    """

    charset: str
    charset_why: str
    by_override: bool
    automatic_state: PageState
    automatic_why: str
    decision: str
    doubt: str | None
    candidates: tuple[CandidateExplained, ...]
    others: int
    date_forms: tuple[DateFormExplained, ...]
    years: tuple[str, ...]
    column_names: tuple[str, ...]
    pagers: tuple[str, ...]
    next_url: str | None


def explain_list(body: bytes, look: Look, content_type: str = "") -> tuple[ListReading, ListExplanation]:
    """The reading, and how it came about; of a reading by selectors, how it would have been without."""
    trace = ListTrace()
    automatic = read_look(body, replace(look, override=None, trace=trace), content_type)
    reading = automatic if look.override is None else read_look(body, look, content_type)
    charset, why = charset_and_why(body[:MAX_BODY], content_type)
    best = trace.candidates[0] if trace.candidates else None
    marks = find_landmarks(trace.page) if trace.page is not None else None
    return reading, ListExplanation(
        charset=charset,
        charset_why=why,
        by_override=look.override is not None,
        automatic_state=automatic.state,
        automatic_why=automatic.why,
        decision=_decision(trace, automatic),
        doubt="denied" if trace.denied else trace.doubt.kind if trace.doubt else None,
        candidates=tuple(_candidates(trace)),
        others=max(0, len(trace.candidates) - MAX_CANDIDATES),
        date_forms=tuple(_date_forms(best)) if best else (),
        years=tuple(_years(best.rows, trace.years)) if best and trace.years else (),
        column_names=tuple(sorted(marks.names)) if marks else (),
        pagers=tuple(_pagers(trace.page)) if trace.page is not None else (),
        next_url=reading.next_url,
    )


def _decision(trace: ListTrace, automatic: ListReading) -> str:
    if not trace.candidates:
        return "网页里没有成行的条目" if trace.page is not None else automatic.why
    if trace.denied:
        return f"最重的候选没有采用：{trace.denied}"
    if trace.doubt is not None:
        return f"最重的候选没有采用：{trace.doubt.why}"
    return "采用最重的候选" if trace.taken else automatic.why


def _pagers(page: Page) -> Iterator[str]:
    """What turns pages: runs of text, and scripts that write a pager."""
    by_script = set(page.pager_scripts)
    for at in find_landmarks(page).pagers:
        yield "脚本生成的翻页" if at in by_script else page.texts[at].text.strip()[:40]


def _candidates(trace: ListTrace) -> Iterator[CandidateExplained]:
    page = trace.page
    if page is None:
        return
    is_small = not is_huge(page)
    for one in trace.candidates[:MAX_CANDIDATES]:
        role, why = _role(one, trace)
        selector = _rows_selector(one, page) if is_small else ""
        yield CandidateExplained(
            place=_place(one, page) if is_small else names_of(one.group.parent),
            rows_selector=selector,
            selects=len(select(selector, page.root)) if selector else 0,
            rows=len(one.rows),
            dated=one.dated,
            titles=tuple(row.title for row in one.rows[:MAX_TITLES]),
            score=round(one.score, 1),
            reasons=one.reasons,
            signs=one.evidence,
            role=role,
            why=why,
        )


def _role(one: Candidate, trace: ListTrace) -> tuple[str, str]:
    best, doubt = trace.candidates[0], trace.doubt
    if one is best:
        return (
            ("winner", "得分最高")
            if trace.taken
            else ("heaviest", trace.denied or (doubt.why if doubt else ""))
        )
    if doubt is not None and one is doubt.rival:
        return "rival", f"得分是最高者的 {_share(one, best)}，太接近"
    if is_within(one.group.parent, best.group.parent):
        return "inside", "在得分最高的列表之内"
    return "lost", f"得分是最高者的 {_share(one, best)}"


def _share(one: Candidate, best: Candidate) -> str:
    return f"{100 * one.score / best.score:.0f}%" if best.score else "—"


def _place(one: Candidate, page: Page) -> str:
    """Where what holds the rows stands; of several places that no path names together, the first."""
    parents = list(dict.fromkeys(one.group.parents or [one.group.parent]))
    return path_to(parents, page.root) or path_to(parents[:1], page.root)


def _rows_selector(one: Candidate, page: Page) -> str:
    """What selects the rows, perhaps with others; "" where they have no elements of their own."""
    boxes = list(dict.fromkeys(entry.box for entry in one.group.entries if entry.box is not None))
    if not boxes or one.group.flat:
        return ""
    tags = {(str(box.tag), box.getparent()) for box in boxes}
    if len(tags) > 1:
        return path_to(boxes, page.root)
    [(tag, parent)] = tags
    above = path_to([parent], page.root) if parent is not None else ""
    by_list = f"{above} > {tag}" if above else tag
    return min(by_list, path_to(boxes, page.root) or by_list, key=lambda path: len(select(path, page.root)))


def _date_forms(best: Candidate) -> Iterator[DateFormExplained]:
    samples = {id(dated.mark): dated.texts for entry in best.group.entries for dated in entry.dates}
    marks = [row.mark for row in best.rows if row.mark is not None]
    kinds = Counter((mark.shown, mark.year == 0) for mark in marks)
    for (shown, is_short), count in kinds.most_common():
        first = next(mark for mark in marks if (mark.shown, mark.year == 0) == (shown, is_short))
        form = _FORMS[shown] + ("，没有年份" if is_short else "")
        sample = " ".join(text.text.strip() for text in samples.get(id(first), ()))
        if not sample:
            sample = f"{first.month}月{first.day}日" if is_short else str(first.on)
        yield DateFormExplained(form=form, rows=count, sample=sample[-60:])


def _years(rows: Sequence[Found], steps: Sequence[tuple[str, Days]]) -> Iterator[str]:
    """How many rows got their missing year by which step."""
    shown = sum(1 for row in rows if row.mark and row.mark.year)
    if shown:
        yield f"{shown} 行写有年份"
    open_rows = {at for at, row in enumerate(rows) if row.mark and not row.mark.year}
    settled = {at for at in open_rows if isinstance(steps[-1][1][at], date)}
    for step, days in steps:
        done = {at for at in open_rows & settled if isinstance(days[at], date)}
        if done:
            yield f"{len(done)} 行没有写年份，取自{step}"
        open_rows -= done
    if open_rows:
        yield f"{len(open_rows)} 行没有写年份，也无从推定，不算日期"
