"""The charts as Altair makes them, without data; each picture only puts its own marks and sizes in.

Building one takes a tenth of a second or more, so they are kept. Places are worked out before
(pictures.timeline, pictures.months): x from 0 to 1 across the plot, y in pixels. So nothing hangs on how wide
this machine's fonts are, or on its time zone.
"""

from collections.abc import Callable, Mapping
from typing import Any, Literal

import altair as alt

from pictures.style import BAD, FONT, INK, LINE, MAIN, SIZE, SMALL, SOFT, UNKNOWN

X = alt.X("x:Q", scale=alt.Scale(domain=[0, 1], nice=False, zero=False), axis=None)
Y = alt.Y("y:Q", scale=None, axis=None)
ALIGNS: tuple[Literal["left", "center", "right"], ...] = ("left", "center", "right")


def _marks(name: str) -> alt.Chart:
    return alt.Chart(alt.NamedData(name))


def _boxes(name: str, **look: Any) -> alt.Chart:
    drawn: alt.Chart = _marks(name).mark_rect(aria=False, **look).encode(x=X, x2="x2:Q", y=Y, y2="y2:Q")
    return drawn


def _upright(name: str, **look: Any) -> alt.Chart:
    drawn: alt.Chart = _marks(name).mark_rule(aria=False, **look).encode(x=X, y=Y, y2="y2:Q")
    return drawn


def _across(name: str, **look: Any) -> alt.Chart:
    drawn: alt.Chart = _marks(name).mark_rule(aria=False, color=LINE, **look).encode(y=Y)
    return drawn


def _words(name: str, **look: Any) -> list[alt.Chart]:
    """A layer for each alignment: Vega-Lite takes it for a whole layer only."""
    layers = []
    for align in ALIGNS:
        text = _marks(name).mark_text(aria=False, align=align, baseline="middle", **look)
        layers.append(text.encode(x=X, y=Y, text="text:N").transform_filter(alt.datum.align == align))
    return layers


def timeline() -> alt.LayerChart:
    triangle = _marks("due").mark_point(
        aria=False, shape="triangle-down", size=70, stroke=INK, strokeWidth=1.4, fill="white", opacity=1
    )
    return alt.LayerChart(
        layer=[
            _across("lines", strokeWidth=0.6),
            _upright("grid", color=LINE, strokeWidth=0.8),
            _boxes("unknown", fill=UNKNOWN),
            _boxes("suspected", fill="white", stroke=BAD, strokeWidth=1.4, strokeDash=[3, 2]),
            _boxes("confirmed", fill=BAD),
            _upright("days", color=MAIN, strokeWidth=1.6),
            _upright("days_on_dark", color="white", strokeWidth=1.6),
            _upright("today", color=INK, strokeWidth=1.4, strokeDash=[5, 3]),
            triangle.encode(x=X, y=Y),
            *_words("words", fontSize=SIZE, color=INK),
            *_words("small", fontSize=SMALL, color=SOFT),
        ]
    )


def months() -> alt.LayerChart:
    fill = alt.Fill("fill:N", scale=None)
    words = [*_words("words", fontSize=SIZE, fontWeight="bold"), *_words("small", fontSize=SMALL)]
    return alt.LayerChart(
        layer=[
            _across("grid", strokeWidth=0.8),
            _boxes("bars", stroke="white", strokeWidth=1).encode(fill=fill),
            *(layer.encode(fill=fill) for layer in words),
        ]
    )


CHARTS: Mapping[str, Callable[[], alt.LayerChart]] = {"timeline": timeline, "months": months}


def chart(name: str) -> dict[str, Any]:
    """The Vega-Lite of a chart; every layer names the marks it draws."""
    layered = CHARTS[name]().configure(font=FONT, background="white").configure_view(stroke=None)
    made: dict[str, Any] = layered.to_dict()
    return made
