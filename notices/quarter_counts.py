"""How columns and platforms stood over the months of a quarter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from domain.notices import MonthReport, NoticeItem, Place, SubjectCount


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """Monthly counts added up (个次). `running`: watched in the last month; the other counts are of looks.

    `subjects`, `units`: different ones with an item in the quarter.
    """

    label: str
    running: int
    looked_at: int
    normal: int
    bad: int
    undecided: int
    subjects: int
    units: int

    @property
    def rate(self) -> Decimal | None:
        """Share in order among those judged, percent with one decimal; None: none could be judged."""
        judged = self.normal + self.bad
        if not judged:
            return None
        return (Decimal(self.normal) * 100 / judged).quantize(Decimal("0.1"), ROUND_HALF_UP)


def portal(months: Sequence[MonthReport]) -> Sum:
    """The portal's columns; documents are no columns."""
    items = _items(months, Place.PORTAL)
    columns = [item for item in items if not item.subject_id.startswith("document:")]
    return _sum("栏目", [one.columns for one in months], columns)


def media(months: Sequence[MonthReport]) -> tuple[Sum, ...]:
    """One sum a platform, in the order they first stand in the reports."""
    items = list(_items(months, Place.MEDIA))
    labels = dict.fromkeys(count.label for one in months for count in one.platforms)
    return tuple(
        _sum(
            label,
            [_of(one, label) for one in months],
            [item for item in items if item.platform == label],
        )
        for label in labels
    )


def together(months: Sequence[MonthReport]) -> Sum:
    """All platforms as one."""
    parts, items = media(months), _items(months, Place.MEDIA)
    return Sum(
        label="政务新媒体",
        running=sum(part.running for part in parts),
        looked_at=sum(part.looked_at for part in parts),
        normal=sum(part.normal for part in parts),
        bad=sum(part.bad for part in parts),
        undecided=sum(part.undecided for part in parts),
        subjects=len({item.subject_id for item in items}),
        units=len({item.unit_id for item in items}),
    )


def _of(report: MonthReport, label: str) -> SubjectCount:
    found = (count for count in report.platforms if count.label == label)
    return next(found, SubjectCount(label=label))


def _items(months: Iterable[MonthReport], place: Place) -> list[NoticeItem]:
    return [item for one in months for item in one.items if item.place is place]


def _sum(label: str, counts: Sequence[SubjectCount], items: Sequence[NoticeItem]) -> Sum:
    return Sum(
        label=label,
        running=counts[-1].monitored,
        looked_at=sum(count.monitored for count in counts),
        normal=sum(count.normal for count in counts),
        bad=sum(count.problem + count.carried for count in counts),
        undecided=sum(count.suspected + count.unknown + count.exempt for count in counts),
        subjects=len({item.subject_id for item in items}),
        units=len({item.unit_id for item in items}),
    )
