"""When a document was published: visible date, meta tag, address, in this order of trust (design.md §4.6)."""

from dataclasses import dataclass, field
from datetime import date

from crawler.extract.facts import Facts, labelled_date
from crawler.extract.layout import Layout
from crawler.extract.meta import Meta
from crawler.extract.shown_date import Shown
from domain.readings import DatedBy, DateSource


@dataclass(slots=True)
class Publication:
    """The day chosen and everything that speaks for another."""

    on: date | None = None
    time: str | None = None
    source: DateSource | None = None
    others: list[DatedBy] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    why: str = ""


def find_publication(
    shown: Shown | None, layout: Layout, facts: Facts, meta: Meta, on_url: date | None
) -> Publication:
    """Choose among what is shown, the meta tags and the address.

    A meta date is not believed where the tags were copied from another document (their title is not
    the page's), and yields where it equals the page's generation to the second. Where then only
    发文/成文/生成日期 is left, that day is given with no `source`: shown, but no proof of publication.
    """
    found = Publication()
    issued, named = facts.date("issued_on"), meta.published
    copied = layout.headline.is_copied
    if shown:
        found.on, found.time, found.source = shown.date.on, shown.date.time, DateSource.PAGE
        found.why = f"发布日期取自页面显示（{shown.where}）"
    elif named and not copied and not (meta.is_stamp and (issued or on_url)):
        found.on, found.source = named.on, DateSource.META
        doubt = "（与页面生成时间相同，可能不准）" if meta.is_stamp else ""
        found.why = f"页面未显示发布日期，取自网页元数据{doubt}"
    elif on_url:
        found.on, found.source, found.why = on_url, DateSource.URL, "页面和元数据均无可信的发布日期，取自网址"
    elif issued:
        found.on, found.why = issued.on, "页面只显示发文（成文、生成）日期，不能作为发布日期判定"
    else:
        found.why = "页面、元数据和网址均无可信的发布日期"
    if shown and shown.rival:
        _add(found, shown.rival.on, DateSource.PAGE)
        found.conflicts.append(f"标题下方另有日期 {shown.rival.on}，与采用的 {found.on} 不一致")
    _compare(found, facts, meta, on_url, copied=copied)
    return found


def _compare(found: Publication, facts: Facts, meta: Meta, on_url: date | None, *, copied: bool) -> None:
    """Write down the candidates that name another day than the one chosen."""
    for name in ("published", "day", "updated"):
        for pair in facts.by_name.get(name, ()):
            other = labelled_date(pair.value)
            if other and other.on != found.on and found.source is DateSource.PAGE:
                _add(found, other.on, DateSource.PAGE)
                if name == "published":
                    found.conflicts.append(f"页面另有发布日期 {other.on}，与采用的 {found.on} 不一致")
    if meta.published and meta.published.on != found.on:
        remark = "（与页面生成时间相同）" if meta.is_stamp else "（元数据标题不是本页标题）" if copied else ""
        if not copied:
            _add(found, meta.published.on, DateSource.META)
        chosen = f"与采用的 {found.on} 不一致" if found.on else "未采用"
        found.conflicts.append(f"元数据发布日期 {meta.published.on}{remark}{chosen}")
    if on_url and on_url != found.on:
        _add(found, on_url, DateSource.URL)


def _add(found: Publication, on: date, source: DateSource) -> None:
    one = DatedBy(on=on, source=source)
    if one not in found.others:
        found.others.append(one)
