"""Appeals: the list, and where the appeal of one event stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

from app.appeals import AppealRow, appeal_until, why_not
from app.contract.events import event_row
from app.joint_deeds import appeal_proposal, takes_two
from app.office import Office
from app.reports import issued_report
from domain.events import Event, EventState
from domain.records import Appeal, AppealOutcome, Deed, DeedStep, FileRef, JointStep


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealFacts:
    """What the appeal says, and what was decided."""

    filed_by: str
    filed_at: datetime
    reason: str
    files: Annotated[Sequence[FileRef], "附件；内容用 /events/{event_id}/files/{sha256} 下载"]
    outcome: Annotated[AppealOutcome | None, "null：还没有决定"]
    decided_by: str | None
    decided_at: datetime | None
    decided_why: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTaken:
    """One person's step of a decision that takes two."""

    id: Annotated[int, "会签时写在 proposal 里"]
    step: JointStep
    outcome: AppealOutcome
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealState:
    """Users of a unit get neither proposal nor steps: until it is decided, nothing is."""

    event: int
    unit: str
    state: EventState
    until: Annotated[date | None, "申诉的最后一天；null：还没有通报"]
    refusal: Annotated[str, "为什么现在不能提出申诉；空：可以提出"]
    appeals: Annotated[Sequence[AppealFacts], "提出过的，按先后"]
    takes_two: Annotated[bool, "由本办自管的单位：一人拟定，另一人会签"]
    proposal: Annotated[StepTaken | None, "等第二人会签的决定"]
    steps: Sequence[StepTaken]


def appeal_rows(office: Office, *, unit_id: str | None, open_only: bool) -> list[Appeal]:
    """The appeals of all units or one, newest first."""
    every = office.archive.appeals(open_only=open_only)[::-1]
    if unit_id is None:
        return every
    own = {event.id for event in office.archive.events(unit_id=unit_id)}
    return [one for one in every if one.event_id in own]


def listed_appeals(office: Office, chosen: Sequence[Appeal]) -> list[dict[str, Any]]:
    """The rows of some appeals; each notice that names one of their events is read once."""
    events = office.archive.events_by_id({one.event_id for one in chosen})
    notices = [row for row in office.archive.notices() if not events.keys().isdisjoint(row.event_ids)]
    issues = [(set(row.event_ids), issued_report(office, row).issue) for row in notices]
    return [
        appeal_json(office, AppealRow(appeal=one, event=events[one.event_id], until=max(
            (issue.appeal_until for named, issue in issues if issue and one.event_id in named), default=None,
        )))
        for one in chosen
    ]  # fmt: skip


def appeal_json(office: Office, one: AppealRow) -> dict[str, Any]:
    """A row of the list, as `zwgk appeal list` has it."""
    row, appeal = event_row(office, one.event), one.appeal
    return {
        "id": appeal.id, "event": appeal.event_id, "state": one.event.state, "unit": row["unit"],
        "unit_name": row["unit_name"], "subject": row["subject"], "subject_name": row["subject_name"],
        "until": one.until, "filed_by": appeal.filed_by, "filed_at": appeal.filed_at,
        "reason": appeal.reason, "files": appeal.files, "outcome": appeal.outcome,
        "decided_by": appeal.decided_by or None, "decided_at": appeal.decided_at,
        "decided_why": appeal.decided_why or None,
    }  # fmt: skip


def appeal_state(office: Office, event: Event, *, inside: bool) -> AppealState:
    """`inside`: for those who decide, who also see what is only proposed."""
    first = appeal_proposal(office, event) if inside else None
    return AppealState(
        event=event.id or 0, unit=event.unit_id, state=event.state, until=appeal_until(office, event),
        refusal=why_not(office, event, office.now()), appeals=[_facts(one) for one in event.appeals],
        takes_two=takes_two(office, event.unit_id), proposal=_step(first) if first is not None else None,
        steps=[_step(one) for one in _steps(office, event)] if inside else (),
    )  # fmt: skip


def _facts(one: Appeal) -> AppealFacts:
    return AppealFacts(
        filed_by=one.filed_by, filed_at=one.filed_at, reason=one.reason, files=one.files,
        outcome=one.outcome, decided_by=one.decided_by or None, decided_at=one.decided_at,
        decided_why=one.decided_why or None,
    )  # fmt: skip


def _steps(office: Office, event: Event) -> Sequence[DeedStep]:
    return office.archive.steps(Deed.APPEAL, f"event:{event.id}")


def _step(one: DeedStep) -> StepTaken:
    return StepTaken(
        id=one.id or 0,
        step=one.step,
        outcome=AppealOutcome(one.what["outcome"]),
        reason=one.reason,
        by=one.by,
        at=one.at,
    )
