"""An information rubric's YAML as models: veto indicators with their thresholds, outside every score."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationInfo

from config.fields import Strict, Text
from config.mistakes import near, refusal
from config.schema import required_kind
from domain.vetoes import Check, Group, Indicator, Looker, Vetoes

LIMITS: dict[Looker, tuple[str, ...]] = {
    Looker.SITE_UNREACHABLE: ("days", "visits", "seconds", "percent"),
    Looker.SITE_STILL: ("days",),
    Looker.COLUMNS_OVERDUE: ("count",),
    Looker.COLUMNS_NEGLECTED: ("count",),
    Looker.COLUMNS_BLANK: ("count",),
    Looker.MEDIA_SILENT: ("days",),
    Looker.MEDIA_BROKEN: (),
}
Whole = Annotated[int, Field(ge=1, le=1000)]


def _complete(value: dict[str, int], info: ValidationInfo) -> dict[str, int]:
    look = info.data.get("look")
    if look is None:
        return value
    needed = LIMITS[look]
    for key in value:
        if key not in needed:
            raise refusal(f"“{look}”不认识阈值“{key}”", f"{near(key, needed)}请删去或改名")
    missing = [key for key in needed if key not in value]
    if missing:
        raise refusal(f"“{look}”缺少阈值 {'、'.join(missing)}", "请在 limits 里写上")
    return value


class GroupEntry(Strict):
    kinds: tuple[Annotated[Text, AfterValidator(required_kind)], ...]
    days: Whole | None = None
    months: Annotated[
        Whole | None, Field(validate_default=True), AfterValidator(lambda value, info: _one(value, info))
    ] = None


def _one(value: int | None, info: ValidationInfo) -> int | None:
    if (value is None) == (info.data.get("days") is None):
        raise refusal("这一组栏目要写一个期限", "请写 days 或 months 其中一个")
    return value


class CheckEntry(Strict):
    look: Looker
    limits: Annotated[dict[str, Whole], Field(validate_default=True), AfterValidator(_complete)] = Field(
        default_factory=dict
    )
    groups: tuple[GroupEntry, ...] = ()

    def to_domain(self) -> Check:
        groups = (Group(kinds=one.kinds, days=one.days, months=one.months) for one in self.groups)
        return Check(look=self.look, limits=dict(self.limits), groups=tuple(groups))


class IndicatorEntry(Strict):
    id: Annotated[str, Field(pattern=r"^[WN]\d{1,2}$")]
    object: Literal["网站", "政务新媒体"]
    item: Text
    threshold: Text
    checks: tuple[CheckEntry, ...] = ()
    note: str = ""

    def to_domain(self) -> Indicator:
        return Indicator(
            id=self.id, object=self.object, item=self.item, threshold=self.threshold,
            checks=tuple(check.to_domain() for check in self.checks), note=self.note,
        )  # fmt: skip


class VetoFile(Strict):
    """A file under rubric/ with `scope: information`."""

    version: Annotated[Text, Field(pattern=r"^[A-Za-z0-9._-]+$")]
    scope: Literal["information"]
    title: Text
    source: Text
    left_out: Text
    indicators: tuple[IndicatorEntry, ...]

    def to_domain(self) -> Vetoes:
        return Vetoes(
            version=self.version, title=self.title, source=self.source, left_out=self.left_out,
            indicators=tuple(one.to_domain() for one in self.indicators),
        )  # fmt: skip
