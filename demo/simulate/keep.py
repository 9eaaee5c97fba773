"""A planted year kept as a deployment, to be opened by the console and the command line."""

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from demo.simulate.compare import live
from demo.simulate.office import open_year
from demo.simulate.plant import plant
from demo.simulate.year import NIGHTS
from domain.units import Account, App, Column, Registry, Subject

LEFT_OUT = {"unit_id", "reading"}


def keep(seed: int, folder: Path, nights: int = NIGHTS) -> int:
    """Live the year of the seed in an empty folder; returns the looks made."""
    year = plant(seed, nights)
    office = open_year(folder, year)
    with office.archive:
        looks = live(office, year)
        write_registry(office.registry, folder / "units")
    return looks


def write_registry(registry: Registry, units: Path) -> None:
    """A made registry in place of the shipped one. JSON is YAML too."""
    for file in units.iterdir():
        file.unlink()
    text = json.dumps(_entries(registry), ensure_ascii=False, indent=1, default=str)
    (units / "year.yaml").write_text(text, encoding="utf-8")


def _entries(registry: Registry) -> dict[str, Any]:
    shared = [_entry(one) for one in registry.subjects if one.unit_id is None]
    units = [
        _plain(asdict(unit)) | {
            "columns": _of(registry, unit.id, Column), "accounts": _of(registry, unit.id, Account),
            "apps": _of(registry, unit.id, App),
            "registrations": [
                _plain(asdict(one)) for one in registry.registrations if one.unit_id == unit.id
            ],
        }
        for unit in registry.units
    ]  # fmt: skip
    return {"units": units, "shared_columns": shared, "other_publishers": list(registry.other_publishers)}


def _of(registry: Registry, unit_id: str, kind: type[Subject]) -> list[dict[str, Any]]:
    return [_entry(one) for one in registry.subjects_of(unit_id) if isinstance(one, kind)]


def _entry(subject: Subject) -> dict[str, Any]:
    return _plain(asdict(subject))


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """What a registry file writes: no empty values, no `unit_id`."""
    return {
        key: value.isoformat() if isinstance(value, date) else value
        for key, value in values.items()
        if key not in LEFT_OUT and value not in ("", None, ())
    }
