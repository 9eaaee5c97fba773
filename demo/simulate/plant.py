"""Plants a year: units, habits, lapses, weather. The same seed gives the same year to the last letter."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from random import Random

from demo.simulate.habits import LAST_DAY, days_of, in_office_hours, with_silence, without_holidays
from demo.simulate.year import (
    ALWAYS,
    FIRST_DAY,
    NIGHTS,
    Feed,
    ListPage,
    Package,
    Publication,
    Shape,
    Spell,
    Weather,
    Year,
    YearUnit,
)
from domain.units import ColumnKind, UnitKind

HOSTS = ("one.example", "two.example", "three.example")
MEDIA_HOST, APP_HOST = "media.example", "apps.example"
COUNTS = {UnitKind.TOWN: 6, UnitKind.DEPARTMENT: 29, UnitKind.PARK: 3, UnitKind.OTHER: 19}
SHARERS, APPS = 8, 7
OUTSIDERS = ("旗人民法院", "旗气象局")
NEWS_HABITS = ("busy", "weekly", "weekly", "limit", "careless")
LABELS = ("keywords", "doc_number", "category")
PREFIX = {UnitKind.TOWN: "zhen", UnitKind.DEPARTMENT: "ju", UnitKind.PARK: "yq", UnitKind.OTHER: "qt"}
SUFFIX = {UnitKind.TOWN: "镇", UnitKind.DEPARTMENT: "局", UnitKind.PARK: "园区", UnitKind.OTHER: "中心"}
NUMERALS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄宇宙洪荒日月"


def plant(seed: int, nights: int = NIGHTS, part: int = 1) -> Year:
    """The year of a seed, or its first nights; `part` 4: with a quarter of the units."""
    return _Planter(Random(seed), part).year(seed, nights)


class _Planter:
    def __init__(self, random: Random, part: int) -> None:
        self.random = random
        self.part = part
        self.numbers = count(100_000)

    def year(self, seed: int, nights: int) -> Year:
        units = [unit for kind in COUNTS for unit in self._units(kind)]
        assessed = [unit for unit in units if unit.annex == 1]
        sharers = {unit.id for unit in self.random.sample(assessed, self._some(SHARERS))}
        units = [replace(unit, shares=unit.id in sharers) for unit in units]
        renamed = self._renamed(units)
        lists = [column for unit in units if unit.annex == 1 for column in self._columns(unit)]
        lists.append(self._shared([unit for unit in units if unit.shares]))
        lists += self._of_renamed(lists, renamed)
        hosts = (*HOSTS, MEDIA_HOST, APP_HOST)
        return Year(
            seed=seed, nights=nights, units=tuple(self._with_renamed(units, renamed)), lists=tuple(lists),
            feeds=tuple(feed for unit in units if (feed := self._feed(unit, renamed))),
            packages=tuple(self._packages([u for u in units if u.id != renamed[0].id])),
            outsiders=OUTSIDERS, spells={host: tuple(self._host_spells(host)) for host in hosts},
            starts={host: tuple(self.random.randint(0, 240) for _ in range(NIGHTS)) for host in hosts},
        )  # fmt: skip

    def _some(self, number: int) -> int:
        return max(1, number // self.part)

    def _units(self, kind: UnitKind) -> Iterator[YearUnit]:
        for at in range(self._some(COUNTS[kind])):
            name = f"{NUMERALS[at]}{SUFFIX[kind]}"
            yield YearUnit(id=f"{PREFIX[kind]}{at + 1}", name=name, kind=kind, aliases=(f"旗{name}",))

    def _renamed(self, units: Sequence[YearUnit]) -> tuple[YearUnit, YearUnit]:
        """A department that gets another name in the year: the old one ends, a new one begins."""
        plain = [u for u in units if u.kind is UnitKind.DEPARTMENT and not u.shares]
        old = self.random.choice(plain)
        last = FIRST_DAY + timedelta(days=self.random.randint(150, 220))
        new = replace(
            old, id=f"{old.id}x", name=f"新{old.name}", aliases=(f"旗新{old.name}",),
            valid_from=last + timedelta(days=1),
        )  # fmt: skip
        return replace(old, valid_to=last), new

    def _with_renamed(
        self, units: Sequence[YearUnit], renamed: tuple[YearUnit, YearUnit]
    ) -> Iterator[YearUnit]:
        for unit in units:
            yield renamed[0] if unit.id == renamed[0].id else unit
        yield renamed[1]

    def _of_renamed(
        self, lists: Sequence[ListPage], renamed: tuple[YearUnit, YearUnit]
    ) -> Iterator[ListPage]:
        """The new unit goes on with columns of its own at new addresses."""
        old, new = renamed
        for page in [one for one in lists if one.unit_id == old.id]:
            yield replace(page, id=f"{page.id}x", unit_id=new.id, valid_from=new.valid_from)

    def _columns(self, unit: YearUnit) -> Iterator[ListPage]:
        yield self._news(unit)
        if not unit.shares:
            yield self._notices(unit)
        yield self._directory(unit)

    def _news(self, unit: YearUnit) -> ListPage:
        random = self.random
        habit = random.choice(NEWS_HABITS)
        days = list(days_of(random, habit, FIRST_DAY - timedelta(days=random.randint(20, 60))))
        if random.random() < 0.5:
            days = with_silence(random, days, 70)
        if random.random() < 0.7:
            days = without_holidays(days)
        rows = [self._publication(unit, day, f"{unit.name}工作动态") for day in days]
        page = self._page(unit, "dt", "工作动态", ColumnKind.NEWS, rows)
        if random.random() < 0.15:
            old = self._publication(unit, date(2024, 5, 6), f"{unit.name}置顶内容")
            page = replace(page, pinned=replace(old, appears=ALWAYS))
        if random.random() < 0.1:
            page = replace(page, publications=tuple(self._with_removed(page.publications)))
        return self._with_back_dated(page, unit) if random.random() < 0.1 else page

    def _with_removed(self, rows: tuple[Publication, ...]) -> Iterator[Publication]:
        """Some rows are taken down again a few days after they were put up: seen once, they count."""
        for row in rows:
            gone = row.appears + timedelta(days=self.random.randint(3, 6))
            yield replace(row, removed=gone) if self.random.random() < 0.2 else row

    def _with_back_dated(self, page: ListPage, unit: YearUnit) -> ListPage:
        """A stretch of silence that a row dated into it is meant to hide, put up weeks later."""
        start = FIRST_DAY + timedelta(days=self.random.randint(30, 250))
        end = start + timedelta(days=self.random.randint(24, 40))
        rows = [row for row in page.publications if not start <= row.shown <= end]
        false_day = start + timedelta(days=self.random.randint(2, 8))
        hidden = self._publication(unit, false_day, f"{unit.name}工作动态")
        appears = in_office_hours(self.random, end)
        rows.append(replace(hidden, appears=appears))
        return replace(page, publications=tuple(sorted(rows, key=lambda row: row.appears)))

    def _notices(self, unit: YearUnit) -> ListPage:
        policy = self.random.random() < 0.4
        habit = self.random.choice(("notices", "notices", "slow notices"))
        start = FIRST_DAY - timedelta(days=self.random.randint(60, 220))
        days = list(days_of(self.random, habit, start))
        name = "政策文件" if policy else "通知公告"
        rows = [
            self._labelled(unit, day, f"{unit.name}关于有关工作的{'办法' if policy else '通知'}")
            for day in days
        ]
        kind = ColumnKind.POLICY if policy else ColumnKind.ANNOUNCEMENTS
        return self._page(unit, "zc" if policy else "tz", name, kind, rows)

    def _labelled(self, unit: YearUnit, day: date, title: str) -> Publication:
        """A document with an information table, seldom with a label missing; some are mended later."""
        random = self.random
        row = self._publication(unit, day, title)
        row = replace(
            row, has_number=random.random() < 0.8, publisher=random.choice((unit.name, *unit.aliases))
        )
        if random.random() < 0.08:
            row = replace(row, missing=(random.choice(LABELS),))
            if random.random() < 0.4:
                row = replace(row, mended=row.appears + timedelta(days=random.randint(1, 20)))
        return row

    def _directory(self, unit: YearUnit) -> ListPage:
        names = ("机构职能", "领导分工", "财政预决算", "公开指南", "监督检查", "公共服务")
        rows = [
            replace(self._publication(unit, date(2025, 11, 3), f"{unit.name}{name}"), appears=ALWAYS)
            for name in names
        ]
        page = self._page(unit, "ml", "信息公开目录", ColumnKind.DIRECTORY, rows)
        fate = self.random.random()
        if fate < 0.06:
            opened = FIRST_DAY + timedelta(days=self.random.randint(20, 300))
            return replace(page, spells=(Spell(first=FIRST_DAY, last=opened, weather=Weather.GONE),))
        if fate < 0.12:
            opened = FIRST_DAY + timedelta(days=self.random.randint(20, 300))
            return replace(page, spells=(Spell(first=FIRST_DAY, last=opened, weather=Weather.BLANK),))
        return page

    def _shared(self, sharers: Sequence[YearUnit]) -> ListPage:
        rows: list[Publication] = []
        for unit in sharers:
            habit = self.random.choice(("notices", "slow notices"))
            start = FIRST_DAY - timedelta(days=self.random.randint(30, 250))
            days = days_of(self.random, habit, start)
            rows += [self._labelled(unit, day, f"{unit.name}关于有关工作的通知") for day in days]
        for name in OUTSIDERS:
            for day in days_of(self.random, "notices", FIRST_DAY - timedelta(days=400)):
                rows.append(replace(self._publication(sharers[0], day, f"{name}公告"), publisher=name))
        rows.sort(key=lambda row: row.appears)
        shapes = ((FIRST_DAY, self.random.choice(list(Shape))),)
        return ListPage(
            id="qi-tz", unit_id=None, name="通知公告", kind=ColumnKind.ANNOUNCEMENTS, host=HOSTS[0],
            publications=tuple(rows), shapes=shapes,
        )  # fmt: skip

    def _page(
        self, unit: YearUnit, suffix: str, name: str, kind: ColumnKind, rows: Sequence[Publication]
    ) -> ListPage:
        first, second = self.random.choice(list(Shape)), self.random.choice(list(Shape))
        change = FIRST_DAY + timedelta(days=self.random.randint(60, 300))
        return ListPage(
            id=f"{unit.id}-{suffix}", unit_id=unit.id, name=name, kind=kind,
            host=self.random.choice(HOSTS), publications=tuple(rows),
            shapes=((FIRST_DAY, first), (change, second)),
        )  # fmt: skip

    def _publication(self, unit: YearUnit, day: date, title: str) -> Publication:
        number = next(self.numbers)
        return Publication(
            number=number, title=f"{title}第{number % 1000}号", publisher=unit.name, shown=day,
            appears=in_office_hours(self.random, day),
        )  # fmt: skip

    def _feed(self, unit: YearUnit, renamed: tuple[YearUnit, YearUnit]) -> Feed | None:
        random = self.random
        if unit.id == renamed[0].id or random.random() < 0.2:
            return None
        days = list(days_of(random, random.choice(NEWS_HABITS), FIRST_DAY - timedelta(days=30)))
        if random.random() < 0.4:
            days = with_silence(random, days, 60)
        feed = Feed(
            id=f"{unit.id}-wx", unit_id=unit.id, name=f"{unit.name}发布", host=MEDIA_HOST,
            posts=tuple(in_office_hours(random, day) for day in days),
        )  # fmt: skip
        fate = random.random()
        if fate < 0.1:
            return replace(feed, full_coverage=False)
        if fate < 0.2:
            until = FIRST_DAY + timedelta(days=random.randint(60, 200))
            stopped = in_office_hours(random, until)
            return replace(feed, synced_until=stopped)
        return feed

    def _packages(self, units: Sequence[YearUnit]) -> Iterator[Package]:
        for unit in self.random.sample(list(units), self._some(APPS)):
            first = FIRST_DAY + timedelta(days=self.random.randint(5, 300))
            last = first + timedelta(days=self.random.choice((0, 1, 5, 40)))
            weather = self.random.choice((Weather.HTML, Weather.GONE, Weather.BROKEN))
            yield Package(
                id=f"{unit.id}-app", unit_id=unit.id, name=f"掌上{unit.name}", host=APP_HOST,
                spells=(Spell(first=first, last=last, weather=weather),),
            )  # fmt: skip

    def _host_spells(self, host: str) -> Iterator[Spell]:
        """Outages of a night to three weeks, a challenge page, a template nobody can read, an old backup."""
        kinds = [Weather.DOWN, Weather.DOWN, Weather.BROKEN]
        if host in HOSTS:
            kinds += [Weather.CHALLENGE, Weather.TEMPLATE, Weather.BACKUP]
        for weather in kinds:
            first = FIRST_DAY + timedelta(days=self.random.randint(3, NIGHTS - 30))
            last = first + timedelta(days=self.random.choice((0, 0, 1, 2, 4, 8, 20)))
            yield Spell(first=first, last=min(last, LAST_DAY), weather=weather)
