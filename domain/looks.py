"""Looks: planned, made, and what they saw (Observation)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from domain.readings import DatedBy, DateSource, PageState, Reading
from domain.records import FileRef
from domain.units import SubjectKind


class LookKind(StrEnum):
    """Official looks may accuse; on-demand ones only acquit until adopted; attested: by a person."""

    OFFICIAL = "official"
    ON_DEMAND = "on_demand"
    ATTESTED = "attested"


class RunKind(StrEnum):
    NIGHTLY = "nightly"
    ON_DEMAND = "on_demand"


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What the last good answer gave for a conditional request."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedLook:
    """One subject to look at. `validators` None: the request is unconditional (it may accuse).

    `window_days`: a list is paged back until it shows rows older than this many days (0: first page only).
    `check_id`: the on-demand check this look belongs to, None for the nightly job.
    """

    subject_id: str
    kind: SubjectKind
    url: str
    unit_id: str | None = None
    parent_id: str | None = None  # for a document: its column's subject id
    source: str = ""  # for an account: the adapter
    validators: Validators | None = None
    window_days: int = 0
    check_id: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What one look saw: facts and their moment. `id` is None until stored.

    `fetched_at`: judged time (simulated in a simulation), `wall_at`: true time; both aware, UTC.
    `http_status` None: no answer at all. `conditional`: validators were sent. `body`: decoded answer,
    only on the way to the archive (loaded observations carry `body_sha256` alone).
    `unmodified_of`: for a 304, the reading is that of this earlier observation.
    `window_covered`: the list was paged back to rows older than the planned window, or to its end.
    `files`: what a person attached to an attested look; the first of them is its body.
    """

    subject_id: str
    kind: SubjectKind
    look: LookKind
    url: str
    fetched_at: datetime
    wall_at: datetime
    state: PageState
    why: str
    unit_id: str | None = None
    parent_id: str | None = None
    reading: Reading | None = None
    http_status: int | None = None
    final_url: str | None = None
    conditional: bool = False
    elapsed_s: float = 0.0
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    body_sha256: str | None = None
    window_covered: bool = False
    check_id: int | None = None
    run_id: int | None = None
    files: tuple[FileRef, ...] = ()
    id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A stored observation as it is judged: light, without headers, body or list rows.

    `official`: made by the nightly job, adopted, or attested by a person. `newest_on`, `oldest_on`,
    `row_count`: what a list showed at this look; `reading`: of documents, accounts and packages.
    `attested_by`: the person, for an attested look; `files`: what he attached.
    """

    id: int
    subject_id: str
    kind: SubjectKind
    look: LookKind
    official: bool
    at: datetime
    wall_at: datetime
    url: str
    state: PageState
    why: str
    unit_id: str | None = None
    parent_id: str | None = None
    http_status: int | None = None
    conditional: bool = False
    newest_on: date | None = None
    oldest_on: date | None = None
    row_count: int = 0
    window_covered: bool = False
    reading: Reading | None = None
    run_id: int | None = None
    check_id: int | None = None
    body_sha256: str | None = None
    attested_by: str | None = None
    files: tuple[FileRef, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenRow:
    """A list row with the moment it was first seen. A row whose date changes is another SeenRow."""

    subject_id: str
    key: str
    title: str
    url: str | None
    published_on: date | None
    date_source: DateSource | None
    others: tuple[DatedBy, ...]
    first_seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """How a page opened: `status` None: no answer; `seconds`: until the answer or the failure."""

    url: str
    at: datetime
    status: int | None
    seconds: float


class RunOutcome(StrEnum):
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"  # asked to stop; what was seen is kept
    DIED = "died"  # process gone without a word


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One crawl. `fence` grows at each take-over; a writer with an older fence is refused."""

    id: int
    kind: RunKind
    fence: int
    started_at: datetime
    as_of: datetime | None
    outcome: RunOutcome
    plan: tuple[PlannedLook, ...] = ()
    pid: int | None = None
    heartbeat_at: datetime | None = None
    finished_at: datetime | None = None
