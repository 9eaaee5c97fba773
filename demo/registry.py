"""Writes a planted banner as a deployment's own files: units, columns, accounts, settings."""

from pathlib import Path
from typing import Any

import yaml

from demo.fakes import official
from demo.nights import MONTH_FIRST_DAY
from demo.world import Feed, ListPage, Package, PlantedUnit, World
from domain.units import ColumnKind

CLOCKS = {
    ColumnKind.NEWS: "14d",
    ColumnKind.ANNOUNCEMENTS: "6m",
    ColumnKind.POLICY: "6m",
    ColumnKind.KEY_AREAS: "6m",
}


def write_registry(folder: Path, world: World) -> None:
    """Replace the units and settings of a fresh deployment by those of the banner."""
    for shipped in (folder / "units").glob("*.yaml"):
        shipped.unlink()
    units = [_unit(world, unit) for unit in world.units]
    shared = [_column(world, world.shared)] if world.shared.rows else []
    registry = {"units": units, "shared_columns": shared, "other_publishers": list(world.outsiders)}
    _write(folder / "units" / "demo.yaml", registry)
    _write(folder / "zwgk.yaml", _settings(world))
    keys = {f"{feed.id}-key": dict(official.keys(feed, held=True)) for feed in official.accounts(world)}
    _write(folder / "secrets.yaml", keys)
    (folder / "secrets.yaml").chmod(0o600)


def _settings(world: World) -> dict[str, Any]:
    return {
        "contact": "demo@example.invalid",
        "office_name": f"{world.banner}政务公开领导小组办公室",
        "office_phone": "0000-0000000",
        "office_email": "demo@example.invalid",
        "delay_s": 0.02,
        "timeout_s": 10,
        "allow_private": list(world.hosts),
        "control_urls": [world.url(world.hosts[0], "/")],
    }


def _unit(world: World, unit: PlantedUnit) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "id": unit.id, "name": unit.name, "kind": unit.kind.value, "annex": unit.annex,
        "aliases": list(unit.aliases), "columns": [_column(world, column) for column in unit.columns],
        "accounts": [_account(world, feed) for feed in unit.feeds],
        "apps": [_app(world, package) for package in unit.packages],
        "registrations": _registrations(unit),
    }  # fmt: skip
    return {key: value for key, value in entry.items() if value != []}


def _column(world: World, column: ListPage) -> dict[str, Any]:
    return {
        "id": column.id, "name": column.name, "kind": column.kind.value,
        "url": world.url(column.host, column.path), "clock": CLOCKS.get(column.kind, "none"),
        "monitored_from": MONTH_FIRST_DAY,
    }  # fmt: skip


def _account(world: World, feed: Feed) -> dict[str, Any]:
    entry = {
        "id": feed.id, "platform": feed.platform, "name": feed.name, "source": feed.source,
        "full_coverage": feed.full_coverage, "monitored_from": MONTH_FIRST_DAY,
    }  # fmt: skip
    if feed.source == "wechat-api":
        return entry | {"url": world.url(feed.host, ""), "credential": f"{feed.id}-key"}
    return entry if feed.source == "manual" else entry | {"url": world.url(feed.host, feed.path)}


def _app(world: World, package: Package) -> dict[str, Any]:
    url = world.url(package.host, package.path)
    entry = {"id": package.id, "name": package.name, "package_url": url, "monitored_from": MONTH_FIRST_DAY}
    return entry | ({"store": package.store, "listing": package.listing} if package.listing else {})


def _registrations(unit: PlantedUnit) -> list[dict[str, Any]]:
    """Who publishes in the shared column, and who has nothing of a kind."""
    if unit.annex == 2:
        return []
    kinds = {column.kind for column in unit.columns}
    found: list[dict[str, Any]] = []
    if unit.on_shared:
        found.append({"kind": "通知公告", "state": "monitored", "since": MONTH_FIRST_DAY})
    elif ColumnKind.ANNOUNCEMENTS not in kinds:
        found.append(_without("通知公告", "通知由主管部门统一发布"))
    if ColumnKind.POLICY not in kinds:
        found.append(_without("政策文件", "不制发政策类文件"))
    if not unit.feeds and not unit.packages:
        found.append(_without("政务新媒体", "未开设政务新媒体"))
    return found


def _without(kind: str, reason: str) -> dict[str, Any]:
    state = {"kind": kind, "state": "not_applicable", "since": MONTH_FIRST_DAY}
    return {**state, "reason": reason, "by": "演示办公室"}


class _NoAnchors(yaml.SafeDumper):
    """The product's files know none."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _write(path: Path, data: dict[str, Any]) -> None:
    text = yaml.dump(data, Dumper=_NoAnchors, allow_unicode=True, sort_keys=False)
    path.write_text(text, encoding="utf-8")
