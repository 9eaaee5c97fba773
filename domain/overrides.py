"""How a person tells the extractor to read one column's list, where its own answer is wrong."""

from dataclasses import dataclass

MAX_DATE_TEXT = 200
"""Characters of a row in which `date_pattern` is looked for: what bounds the time it may take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOverride:
    """CSS selectors and a date pattern for one column, as registered; "" where nothing is said.

    `rows` selects each row of the list; `title` and `date` elements in a row. `date_pattern`: a regular
    expression with the groups month, day and perhaps year. `reason`: why and by whom.
    """

    rows: str
    title: str = ""
    date: str = ""
    date_pattern: str = ""
    reason: str = ""
