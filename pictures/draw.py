"""From a drawing to SVG text, or to the bytes of a PNG. Needs no network and ships no font.

Texts stay texts: the reader's own fonts show them; vl-convert measures them by what is installed here.
A process that draws holds its interpreter for a tenth of a second a picture, a second the first time.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

import vl_convert

from pictures.charts import chart
from pictures.figures import Drawing
from pictures.style import FONT

PPI = 200


def svg(drawing: Drawing) -> str:
    """The picture as SVG, with its title and description for those who do not see it."""
    compiled = _compiled(drawing.chart)
    spec = {
        **compiled,
        "width": drawing.width, "height": drawing.height, "autosize": "none",
        "padding": {side: getattr(drawing, side) for side in ("left", "top", "right", "bottom")},
        "data": [
            {**data, "values": list(drawing.marks[data["name"]])} if data["name"] in drawing.marks else data
            for data in compiled["data"]
        ],
    }  # fmt: skip
    made = vl_convert.vega_to_svg(spec, allowed_base_urls=[])
    head, end, rest = made.partition(">")
    about = f"<title>{escape(drawing.title)}</title><desc>{escape(drawing.text)}</desc>"
    return f'{head} role="img"{end}{about}{rest}'


def png(drawing: Drawing) -> bytes:
    """For a document, drawn with this machine's fonts. Raises RuntimeError if none of them is Chinese."""
    if not _chinese():
        raise RuntimeError("这台机器上没有中文字体")
    return _pixels(svg(drawing))


def _pixels(text: str) -> bytes:
    made: bytes = vl_convert.svg_to_png(text, ppi=PPI)
    return made


@cache
def _chinese() -> bool:
    """Where a font is missing, every character is the same empty box."""
    one, other = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20">'
        f'<text x="0" y="16" font-family="{FONT}">{character}</text></svg>'
        for character in "月分"
    )
    return _pixels(one) != _pixels(other)


@cache
def _compiled(name: str) -> Mapping[str, Any]:
    """The chart as Vega, still without data: compiling it takes as long as drawing it."""
    made: dict[str, Any] = vl_convert.vegalite_to_vega(chart(name))
    return made
