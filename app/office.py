"""One deployment opened: settings, registry, rubrics, archive and clock, handed to every use case."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from difflib import get_close_matches
from pathlib import Path

from config.holidays import load_holidays
from config.load import load_registry, load_rubrics, load_settings
from config.secrets import load_secrets
from config.settings import Settings
from config.words import load_words
from domain.clock import BEIJING, Clock, local_day
from domain.clues import Word
from domain.credentials import Credential
from domain.errors import InputError, NotSimulationError
from domain.notices import MonthReport
from domain.records import NoticeRow, VerifyResult
from domain.rubric import Rubric, Test
from domain.units import Registration, Registry, Unit
from domain.workdays import NO_CHANGES, Holidays
from storage.archive import Archive
from storage.restore import restore


def wall_clock() -> datetime:
    """The true moment, UTC: with the crawler's fetch stamp the only reading of the clock."""
    return datetime.now(UTC)  # noqa: TID251


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What a use case needs. `clock` gives true time; `now()` the judged time of this deployment.

    `reports`: for app.reports.
    """

    settings: Settings
    registry: Registry
    rubrics: Mapping[int, Rubric]
    archive: Archive
    clock: Clock = wall_clock
    holidays: Holidays = NO_CHANGES
    words: tuple[Word, ...] = ()
    reports: dict[NoticeRow, MonthReport] = field(init=False, repr=False, compare=False, default_factory=dict)

    def now(self) -> datetime:
        """Judged time: the simulation's last moment in a simulation, else the true moment."""
        if self.archive.simulation:
            return self.archive.simulated_now() or self.clock()
        return self.clock()

    def registration(self, unit_id: str, kind: str) -> Registration | None:
        """The record in force: the latest whose day has come. None: 未登记."""
        records = self.registry.registrations_of(unit_id, kind)
        today = local_day(self.now()) if records else date.min
        return next((one for one in reversed(records) if one.since <= today), None)

    def moment(self, as_of: datetime | None) -> datetime:
        """`as_of` in a simulation (which then stands at that moment), else now.

        Raises NotSimulationError when an official database is asked for a simulated moment.
        """
        if as_of is None:
            return self.now()
        if not self.archive.simulation:
            raise NotSimulationError(
                "--as-of 只能用于模拟库（zwgk init DIR --simulation 建立）。正式库请去掉 --as-of 再运行。"
            )
        self.archive.advance(as_of)
        return as_of

    def unit(self, unit_id: str) -> Unit:
        """Raises InputError for an unknown unit, naming those meant perhaps."""
        try:
            return self.registry.unit(unit_id)
        except KeyError:
            named = [u for u in self.registry.units if unit_id in {u.name, *u.aliases}]
            if named:
                return named[0]
            raise InputError(
                f"没有单位“{unit_id}”。{_near(unit_id, self.registry)}用 zwgk config check 查看单位表。"
            ) from None

    def assessed(self, unit_id: str, day: date) -> Unit:
        """The unit, if it is assessed on the day. Raises InputError (unknown, not yet or no longer valid)."""
        unit = self.unit(unit_id)
        if not unit.valid_on(day):
            first, last = unit.valid_from or "", unit.valid_to or ""
            raise InputError(
                f"{unit.name}在{day}不考核（登记的有效期：{first}至{last}）。请换一天或换一个单位。"
            )
        return unit

    def rubric_for(self, unit: Unit) -> Rubric:
        """The rubric of the unit's annex. Raises InputError when none is loaded for it."""
        try:
            return self.rubrics[unit.annex]
        except KeyError:
            raise InputError(
                f"单位“{unit.name}”属于附件{unit.annex}，但 rubric/ 中没有该附件的细则。请补上细则文件。"
            ) from None

    def credentials(self) -> Mapping[str, Credential]:
        """The keys that registered accounts name, read anew. Raises ConfigError (a file others may read)."""
        names = {one.credential for one in self.registry.accounts if one.credential}
        return load_secrets(self.settings, names) if names else {}

    def test(self, test_id: str) -> Test | None:
        """The test of any rubric, None if no loaded rubric has it any more."""
        tests = (test for rubric in self.rubrics.values() for test in rubric.tests)
        return next((test for test in tests if test.id == test_id), None)


def open_office(folder: Path) -> Office:
    """Open a deployment folder. Raises ConfigError or StorageError with the way out."""
    settings = load_settings(folder)
    registry = load_registry(folder)
    rubrics = load_rubrics(folder)
    holidays, words = load_holidays(folder), load_words(folder)
    archive = Archive.open(database_url(settings))
    return Office(
        settings=settings, registry=registry, rubrics=rubrics, archive=archive, holidays=holidays, words=words
    )


def database_url(settings: Settings) -> str:
    """The configured database, else SQLite in the deployment's data folder."""
    return settings.database_url or f"sqlite:///{settings.dir.resolve() / 'data' / 'zwgk.db'}"


def restore_database(folder: Path, backup: Path) -> tuple[VerifyResult, Path | None]:
    """Put a backup in the place of the folder's database; what storage.restore says and raises."""
    return restore(database_url(load_settings(folder)), backup, wall_clock().astimezone(BEIJING))


def _near(unit_id: str, registry: Registry) -> str:
    names = [name for unit in registry.units for name in (unit.id, unit.name)]
    close = get_close_matches(unit_id, names, n=3)
    return f"是不是：{'、'.join(close)}？" if close else ""
