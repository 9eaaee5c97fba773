"""Was an item of a notice put right by its deadline (design.md §4.12), and what follows for clause A1-04."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from domain.clock import BEIJING, day_end
from domain.findings import Finding, Verdict
from domain.looks import Look, LookKind, SeenRow
from domain.notices import LIFTED, RecheckResult
from domain.readings import DocumentReading
from domain.rectification import GRACE, RETRY, ItemRecheck, Proof, Recheck
from domain.units import SubjectKind
from monitors.case import Case, History
from monitors.documents import lacking

LAST_INSTANT = timedelta(microseconds=1)
ACCUSING = frozenset({Verdict.BREACH, Verdict.SUSPECTED})
NONE_SO_FAR = frozenset({RecheckResult.NOT_DUE})
SETTLED = frozenset({RecheckResult.FIXED, RecheckResult.LATE, *LIFTED})


def at_deadline(history: History, deadline: date) -> History:
    """The history as if what was first seen within the grace had been seen at 24:00 of the deadline day.

    Judged so, rows dated after the deadline are in the future and do not count, rows dated by it do. A
    person's word for a date after the deadline says nothing of that moment.
    """
    columns = tuple(
        replace(one, looks=_looks_then(one.looks, deadline), rows=_rows_then(one.rows, deadline))
        for one in history.columns
    )
    looks, rows = _looks_then(history.looks, deadline), _rows_then(history.rows, deadline)
    return replace(history, looks=looks, rows=rows, columns=columns)


def _looks_then(looks: Iterable[Look], deadline: date) -> tuple[Look, ...]:
    end = day_end(deadline)
    return tuple(
        replace(look, at=end - LAST_INSTANT) if _in_grace(look, end) else look
        for look in looks
        if not (look.at >= end and look.newest_on is not None and look.look is LookKind.ATTESTED)
        or look.newest_on <= deadline
    )


def _rows_then(rows: Iterable[SeenRow], deadline: date) -> tuple[SeenRow, ...]:
    end = day_end(deadline)
    return tuple(
        replace(row, first_seen_at=end - LAST_INSTANT) if end <= row.first_seen_at <= end + GRACE else row
        for row in rows
    )


def _in_grace(look: Look, end: datetime) -> bool:
    """Within six hours; a person who attests a date has the three days of retry."""
    attested = look.look is LookKind.ATTESTED and look.kind in {SubjectKind.COLUMN, SubjectKind.ACCOUNT}
    return end <= look.at <= end + (RETRY if attested else GRACE)


def recheck(  # noqa: PLR0913, PLR0917 an item, what was seen of it, and the two moments
    before: Proof,
    opened_at: datetime,
    findings: Iterable[Finding],
    then: Callable[[], Iterable[Finding]],
    looks: Iterable[Look],
    deadline: date,
    now: datetime,
) -> Recheck:
    """What became of an item first seen at `opened_at`, as known at `now`.

    `before`: the look the notice rests on. `findings`: all of its case; `then`: the same over at_deadline,
    asked only where looks before the deadline do not settle it.
    FIXED: a good look by 24:00 of the deadline day, or within the grace with rows dated by it. Overdue only
    where an accusing, not held look within three days after the deadline still saw the breach: PARTLY when
    it was better by then, LATE when a later look shows it in order. NOT_DUE before the deadline's end.
    UNKNOWN: no good look in those three days, or one that is in order without proof of the day.
    """
    case = _Case(before, deadline, now, {look.id: look for look in looks})
    later = sorted((f for f in findings if f.at > opened_at), key=lambda f: (f.at, f.observation_id))
    accused = next((f.verdict for f in findings if f.observation_id == before.observation_id), None)
    in_time = _in_time(later, then, case)
    if in_time is not None:
        return case.said(RecheckResult.FIXED, f"{_day(in_time)}监测时已符合要求", in_time)
    if now < case.end:
        return case.said(RecheckResult.NOT_DUE, f"整改期限为{deadline}，尚未到期", None, final=False)
    seen = [f for f in later if case.end <= f.at <= case.end + RETRY and f.verdict in ACCUSING]
    late = (f for f in seen if not _in_time_then(f, deadline))
    proof = next((f for f in late if f.accuses and not f.held and _as_sure(f, accused)), None)
    mended = next((f for f in later if f.at >= case.end and f.verdict is Verdict.OK), None)
    if proof is not None:
        return case.overdue(
            proof, next((f for f in later if f.at > proof.at and f.verdict is Verdict.OK), None)
        )
    if mended is not None:
        why = f"{_day(mended)}监测时已符合要求，但没有到期前就已整改的证据，也没有到期后仍未整改的证据"
        return case.said(RecheckResult.UNKNOWN, why, mended)
    return case.unknown(seen)


class _Case:
    """One item on its way to a result."""

    def __init__(self, before: Proof, deadline: date, now: datetime, looks: dict[int, Look]) -> None:
        self.before, self.deadline, self.now, self.looks = before, deadline, now, looks
        self.end = day_end(deadline)

    def in_grace(self, finding: Finding) -> bool:
        look = self.looks.get(finding.observation_id)
        return look is not None and _in_grace(look, self.end)

    def said(
        self, result: RecheckResult, why: str, after: Finding | None, *, mended: Finding | None = None,
        final: bool = True,
    ) -> Recheck:  # fmt: skip
        return Recheck(
            result=result, why=why, deadline=self.deadline, before=self.before,
            after=_proof(after), mended=_proof(mended), final=final,
        )  # fmt: skip

    def overdue(self, proof: Finding, mended: Finding | None) -> Recheck:
        told = f"到期后{_day(proof)}监测：{proof.why}"
        if mended is not None:
            why = f"{told}；{_day(mended)}监测时才符合要求"
            return self.said(RecheckResult.LATE, why, proof, mended=mended)
        if self._better(proof):
            return self.said(RecheckResult.PARTLY, f"{told}；较通报时有改进，仍不符合要求", proof)
        return self.said(RecheckResult.NOT_FIXED, told, proof)

    def unknown(self, seen: Sequence[Finding]) -> Recheck:
        if seen:
            return self.said(
                RecheckResult.UNKNOWN, f"到期后的监测须人工判断：{seen[0].held or seen[0].why}", seen[0]
            )
        until = f"{(self.end + RETRY - LAST_INSTANT).astimezone(BEIJING):%Y-%m-%d}"
        if self.now < self.end + RETRY:
            why = f"到期后还没有取得有效监测，将重试到{until}"
            return self.said(RecheckResult.UNKNOWN, why, None, final=False)
        return self.said(RecheckResult.UNKNOWN, f"到期后重试到{until}，没有取得有效监测", None)

    def _better(self, proof: Finding) -> bool:
        """Something newer came, or fewer labels of a document are missing."""
        if proof.newest_on is not None:
            return self.before.newest_on is None or proof.newest_on > self.before.newest_on
        read = [self.looks.get(number) for number in (self.before.observation_id, proof.observation_id)]
        was, now = (look.reading if look is not None else None for look in read)
        if not isinstance(was, DocumentReading) or not isinstance(now, DocumentReading):
            return False
        return lacking(now) < lacking(was)


def _in_time(later: Sequence[Finding], then: Callable[[], Iterable[Finding]], case: _Case) -> Finding | None:
    """The first look that shows the item in order by the deadline."""
    before = next((f for f in later if f.at < case.end and f.verdict is Verdict.OK), None)
    grace = [f for f in later if f.at >= case.end and case.in_grace(f)]
    if before is not None or all(_out_of_time_before(f, case.deadline) for f in grace):
        return before
    good = {f.observation_id for f in then() if f.verdict is Verdict.OK}
    return next((f for f in grace if f.observation_id in good), None)


def _out_of_time_before(finding: Finding, deadline: date) -> bool:
    """A breach that had lapsed by the deadline day already: judged as of 24:00 it is one all the more."""
    lapsed = finding.lapses_on is not None and finding.lapses_on <= deadline
    return finding.verdict is Verdict.BREACH and lapsed


def _in_time_then(finding: Finding, deadline: date) -> bool:
    """By its newest date it lapsed after the deadline day only: on that day it was in order."""
    return finding.lapses_on is not None and finding.lapses_on > deadline


def _as_sure(finding: Finding, accused: Verdict | None) -> bool:
    """A mere suspicion does not prove that a plain breach goes on."""
    return finding.verdict is Verdict.BREACH or accused is not Verdict.BREACH


def _proof(finding: Finding | None) -> Proof | None:
    if finding is None:
        return None
    return Proof(observation_id=finding.observation_id, at=finding.at, newest_on=finding.newest_on)


def _day(finding: Finding) -> str:
    return f"{finding.at.astimezone(BEIJING):%Y-%m-%d %H:%M}"


def in_time(case: Case, history: History) -> list[Finding]:
    """A1-04: a unit's items of one notice. SUSPECTED at each look after the deadline that proves one overdue.

    OK when all are fixed in time, or at the look that shows the last overdue one in order. UNKNOWN while an
    item is 无法判定. Nothing before the deadline. Source: A1-04 “每检测到1次未按时整改扣2分”; a
    person confirms.
    """
    items = [one for one in history.rechecks if one.recheck.result not in LIFTED]
    late = sorted((one for one in items if one.recheck.overdue), key=_decided_at)
    found = [
        _overdue(case, late, moment, len(items)) for moment in sorted({_decided_at(one) for one in late})
    ]
    if any(one.recheck.result in NONE_SO_FAR for one in items):
        return found
    unknown = [one for one in items if one.recheck.result is RecheckResult.UNKNOWN]
    if unknown and not late:
        return [_undecided(case, unknown)]
    if items and all(one.recheck.result in SETTLED for one in items):
        found.append(_settled(case, items))
    return found


def _decided_at(one: ItemRecheck) -> tuple[datetime, int]:
    proof = one.recheck.after or one.recheck.before
    assert proof is not None, "an overdue item has the look that proves it"
    return proof.at, proof.observation_id


def _overdue(case: Case, late: Sequence[ItemRecheck], moment: tuple[datetime, int], total: int) -> Finding:
    """What is proved by the look of that moment and those before it."""
    by_then = sorted((one for one in late if _decided_at(one) <= moment), key=lambda one: one.item.number)
    told = "；".join(f"第{one.item.number}项“{one.item.subject}”{one.recheck.result}" for one in by_then)
    measured = f"{total}项中{len(by_then)}项未按时整改"
    return _made(
        case, Verdict.SUSPECTED, Proof(observation_id=moment[1], at=moment[0], newest_on=None), told, measured
    )


def _undecided(case: Case, items: Sequence[ItemRecheck]) -> Finding:
    last = items[-1].recheck
    proof = last.after or last.before
    assert proof is not None, "a notice's item rests on a look"
    return _made(case, Verdict.UNKNOWN, proof, f"第{items[-1].item.number}项：{last.why}", "")


def _settled(case: Case, items: Sequence[ItemRecheck]) -> Finding:
    proofs = [proof for one in items if (proof := one.recheck.mended or one.recheck.after) is not None]
    last = max(proofs, key=lambda proof: (proof.at, proof.observation_id))
    return _made(case, Verdict.OK, last, "通报事项都已整改", "")


def _made(case: Case, verdict: Verdict, proof: Proof, why: str, measured: str) -> Finding:
    return Finding(
        unit_id=case.unit_id, subject_id=case.subject_id, clause_id=case.test.clause_id, test_id=case.test.id,
        observation_id=proof.observation_id, at=proof.at, verdict=verdict,
        accuses=verdict is Verdict.SUSPECTED, measured=measured, limit="按通报的整改期限整改到位", why=why,
    )  # fmt: skip
