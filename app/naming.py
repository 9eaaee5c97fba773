"""How a subject is called: from the registry; documents and former subjects from their looks."""

from collections.abc import Iterable

from app.office import Office
from domain.clues import without_ids
from domain.looks import Look
from domain.readings import DocumentReading
from domain.units import App, SubjectKind


def subject_named(office: Office, subject_id: str) -> tuple[str, str]:
    """Name and address of a subject, also of a document or of one no longer registered."""
    return subjects_named(office, [subject_id])[subject_id]


def subjects_named(office: Office, subject_ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Names and addresses of many, read together."""
    found = {one: _registered(office, one) for one in subject_ids}
    unknown = [one for one, named in found.items() if named is None]
    newest = office.archive.newest_looks(unknown) if unknown else {}
    return {one: named or _seen(office, one, newest.get(one)) for one, named in found.items()}


def _registered(office: Office, subject_id: str) -> tuple[str, str] | None:
    if office.registry.watches(subject_id):
        subject = office.registry.subject(subject_id)
        return subject.name, subject.package_url if isinstance(subject, App) else subject.url
    if subject_id.startswith(f"{SubjectKind.NOTICE}:"):
        month, _, item = subject_id.partition(":")[2].partition("/")
        return f"{month}通报{f'第{item}项' if item else ''}的整改", ""
    return None


def _seen(office: Office, subject_id: str, newest: Look | None) -> tuple[str, str]:
    if newest is None:
        return subject_id, ""
    looks = [newest] if _title(newest) else office.archive.looks_of(subject_id)
    title = next(filter(None, map(_title, reversed(looks))), subject_id)
    title = without_ids(title)
    return (f"《{title}》" if subject_id.startswith(SubjectKind.DOCUMENT) else title), newest.url


def _title(look: Look) -> str | None:
    return look.reading.title if isinstance(look.reading, DocumentReading) else None
