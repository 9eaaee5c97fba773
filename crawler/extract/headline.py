"""Which line is the document's title, and how it reads: heading, meta tag and <title> against each other."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.extract.labels import Pair, clean_value
from crawler.extract.lines import Line
from crawler.extract.meta import Meta, clean
from crawler.extract.title_scores import SITE_NAME, TitleScores, above_facts, joined, last_line, norm
from crawler.extract.tree import Element

SHOWN = 4.5
"""Score from which a line counts as a headline without the meta tag's word for it."""

_SPLIT = re.compile(r"\s*(?:[_|｜]|\s[-－—–]+\s|--+|-(?=[^-]{2,30}$)|－|—)\s*")


@dataclass(frozen=True, slots=True)
class Headline:
    """The title's text and the lines it stands in (first and last; -1 when it is not shown)."""

    text: str | None
    first: int
    last: int
    is_copied: bool = False
    """The meta tags carry another document's title: the template was copied with its tags."""


def find_headline(
    lines: Sequence[Line], meta: Meta, root: Element, pairs: Sequence[Pair], values: frozenset[int]
) -> Headline:
    """The document's title: the meta tag's wording where the page shows it, else the best headline shown.

    `pairs`: the page's labels; what 名称 and 标题 say is likely to be the headline, but does not stand there.
    `values`: the lines that are the value of a label.
    """
    named, page_title = named_titles(meta, root)
    scores = title_scores(pairs, named, page_title, values)
    best, best_score = -1, 0.0
    for at in scores.fitting(lines):
        score = scores.of(lines, at, best_score)
        if score > best_score:
            best, best_score = at, score
    if best_score < SHOWN and not named:
        best = above_facts(lines)
    if best < 0 or (best_score < SHOWN and named):
        return Headline(named or _without_site(page_title, meta) or None, -1, -1)
    last = last_line(lines, best)
    shown = joined(lines, best, last)
    wording = _wording(named, shown, page_title)
    is_copied = bool(named) and wording != named and not _alike(named, shown)
    return Headline(wording, best, last, is_copied)


def named_titles(meta: Meta, root: Element) -> tuple[str, str]:
    """What the meta tag and <title> call the document; "" where they say nothing."""
    element = next(root.iter("title"), None)
    said = clean((element.text or "")[:2000]) if element is not None else ""
    return next(iter(meta.titles), ""), said


def title_scores(pairs: Sequence[Pair], named: str, page_title: str, values: frozenset[int]) -> TitleScores:
    """What scores the page's lines as headlines. `values`: the lines that are the value of a label."""
    titles = frozenset(norm(clean_value(pair.value)) for pair in pairs if pair.name == "title")
    known = (norm(named), norm(page_title))
    return TitleScores(*known, titles, values, wording="\n".join((*known, *titles)))


def _wording(named: str, shown: str, page_title: str) -> str:
    """The meta tag's wording where it is the title shown (or one cut by an ellipsis); else what is shown."""
    meta_norm, shown_norm = norm(named), norm(shown)
    if not meta_norm:
        return shown
    short = meta_norm.rstrip("….")
    if shown_norm.startswith(short) and len(shown_norm) > len(short) and short != meta_norm:
        return shown
    if shown_norm == meta_norm or shown_norm[:8] == meta_norm[:8] or meta_norm in shown_norm:
        return named
    return named if meta_norm in norm(page_title) or shown_norm not in norm(page_title) else shown


def _alike(named: str, shown: str) -> bool:
    """Whether most characters of the shorter title stand in the other (a subtitle, a cut, a correction)."""
    short, long = sorted((set(norm(named)), set(norm(shown))), key=len)
    return len(short & long) * 2 > len(short)


def _without_site(page_title: str, meta: Meta) -> str:
    """<title> without the column and the site behind it (标题_栏目_站名), when something is left."""
    parts = [part for part in _SPLIT.split(page_title) if part.strip()]
    first = norm(parts[0]) if parts else ""
    is_site = first == norm(meta.first("sitename") or "") or SITE_NAME.match(first) is not None
    return "" if is_site or not parts else parts[0].strip()
