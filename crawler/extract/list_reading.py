"""From a page's lists to a reading: the main one, or none where choosing would be a guess. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from crawler.extract.list_choice import Candidate, in_order, is_channel, is_sure, rank, rival_of
from crawler.extract.list_merge import find_groups
from crawler.extract.list_own import newer_twin, own_of, settle_own
from crawler.extract.list_rows import finish
from crawler.extract.list_trace import Doubt, ListTrace
from crawler.extract.list_undated import find_undated, has_loose_titles
from crawler.extract.list_years import settle_years
from crawler.extract.page_tree import Page, Text
from crawler.extract.row_dates import find_dates_on, find_silent_dates
from domain.overrides import ListOverride
from domain.readings import ListReading, PageState


@dataclass(frozen=True, slots=True)
class Look:
    """What reading needs to know beside the page, and where it notes how it went (None: nowhere)."""

    base_url: str
    today: date
    status: int
    override: ListOverride | None = None
    trace: ListTrace | None = None

    def note(
        self, page: Page, candidates: Sequence[Candidate], *, taken: bool = False, denied: str = ""
    ) -> None:
        """Write down what the page's lists came to."""
        if self.trace is not None:
            self.trace.page, self.trace.candidates = page, candidates
            self.trace.taken, self.trace.denied = taken, denied


def find_candidates(page: Page, markup: str, look: Look) -> list[Candidate]:
    """Every list of the page, the heaviest first; undated ones only where enough titles stand alone."""
    found = rank(page, find_groups(page, find_dates_on(page, look.today)))
    # dates in attributes are costly to look for, and no list of them outweighs one as clear as this
    is_clear = bool(found) and found[0].evidence > 1 and len(found[0].rows) > 2 and not found[0].is_hidden
    if not is_clear and (silent := find_silent_dates(page, markup)):
        found = in_order([*found, *rank(page, find_groups(page, silent))])
    if has_loose_titles(page, found):
        found = in_order([*found, *find_undated(page, found)])
    return settle_own(page, found)


LONG_TEXT = 40
"""Characters from which a run outside links is running text."""
ARTICLE_TEXT = 500
"""Running text before a list that makes the page a document with a list below it."""


def read_candidates(page: Page, candidates: Sequence[Candidate], look: Look) -> ListReading | None:
    """The heaviest candidate as a reading; None when taking it would be a guess."""
    best = candidates[0]
    doubt = _doubt(page, candidates, look.today)
    if look.trace is not None:
        look.trace.doubt = doubt
    if doubt:
        return None
    if not best.dated:
        rows = tuple(finish(best.rows, look.base_url, [None] * len(best.rows)))
        why = f"读出 {len(rows)} 行，行内没有日期：" + "；".join(best.reasons[1:])
        return ListReading(state=PageState.UNDATED, why=why, rows=rows)
    days = settle_years(page, best.rows, look.today, look.trace)
    rows = tuple(finish(best.rows, look.base_url, days))
    why = "；".join(best.reasons)
    if not any(row.published_on for row in rows):
        return ListReading(state=PageState.UNDATED, why=f"{why}；日期没有年份，无法推定", rows=rows)
    return ListReading(state=PageState.OK, why=f"读出 {len(rows)} 行：{why}", rows=rows)


def _doubt(page: Page, candidates: Sequence[Candidate], today: date) -> Doubt | None:
    """What makes taking the heaviest candidate a guess."""
    best = candidates[0]
    if best.is_aside:
        return Doubt("beside", "只有旁栏、导航或页脚里的列表")
    if not is_sure(best):
        return Doubt("unsure", "只有一两行，看不出是不是列表")
    if is_channel(best, candidates):
        return Doubt("channel", "有几个样式相同的栏目块，像频道首页，不是栏目列表")
    if doubt := _rival(page, candidates, today):
        return doubt
    if _is_below_document(page, best):
        return Doubt("below_document", "像一篇文章旁边或下方的相关链接")
    return None


def _rival(page: Page, candidates: Sequence[Candidate], today: date) -> Doubt | None:
    """Another list that may be the column's, instead of the heaviest or with it."""
    if rival := rival_of(candidates[0], candidates):
        return Doubt("rival", "另一个列表的得分太接近，分不出哪个是主列表", rival)
    if own := own_of(candidates):
        return Doubt("rival", "栏目名下方另有行数更少的列表，分不出哪个是本栏目的", own)
    if twin := newer_twin(page, candidates, today):
        return Doubt("rival", "另有一个样式相同的列表日期更新，分不出哪个是主列表", twin)
    return None


def _is_below_document(page: Page, best: Candidate) -> bool:
    """Related documents below a document's text, or beside one that its meta tags describe."""
    if best.evidence > 2:
        return False
    if best.evidence < 2 and is_document(page):
        return True
    texts = page.texts[: best.group.start] if len(best.rows) > 2 else page.texts
    return running_text(texts) > ARTICLE_TEXT


def is_document(page: Page) -> bool:
    """Whether meta tags that only documents carry are filled."""
    return {"articletitle", "pubdate"} <= {name for name, _ in page.metas()}


def running_text(texts: Sequence[Text]) -> int:
    """Characters of running text outside links."""
    return sum(len(text.text) for text in texts if text.link is None and len(text.text) >= LONG_TEXT)
