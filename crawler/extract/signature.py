"""What the text says of a document without an information table: its number, the day it was signed."""

import re
from collections.abc import Sequence

from crawler.extract.dates import FoundDate, find_dates, parse_date
from crawler.extract.layout import Layout
from crawler.extract.lines import Line

_NUMBER = re.compile(r"^[\u4e00-\u9fff]{1,14}[〔\[（(【［﹝][12]\d{3}[〕\])）】］﹞](?:第)?\d{1,5}号$")
_SERIAL = re.compile(r"^[（(]?(?:[\u4e00-\u9fff]{2,20}(?:令|公告|通告))?(?:[12]\d{3}年?)?第\d{1,4}号[）)]?$")
_SIGNER = re.compile(
    r"[\u4e00-\u9fff]{2,30}(?:局|委|会|府|办|厅|部|院|室|中心|处|站|队|公司|所|社|行|署|校|馆|镇|乡)$"
)
_ADOPTED = re.compile(r"^[（(〔\[].{0,60}(?:通过|公布|发布|印发|批准|修订|施行|令)")
NUMBER_LINES = 6
"""Lines behind the headline in which the document's own number may stand."""
SIGNED_LINES, SIGNED_BEHIND = 400, 12
"""Lines of the text's end that are looked at; lines behind it (a text of one paragraph ends with that)."""


def own_number(lines: Sequence[Line], layout: Layout) -> str | None:
    """A 文号 that fills a line of its own below the headline (texts cite the numbers of other documents)."""
    first = layout.headline.last + 1
    for line in [*lines[first : layout.start], *lines[layout.start : layout.start + NUMBER_LINES]]:
        if _NUMBER.match(line.bare) or _SERIAL.match(line.bare):
            return line.bare.strip("（）()") if _SERIAL.match(line.bare) else line.bare
    return None


def signed_on(lines: Sequence[Line], layout: Layout) -> FoundDate | None:
    """The day below the name of the body that signed, or in the brackets below a law's title."""
    for line in lines[layout.headline.last + 1 : layout.headline.last + 4]:
        if _ADOPTED.match(line.bare) and (found := next(find_dates(line.bare), None)):
            return found
    last = min(layout.end + SIGNED_BEHIND, len(lines))
    for at in range(max(layout.start, last - SIGNED_LINES) + 1, last):
        above, line = lines[at - 1], lines[at]
        if "年" not in line.bare[:8] or len(line.bare) > 16 or not _SIGNER.search(above.bare):
            continue
        is_fact = at >= layout.end and (above.linked > 0 or "：" in above.bare)
        found = None if is_fact or len(above.bare) > 40 else parse_date(line.bare)
        if found:
            return found
    return None
