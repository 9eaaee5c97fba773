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
    """The picture for a document, drawn with the fonts of this machine."""
    made: bytes = vl_convert.svg_to_png(svg(drawing), ppi=PPI)
    return made


@cache
def _compiled(name: str) -> Mapping[str, Any]:
    """The chart as Vega, still without data: compiling it takes as long as drawing it."""
    made: dict[str, Any] = vl_convert.vegalite_to_vega(chart(name))
    return made
