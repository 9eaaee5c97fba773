"""Prints what was found beside what was planted, the score table, and where the documents lie."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

from demo.compare import Comparison, Found
from demo.truth import Planted
from demo.world import World

WAITS = "suspected"


def show(
    world: World, comparison: Comparison, sheets: Sequence[Mapping[str, Any]], notice: Mapping[str, Any]
) -> None:
    names = {unit.id: unit.name for unit in world.units}
    _planted(names, comparison)
    _wrongly(names, comparison)
    _scores(names, sheets)
    print("\nDocuments")
    for path in notice["files"]:
        print(f"  {path}")


def how_to_open(folder: Path) -> None:
    """Where to look at it all in the console."""
    zwgk = f".venv/bin/zwgk --dir {folder}"
    print(f"\nThe console: {zwgk} user add NAME --role 办公室, then {zwgk} serve, then http://127.0.0.1:8300")


def _planted(names: Mapping[str, str], comparison: Comparison) -> None:
    print("\nPlanted and found")
    lines = [("test", "unit", "what was planted", "planted", "found")]
    marked = [(one, True) for one in comparison.right] + [(one, False) for one in comparison.missed]
    for one, is_found in sorted(marked, key=lambda pair: (pair[0].test, pair[0])):
        said = _charge(one)
        lines.append((one.test, names[one.unit], one.fault, said, said if is_found else "MISSED"))
    _table(lines)


def _charge(one: Planted | Found) -> str:
    return f"{one.month} -{one.points}" if one.month else WAITS


def _wrongly(names: Mapping[str, str], comparison: Comparison) -> None:
    print("\nAccused wrongly: " + ("nobody" if not comparison.wrongly else ""))
    for accused in comparison.wrongly:
        unit = names.get(accused.unit, accused.unit)
        print(f"  {unit} {accused.test} {accused.subject} {_charge(accused)}")
    for one in comparison.differing:
        print(f"Differs: {one.where}: {one.found}, planted {one.planted}")


def _scores(names: Mapping[str, str], sheets: Sequence[Mapping[str, Any]]) -> None:
    print("\nScores")
    lines = [("unit", "total", "pending", "deducted", "coverage", "for")]
    for sheet in sheets:
        lost = [f"{c['id']} -{c['deducted']}" for c in sheet["clauses"] if float(c["deducted"])]
        lines.append((
            names[sheet["unit"]], sheet["total"], sheet["pending"], sheet["deducted"],
            str(sheet["coverage"]), ", ".join(lost),
        ))  # fmt: skip
    _table(lines)


def _table(lines: Sequence[Sequence[str]]) -> None:
    widths = [max(_width(line[at]) for line in lines) for at in range(len(lines[0]))]
    for line in lines:
        cells = (cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True))
        print("  " + "  ".join(cells).rstrip())


def _width(text: str) -> int:
    """Columns on a terminal: a Chinese character takes two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
