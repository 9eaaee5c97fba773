"""What people did to events: decisions, appeals, and the notices that named them, as rows and as values."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.events import Decision, DecisionKind
from domain.records import Appeal, AppealOutcome
from storage.files import refs, refs_json
from storage.tables import AppealRow, DecisionRow, NoticeItemRow, NoticeTable


@dataclass
class Deeds:
    """What people did to an event: decisions and appeals in order, and the first notice that named it."""

    decisions: list[Decision] = field(default_factory=list)
    appeals: list[Appeal] = field(default_factory=list)
    notified_at: datetime | None = None
    deadline: date | None = None


def deeds_of(session: Session, chosen: Any) -> dict[int, Deeds]:
    made: dict[int, Deeds] = defaultdict(Deeds)
    for decision in session.scalars(
        select(DecisionRow).where(DecisionRow.event_id.in_(chosen)).order_by(DecisionRow.id)
    ):
        made[decision.event_id].decisions.append(_decision(decision))
    for appeal in session.scalars(
        select(AppealRow).where(AppealRow.event_id.in_(chosen)).order_by(AppealRow.id)
    ):
        made[appeal.event_id].appeals.append(appeal_of(appeal))
    named = (
        select(NoticeItemRow.event_id, NoticeTable.at, NoticeTable.deadline)
        .join(NoticeTable, NoticeTable.id == NoticeItemRow.notice_id)
        .where(NoticeItemRow.event_id.in_(chosen))
        .order_by(NoticeTable.at.desc(), NoticeTable.id.desc())
    )
    for event_id, at, deadline in session.execute(named):  # the first notice comes last
        made[event_id].notified_at, made[event_id].deadline = at, deadline
    return made


def decision_values(decision: Decision) -> dict[str, Any]:
    return {
        "kind": decision.kind.value,
        "by": decision.by,
        "reason": decision.reason,
        "at": decision.at,
        "points": str(decision.points) if decision.points is not None else None,
        "until": decision.until,
    }


def _decision(row: DecisionRow) -> Decision:
    until: date | None = row.until
    return Decision(
        kind=DecisionKind(row.kind),
        by=row.by,
        reason=row.reason,
        at=row.at,
        points=Decimal(row.points) if row.points is not None else None,
        until=until,
    )


def appeal_values(appeal: Appeal) -> dict[str, Any]:
    return {
        "event_id": appeal.event_id,
        "filed_by": appeal.filed_by,
        "reason": appeal.reason,
        "files": refs_json(appeal.files),
        "filed_at": appeal.filed_at,
        "outcome": appeal.outcome.value if appeal.outcome else None,
        "decided_by": appeal.decided_by or None,
        "decided_why": appeal.decided_why or None,
        "decided_at": appeal.decided_at,
    }


def appeal_of(row: AppealRow) -> Appeal:
    return Appeal(
        event_id=row.event_id,
        filed_by=row.filed_by,
        reason=row.reason,
        filed_at=row.filed_at,
        files=refs(row.files),
        outcome=AppealOutcome(row.outcome) if row.outcome else None,
        decided_by=row.decided_by or "",
        decided_why=row.decided_why or "",
        decided_at=row.decided_at,
        id=row.id,
    )
