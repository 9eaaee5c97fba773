"""Who signs what people do: names and reasons, and four eyes where the office is judged on its own work."""

from collections.abc import Iterable

from app.office import Office
from domain.errors import InputError, RefusedError
from domain.units import Unit

JOINT = "、"


def signature(unit: Unit | None, by: str, reason: str, second: str = "") -> str:
    """The name, or two, under which a deed about the unit is recorded.

    Units that run the platform they are judged on (office_own) need a second person (domain.md §8.3.11).
    Raises InputError for missing words, RefusedError where a second person is missing or the same.
    """
    if not by.strip() or not reason.strip():
        raise InputError("请写明是谁（--by）和理由（--reason），将记入日志。")
    first, other = by.strip(), second.strip()
    if other and people(first) & people(other):
        raise RefusedError(f"--second 与 --by 都是{other}。须由另一个人共同决定。")
    if unit is not None and unit.office_own and not other:
        raise RefusedError(
            f"{unit.name}的事项由本办自己的单位负责，须两人共同决定。请加 --second 另一人姓名。"
        )
    return f"{first}{JOINT}{other}" if other else first


def people(by: str) -> frozenset[str]:
    """The persons a recorded name stands for, compared without blanks."""
    return frozenset(name for part in by.split(JOINT) if (name := "".join(part.split())))


def refuse_same(by: str, others: Iterable[str], what: str) -> None:
    """Raises RefusedError when one of the persons is among the others, saying what they did."""
    same = people(by) & frozenset(name for other in others for name in people(other))
    if same:
        who = JOINT.join(sorted(same))
        raise RefusedError(f"{who}{what}，不能再作这个决定。请由别人决定。")


def unit_of(office: Office, unit_id: str) -> Unit | None:
    """The unit, None when it has left the registry."""
    return next((unit for unit in office.registry.units if unit.id == unit_id), None)
