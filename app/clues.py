"""安全、泄密线索 (A1-22, A2-12): for the people in `clue_readers` only. No event, point, notice.

Titles and posts are searched when asked, with the words of today; documents were when they were read.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.office import Office
from crawler.extract.clues import TITLE, find_clues
from domain.clock import local_day
from domain.clues import Clue
from domain.errors import InputError, RefusedError
from domain.events import Event
from domain.looks import Look, SeenRow
from domain.readings import AccountReading, DocumentReading
from domain.units import Column, Subject
from domain.users import Role, User
from notices.headings import secret

TASK, TASK_SUBJECT = "clue", "安全、泄密线索"
ANNOUNCED = timedelta(days=3)
"""How far back a run's end looks for what was not announced: a run before it may have died."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundClue:
    """A clue and where it stands. `subject`: the column's or account's name; `at`: first seen, UTC;
    `look`: the look whose saved page shows it, None for a list's title."""

    unit_id: str | None
    subject_id: str
    subject: str
    url: str
    at: datetime
    look: int | None
    clue: Clue

    @property
    def on(self) -> date:
        return local_day(self.at)


def clues(office: Office, by: str, unit_id: str | None = None) -> list[FoundClue]:
    """All clues, the weak ones last, then by first sight; each once by address and masked text.

    The task that announced them is done once somebody asked for all. Raises InputError (no name) and
    RefusedError (nobody, or somebody else, is named in the settings).
    """
    _admit(office, by)
    found = _once(
        one
        for subject in office.registry.subjects
        if unit_id is None or subject.unit_id == unit_id
        for one in _of_subject(office, subject)
    )
    if unit_id is None:
        office.archive.close_task(TASK, TASK_SUBJECT, at=office.now())
    return sorted(found, key=lambda one: (one.clue.weak, one.at, one.url))


def secret_clauses(office: Office) -> frozenset[str]:
    """Clauses about 泄密: lists leave their events out unless asked by who reads clues (design.md §4.13)."""
    every = (clause for rubric in office.rubrics.values() for clause in rubric.clauses)
    return frozenset(clause.id for clause in every if secret(clause))


def reads_clues(office: Office, user: User) -> bool:
    """Who may see events about 泄密: those named, before any is named the office; users of a unit never."""
    readers = office.settings.clue_readers
    return user.role is not Role.UNIT and (not readers or user.person in readers)


def withheld(office: Office, user: User, event: Event) -> bool:
    """Whether nothing of the event may be shown to the user. The one rule for every page of an event."""
    return event.clause_id in secret_clauses(office) and not reads_clues(office, user)


def announce(office: Office) -> None:
    """A task without particulars, once there are clues (not weak ones) that nobody has read yet."""
    tasks = [row for row in office.archive.tasks(open_only=False) if row.kind == TASK]
    read = [row.closed_at for row in tasks if row.closed_at is not None]
    if len(read) < len(tasks):
        return
    now = office.now()
    if any(not one.clue.weak for one in _fresh(office, max([now - ANNOUNCED, *read]))):
        readers = "、".join(office.settings.clue_readers) or "（先在 zwgk.yaml 的 clue_readers 写明的人员）"
        detail = f"有新的安全、泄密线索，请{readers}用 zwgk clues --by 姓名 查看"
        office.archive.open_task(TASK, TASK_SUBJECT, detail, at=now)


def _fresh(office: Office, since: datetime) -> Iterator[FoundClue]:
    """What was not seen up to that moment: of new titles, and of the looks made since."""
    archive, subjects = office.archive, {one.subject_id: one for one in office.registry.subjects}
    for row in archive.rows_since(since):
        column = subjects.get(row.subject_id)
        if isinstance(column, Column):
            yield from _of_title(office, column, row)
    for look in archive.documents_and_accounts_since(since):
        subject = subjects.get(look.parent_id or look.subject_id)
        found = list(_of_look(office, subject, look)) if subject else []
        if subject and found:
            earlier = [one for one in archive.looks_of(look.subject_id) if one.at <= since]
            known = {_key(one) for look in earlier for one in _of_look(office, subject, look)}
            yield from (one for one in found if _key(one) not in known)


def _admit(office: Office, by: str) -> None:
    name, readers = by.strip(), office.settings.clue_readers
    if not name:
        raise InputError("请用 --by 写明查看人的姓名。")
    if not readers:
        raise RefusedError(
            "还没有指定可以查看安全、泄密线索的人员。请在 zwgk.yaml 中写明，例如 clue_readers: [张三]。"
        )
    if name not in readers:
        raise RefusedError(f"安全、泄密线索只供指定人员查看，{name}不在 zwgk.yaml 的 clue_readers 之中。")


def _once(found: Iterable[FoundClue]) -> list[FoundClue]:
    """The first sight of each, whatever column or look it was seen through."""
    first: dict[tuple[str, str, str], FoundClue] = {}
    for one in sorted(found, key=lambda one: (one.at, one.look or 0)):
        first.setdefault(_key(one), one)
    return list(first.values())


def _key(one: FoundClue) -> tuple[str, str, str]:
    return one.url, one.clue.kind, one.clue.text


def _of_subject(office: Office, subject: Subject) -> Iterator[FoundClue]:
    looks = office.archive.looks_of(subject.subject_id)
    if isinstance(subject, Column):
        looks = office.archive.looks_under(subject.subject_id)
        for row in office.archive.rows_of(subject.subject_id):
            yield from _of_title(office, subject, row)
    for look in looks:
        yield from _of_look(office, subject, look)


def _of_title(office: Office, column: Column, row: SeenRow) -> Iterator[FoundClue]:
    for clue in find_clues([row.title], office.words, TITLE):
        yield _found(column, row.url or column.url, row.first_seen_at, clue)


def _of_look(office: Office, subject: Subject, look: Look) -> Iterator[FoundClue]:
    """Of a document as it was read, of an account's posts with the words of today."""
    match look.reading:
        case DocumentReading(clues=told):
            yield from (_found(subject, look.url, look.at, clue, look) for clue in told)
        case AccountReading(posts=posts):
            for post in posts:
                for clue in find_clues([post.title], office.words, TITLE):
                    yield _found(subject, post.url or look.url, look.at, clue, look)
        case _:
            return


def _found(subject: Subject, url: str, at: datetime, clue: Clue, look: Look | None = None) -> FoundClue:
    return FoundClue(
        unit_id=subject.unit_id, subject_id=subject.subject_id, subject=subject.name, url=url, at=at,
        look=look.id if look else None, clue=clue,
    )  # fmt: skip
