"""Puts a month's report together from what is stored; nothing is written here."""

from dataclasses import dataclass

from app.month_corrections import corrections
from app.month_counts import column_count, platform_counts, unconfirmed, units
from app.month_items import items
from app.month_rechecks import rechecks
from app.month_scores import charges, deduction_lines, month_sheets, year_total
from app.month_view import view
from app.office import Office
from domain.clock import Month
from domain.events import Event
from domain.notices import Basis, LateRule, MonthReport, Sender, Stage
from domain.rubric import Clause
from domain.scores import ScoreSheet
from notices.headings import against_lateness


@dataclass(frozen=True, slots=True)
class MonthData:
    """A month's report and the score sheets it rests on; `waiting`: the events counted as unconfirmed."""

    report: MonthReport
    sheets: tuple[ScoreSheet, ...]
    waiting: tuple[Event, ...] = ()


def month_data(office: Office, month: Month, stage: Stage) -> MonthData:
    """Read everything once and count it."""
    seen = view(office, month)
    sheets = month_sheets(seen)
    found = items(seen, charges(sheets))
    year_count, year_points = year_total(seen, sheets)
    before, waiting = rechecks(seen), unconfirmed(seen)
    report = MonthReport(
        month=month, until=seen.until, made_at=seen.now, stage=stage,
        simulation=office.archive.simulation, sender=sender(office), basis=_basis(office),
        late_rules=_late_rules(office), units=units(seen), columns=column_count(seen, found),
        platforms=platform_counts(seen, found), items=found,
        deductions=deduction_lines(seen, sheets, found), rechecks=before.lines, previous=before.previous,
        year_count=year_count, year_points=year_points, unconfirmed=len(waiting),
        fix_days=office.settings.working_days_to_fix, appeal_days=office.settings.appeal_days,
        corrections=corrections(seen),
    )  # fmt: skip
    return MonthData(report, sheets, waiting)


def sender(office: Office) -> Sender:
    """Who signs, as the settings have it now."""
    settings = office.settings
    return Sender(
        name=settings.office_name, phone=settings.office_phone, email=settings.office_email,
        prefix=settings.document_prefix, copies=settings.copies_to, public=settings.public_note,
    )  # fmt: skip


def _basis(office: Office) -> tuple[Basis, ...]:
    return tuple(
        Basis(
            annex=annex, title=rubric.title, version=rubric.version,
            units=tuple(dict.fromkeys(kind.value for c in rubric.clauses for kind in c.points)),
        )
        for annex, rubric in sorted(office.rubrics.items())
    )  # fmt: skip


def _late_rules(office: Office) -> tuple[LateRule, ...]:
    return tuple(
        LateRule(
            annex=annex, clause_id=clause.id, quote=_rate(clause),
            units=tuple(kind.value for kind in clause.points),
        )
        for annex, rubric in sorted(office.rubrics.items())
        for clause in rubric.clauses
        if against_lateness(clause)
    )  # fmt: skip


def _rate(clause: Clause) -> str:
    """The rate in the rubric's words, else the whole standard."""
    return next((test.rate_quote for test in clause.tests if test.rate_quote), clause.quote)
