"""Plants a banner: units, columns, accounts, apps, faults on many. Everything follows the seed."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import cycle
from random import Random

from demo import kinds, media, names, sources
from demo.columns import NEEDS_PLAIN, PLAIN, Columns
from demo.documents import Writer
from demo.notices import shared_notices, with_faulty_documents
from demo.world import Fault, Feed, ListPage, Package, PlantedUnit, Shape, World
from domain.units import ColumnKind, UnitKind

HOSTS = ("127.0.0.1", "127.0.0.2", "127.0.0.3", "127.0.0.4", "127.0.0.5")
EVERY_HOST = HOSTS + sources.HOSTS
TOWNS, DEPARTMENTS, PARKS, OTHERS = 5, 8, 2, 3
ON_SHARED = 4

NEWS_FAULTS = tuple(fault for fault in Fault if fault.name.startswith("NEWS_"))
DIRECTORY_FAULTS = tuple(fault for fault in Fault if fault.name.startswith("DIRECTORY_"))
OWN_FAULTS = (Fault.NOTICES_SIX_MONTHS, Fault.NOTICES_STALE, Fault.POLICY_STALE)
PAGED = (Shape.TRS_TABLE, Shape.UL_BRACKETS, Shape.GB18030, Shape.SHORT_URL, Shape.ISLAND)


def plant(seed: int, port: int) -> World:
    """The banner of a seed. Same seed and port: the same banner to the last letter."""
    return _Planter(Random(seed)).world(seed, port)


class _Planter:
    def __init__(self, random: Random) -> None:
        self.random = random
        self.banner = random.choice(names.BANNERS)
        self.columns = Columns(Writer(random, self.banner))
        self.hosts = cycle(random.sample(HOSTS, len(HOSTS)))
        self.shapes = cycle(random.sample(list(Shape), len(Shape)))
        self.paged_shapes = cycle(random.sample(PAGED, len(PAGED)))

    def world(self, seed: int, port: int) -> World:
        assessed = self._with_columns(
            list(self._units(UnitKind.TOWN)) + list(self._units(UnitKind.DEPARTMENT))
        )
        others = [
            replace(unit, columns=(self._news(unit, 0, Fault.NEWS_MONTHS),))
            for unit in (*self._units(UnitKind.PARK), *self._units(UnitKind.OTHER))
        ]
        units = self._with_media(assessed, others)
        outsiders = tuple(self.banner + name for name in names.OUTSIDERS)
        shared = shared_notices(self.columns.writer, next(self.hosts), units, outsiders)
        units, shared = with_faulty_documents(self.random, units, shared)
        units = sources.with_sources(self.random, units)
        return World(
            seed=seed, banner=self.banner, port=port, hosts=EVERY_HOST, units=tuple(units), shared=shared,
            outsiders=outsiders,
        )  # fmt: skip

    def _units(self, kind: UnitKind) -> Iterator[PlantedUnit]:
        pool, number, prefix = {
            UnitKind.TOWN: (names.TOWNS, TOWNS, "zhen"),
            UnitKind.DEPARTMENT: (names.DEPARTMENTS, DEPARTMENTS, "ju"),
            UnitKind.PARK: (names.PARKS, PARKS, "yq"),
            UnitKind.OTHER: (names.OTHERS, OTHERS, "qt"),
        }[kind]
        for at, name in enumerate(self.random.sample(pool, number), 1):
            aliases = [f"{self.banner}{name}"]
            if kind is UnitKind.TOWN:
                aliases.append(f"{self.banner}{name}人民政府")
            yield PlantedUnit(
                id=names.PINYIN.get(name, f"{prefix}{at}"), name=name, kind=kind, aliases=tuple(aliases)
            )

    def _with_columns(self, units: list[PlantedUnit]) -> list[PlantedUnit]:
        """Annex 1: two 动态 columns, a directory, notices of their own or in the shared column; departments
        have one more."""
        news = self._dealt(NEWS_FAULTS, 2 * len(units))
        directories = self._dealt(DIRECTORY_FAULTS, len(units))
        own = self._dealt(OWN_FAULTS, len(units) - ON_SHARED)
        further = self._dealt(kinds.KIND_FAULTS, DEPARTMENTS)
        sharers = set(self.random.sample([unit.id for unit in units], ON_SHARED))
        silent = self.random.choice(sorted(sharers))
        planted = []
        for unit in units:
            columns = [self._news(unit, at, news.pop()) for at in range(2)]
            columns.append(self._directory(unit, directories.pop()))
            if unit.id not in sharers:
                columns.append(self._own_notices(unit, own.pop()))
            if unit.kind is UnitKind.DEPARTMENT:
                host, writer = next(self.hosts), self.columns.writer
                columns.append(kinds.column(writer, unit, host, further.pop()))
            fault = Fault.SHARED_SILENT if unit.id == silent else Fault.NONE
            planted.append(
                replace(unit, columns=tuple(columns), on_shared=unit.id in sharers, shared_fault=fault)
            )
        return planted

    def _dealt(self, faults: Sequence[Fault], places: int) -> list[Fault]:
        """The faults and enough places without one, shuffled."""
        cards = [*faults, *[Fault.NONE] * (places - len(faults))]
        self.random.shuffle(cards)
        return cards

    def _news(self, unit: PlantedUnit, at: int, fault: Fault) -> ListPage:
        folder = "closed/" if fault is Fault.NEWS_FORBIDDEN else ""
        shape = PLAIN[0] if fault in NEEDS_PLAIN else next(self.shapes)  # a plain one is drawn there
        path = f"/{folder}{unit.id}/{('gzdt', 'jcdt')[at]}/"
        if shape is Shape.JSON:
            path = f"/{folder}api/list/{unit.id}{at}/"
        blank = ListPage(
            id=f"{unit.id}-dt{at + 1}", name=("工作动态", "基层动态")[at], kind=ColumnKind.NEWS,
            host=next(self.hosts), path=path, shape=shape, rows=(), fault=fault,
        )  # fmt: skip
        return self.columns.news(blank, unit.name)

    def _directory(self, unit: PlantedUnit, fault: Fault) -> ListPage:
        blank = ListPage(
            id=f"{unit.id}-ml", name="信息公开目录", kind=ColumnKind.DIRECTORY, host=next(self.hosts),
            path=f"/{unit.id}/xxgkml/", shape=Shape.UL_BRACKETS, rows=(), fault=fault,
        )  # fmt: skip
        return self.columns.directory(blank, unit.name)

    def _own_notices(self, unit: PlantedUnit, fault: Fault) -> ListPage:
        policy = fault is Fault.POLICY_STALE or (fault is Fault.NONE and self.random.random() < 0.3)
        kind = ColumnKind.POLICY if policy else ColumnKind.ANNOUNCEMENTS
        blank = ListPage(
            id=f"{unit.id}-{'zc' if policy else 'tz'}", name="政策文件" if policy else "通知公告", kind=kind,
            host=next(self.hosts), path=f"/{unit.id}/{'zcwj' if policy else 'tzgg'}/",
            shape=next(self.paged_shapes), rows=(), page_rows=7, fault=fault,
        )  # fmt: skip
        return self.columns.notices(blank, self.random.choice((unit.name, *unit.aliases)), policy=policy)

    def _with_media(self, assessed: list[PlantedUnit], others: list[PlantedUnit]) -> list[PlantedUnit]:
        """Accounts and apps. One unit of annex 1 gets more faults than its clause has points."""
        crowded, *rest = self.random.sample(assessed, len(assessed))
        feeds = self._dealt(media.FEED_FAULTS, len(others) + 3)
        packages = self._dealt(media.PACKAGE_FAULTS, len(media.PACKAGE_FAULTS))
        planted = {crowded.id: self._crowded(crowded)}
        for unit in (*others, *rest[:3]):
            planted[unit.id] = replace(unit, feeds=(self._feed(unit, 0, feeds.pop()),))
        for unit in (*others[: len(packages) - 3], *rest[3:6]):
            unit = planted.get(unit.id, unit)
            planted[unit.id] = replace(unit, packages=(self._package(unit, packages.pop()),))
        return [planted.get(unit.id, unit) for unit in (*assessed, *others)]

    def _crowded(self, unit: PlantedUnit) -> PlantedUnit:
        feeds = tuple(self._feed(unit, at, Fault.FEED_SILENT) for at in range(3))
        return replace(unit, feeds=feeds, packages=(self._package(unit, Fault.APP_HTML),))

    def _feed(self, unit: PlantedUnit, at: int, fault: Fault) -> Feed:
        blank = Feed(
            id=f"{unit.id}-wx{at + 1}", name=f"{unit.name}发布{at + 1}", platform="微信",
            host=next(self.hosts), path=f"/feeds/{unit.id}-{at + 1}.rss", posts=(), fault=fault,
        )  # fmt: skip
        return media.feed(self.random, blank)

    def _package(self, unit: PlantedUnit, fault: Fault) -> Package:
        blank = Package(
            id=f"{unit.id}-app", name=f"掌上{unit.name}", host=next(self.hosts),
            path=f"/download/{unit.id}.apk", fault=fault,
        )  # fmt: skip
        return media.package(blank)
