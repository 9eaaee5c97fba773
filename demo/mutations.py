"""The rules of judgement, each broken on purpose: what demo/mutants.py must find out."""

from dataclasses import dataclass

JUDGES = ("tests/domain", "tests/monitors", "tests/scoring")
"""Fast tests of the rules; the demo is asked where they let a mutant live."""


@dataclass(frozen=True, slots=True)
class Edit:
    """In `file`, `old` must stand exactly once and becomes `new`."""

    file: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Mutation:
    """A rule broken. `tests`: asked first; without any only the demo is asked."""

    name: str
    edits: tuple[Edit, ...]
    tests: tuple[str, ...] = JUDGES


def _news_limit(days: int) -> Edit:
    old = "monitor: column.stale\n        kinds: [动态]\n        limits: {days: 14}"
    return Edit("config/data/rubric/annex1.yaml", old, old.replace("14", str(days)))


MUTATIONS = (
    Mutation("limit 14 -> 13 (rubric)", (_news_limit(13),), ()),
    Mutation("limit 14 -> 15 (rubric)", (_news_limit(15),), ()),
    Mutation("the limit itself is late", (
        Edit("monitors/limits.py", '(day - newest_on).days <= test.limit("days")',
             '(day - newest_on).days < test.limit("days")'),
    )),
    Mutation("confirmation off: one look is enough", (
        Edit("domain/events.py", "if later.at - first.at >= APART and", "if later.at >= first.at or"),
    )),
    Mutation("confirmation without 20 hours between", (
        Edit("domain/events.py", "APART = timedelta(hours=20)", "APART = timedelta(0)"),
    )),
    Mutation("unknown counted as breach: columns", (
        Edit("monitors/columns.py", "verdict=Verdict.UNKNOWN, why=_unknown_why(seen)",
             "verdict=Verdict.BREACH, why=_unknown_why(seen)"),
    )),
    Mutation("unknown counted as breach: partial feeds", (
        Edit("monitors/media.py", "(Verdict.UNKNOWN, doubt) if doubt", "(Verdict.BREACH, doubt) if doubt"),
    )),
    Mutation("cap off", (
        Edit("scoring/deduct.py", "return min(sum((one.points for one in occurrences), Decimal(0)), points)",
             "return sum((one.points for one in occurrences), Decimal(0))"),
    )),
    Mutation("Beijing -> UTC", (
        Edit("domain/clock.py", 'ZoneInfo("Asia/Shanghai")', 'ZoneInfo("UTC")'),
    )),
    Mutation("acquittal off", (
        Edit("domain/events.py", "            case Verdict.OK if current is not None:",
             "            case Verdict.OK if current is not None and finding.measured == 'never':"),
    )),
    Mutation("无 counted as missing", (
        Edit("monitors/documents.py", "return state is LabelState.DECLARED_NONE", "return False"),
    )),
    Mutation("six months as 180 days", (
        Edit("domain/clock.py", "return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))",
             "return day - timedelta(days=30 * months)"),
    )),
    Mutation("back-dated rows acquit from their date", (
        Edit("domain/events.py", "BACK_DATED if newer and late", "BACK_DATED if newer and not late"),
    )),
    Mutation("future rows count", (
        Edit("monitors/walk.py", "for one in self.future if one[0] <= today]", "for one in self.future]"),
    )),
    Mutation("a running breach costs again after one look in a month", (
        Edit("domain/events.py", "if inside and confirming(inside):", "if inside:"),
    )),
    Mutation("deadline: grace of six hours -> seven", (
        Edit("domain/rectification.py", "GRACE = timedelta(hours=6)", "GRACE = timedelta(hours=7)"),
    )),
    Mutation("deadline: retried for two days", (
        Edit("domain/rectification.py", "RETRY = timedelta(days=3)", "RETRY = timedelta(days=2)"),
    )),
    Mutation("deadline: looks after it are taken as they are", (
        Edit("monitors/rectification.py", "last = end - LAST_INSTANT", "last = end + RETRY"),
    )),
    Mutation("deadline: unknown counted as not fixed", (
        Edit("monitors/rectification.py", "return self.said(RecheckResult.UNKNOWN, why, None, final=False)",
             "return self.said(RecheckResult.NOT_FIXED, why, None)"),
    )),
    Mutation("deadline: looks that may not accuse prove lateness", (
        Edit("monitors/rectification.py", "if f.accuses and not f.held and _as_sure", "if _as_sure"),
    )),
    Mutation("deadline: a suspicion proves a plain breach", (
        Edit("monitors/rectification.py", "return finding.verdict is Verdict.BREACH or accused is not",
             "return finding.verdict is not None or accused is not"),
    )),
    Mutation("A1-04: an undecided item is overdue", (
        Edit("monitors/rectification.py", "if one.recheck.overdue)",
             "if one.recheck.overdue or one.recheck.result is RecheckResult.UNKNOWN)"),
    )),
    Mutation("A1-04: every notice of a month counts", (
        Edit("domain/events.py", "return per_unit(hits) if test.count_per is CountPer.UNIT else hits",
             "return hits"),
    )),
    Mutation("A1-04: annex 2 loses points too", (
        Edit("app/rectification.py", "for c in rubric.clauses_for(unit.kind)",
             "for c in office.rubrics[1].clauses"),
    ), ("tests/app/test_rectification.py",)),
    Mutation("late rectification: seen on the deadline day", (
        Edit("domain/events.py", "if any(end <= sighting.at <= end + RETRY",
             "if any(end > sighting.at or sighting.at <= end + RETRY"),
    )),
    Mutation("appeal: the last day is too late", (
        Edit("app/appeals.py", "local_day(at) > until:", "local_day(at) >= until:"),
    ), ("tests/app/test_appeals.py",)),
    Mutation("appeal: no period", (
        Edit("app/appeals.py", "if until is not None and local_day(at) > until:",
             "if until is not None and until.year < 2000:"),
    ), ("tests/app/test_appeals.py",)),
    Mutation("appeal: decided by who filed it", (
        Edit("app/appeals.py", 'refuse_same(person, [appeal.filed_by], "', 'refuse_same(person, [], "'),
    ), ("tests/app/test_appeals.py",)),
    Mutation("appeal: decided by who confirmed the event", (
        Edit("app/appeals.py", 'refuse_same(person, confirmed, "', 'refuse_same(person, [], "'),
    ), ("tests/app/test_appeals.py",)),
    Mutation("four eyes: one person decides of the office's own units", (
        Edit("app/signing.py", "unit.office_own and not other", "unit.office_own and other is None"),
    ), ("tests/app/test_appeals.py",)),
    Mutation("four eyes: the second person may be the first", (
        Edit("app/signing.py", "if other and people(first) & people(other):", "if other == first == '':"),
    ), ("tests/app/test_appeals.py",)),
    Mutation("told: 泄密 too", (
        Edit("app/told.py", "in valid and not _secret(office, valid, one)", "in valid"),
    ), ("tests/app/test_told.py",)),
    Mutation("told: what waits for a person because many turned", (
        Edit("app/told.py", "event.unconfirmed and bool(event.held)", "False"),
    ), ("tests/app/test_told.py",)),
)  # fmt: skip
