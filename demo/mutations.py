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
    Mutation("a day that came without a look is called due", (
        Edit("domain/outlook.py", "_by(seen, day) if day > today else seen",
             "_by(seen, day) if day >= today else seen"),
    )),
    Mutation("an exemption does not move a lapse", (
        Edit("domain/outlook.py", "day = max(said.lapses_on, free)", "day = said.lapses_on"),
    )),
    Mutation("the unknown is foreseen as the last good look", (
        Edit("domain/outlook.py", "if not order or not order[-1].answered or",
             "order = [one for one in order if one.answered]\n    if not order or"),
    )),
    Mutation("foreseen one day too late", (
        Edit("domain/outlook.py", "last.lapses_on is None or day < last.lapses_on",
             "last.lapses_on is None or day <= last.lapses_on"),
    )),
    Mutation("a window that ends is foreseen as a breach", (
        Edit("domain/outlook.py", "Verdict.UNKNOWN: Verdict.SUSPECTED", "Verdict.UNKNOWN: Verdict.BREACH"),
    )),
    Mutation("waiting settles what waits for a person", (
        Edit("app/forecast.py", "suspected=[*suspected, *settled.elements()]", "suspected=suspected"),
    ), ("tests/app/test_forecast.py",)),
    Mutation("a column is foreseen beyond its end", (
        Edit("app/forecast.py", "if unit.valid_on(night) and subject.valid_on(night)]",
             "if unit.valid_on(night)]"),
    ), ("tests/app/test_forecast.py",)),
    Mutation("the last day in time is the day it lapses", (
        Edit("app/warnings.py", "return self.lapses_on - timedelta(days=1)", "return self.lapses_on"),
    ), ("tests/app/test_warnings.py",)),
    Mutation("secrets are warned of", (
        Edit("app/warnings.py", "if _has_clock(one) and not _secret(", "if _has_clock(one) or not _secret("),
    ), ("tests/app/test_warnings.py",)),
    Mutation("a later notice moves a deadline", (
        Edit("app/warnings.py", "        told.update(fresh)\n", ""),
    ), ("tests/app/test_warnings.py",)),
    Mutation("an adoption changes earlier days", (
        Edit("storage/looks.py", "adopted.is_not(None) if until is None else adopted < until",
             "adopted.is_not(None)"),
    ), ("tests/app/test_as_of.py",)),
    Mutation("a later row contests a lapse before it was seen", (
        Edit("app/assess.py", "s if ended else replace(s, contested=False)", "s"),
    ), ("tests/app/test_as_of.py",)),
    Mutation("new events of a tried rubric are charged as one", (
        Edit("app/rejudge.py", "[replace(event, id=n) for n, event in events]",
             "[event for n, event in events]"),
    ), ("tests/app/test_rejudge.py",)),
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
    Mutation("a mark does not count", (
        Edit("scoring/sheet.py", "if mark is not None and mark.points is not None:",
             "if mark is not None and mark.points is not None and clause.id == '':"),
    )),
    Mutation("a bonus given without a person", (
        Edit("scoring/sheet.py",
             "return (ClauseState.PENDING, why, nothing) if why else (ClauseState.PROPOSED, FOUND, points)",
             "return (ClauseState.PENDING, why, nothing) if why else (ClauseState.JUDGED, FOUND, points)"),
    )),
    Mutation("what is open counts as full", (
        Edit("scoring/sheet.py", "return (ClauseState.PENDING if why else ClauseState.JUDGED), why, nothing",
             "return ClauseState.JUDGED, why, nothing"),
    )),
    Mutation("charged twice in a month", (
        Edit("scoring/shapes.py", "found.append(replace(one, points=NOTHING) if taken else one)",
             "found.append(one)"),
    )),
    Mutation("a percentage of the whole", (
        Edit("scoring/shapes.py", "return test.percent * full / 100", "return test.percent"),
    )),
    Mutation("volume without a ceiling", (
        Edit("scoring/shapes.py", "return min(full, sum((number", "return max(full * 0, sum((number"),
    )),
    Mutation("another year's marks and occurrences count", (
        Edit("scoring/sheet.py", "for one in record.occurrences if one.score_year == year)",
             "for one in record.occurrences if one.score_year <= year)"),
    )),
    Mutation("the year ends at midnight without grace", (
        Edit("monitors/windows.py", "return at >= day_end(self.last) + GRACE",
             "return at >= day_end(self.last)"),
    )),
    Mutation("the last day of the window is late", (
        Edit("monitors/windows.py", "self.first <= day <= self.last", "self.first <= day < self.last"),
    )),
    Mutation("the year before the first day counts", (
        Edit("monitors/windows.py", "self.first <= day <= self.last", "day <= self.last"),
    )),
    Mutation("January judges the new year", (
        Edit("monitors/windows.py", "AFTERMATH = timedelta(days=31)", "AFTERMATH = timedelta(days=0)"),
    )),
    Mutation("minimum count off by one", (
        Edit("monitors/counts.py", "    if seen.in_time >= least:", "    if seen.in_time >= least - 1:"),
    )),
    Mutation("a running window accuses", (
        Edit("monitors/counts.py", "    if not window.over(look.at):", "    if False:"),
    )),
    Mutation("an unresolved publisher does not block", (
        Edit("monitors/counts.py", "    if seen.unresolved:", "    if seen.unresolved > 99:"),
    )),
    Mutation("a list not paged back accuses", (
        Edit("monitors/counts.py", "        if not _reaches_back(sheaf, last, window):", "        if False:"),
    )),
    Mutation("other columns of the unit are forgotten", (
        Edit("monitors/counts.py", "for sheaf in history.columns))", "for sheaf in history.columns[:1]))"),
    )),
    Mutation("rows of others on shared columns count", (
        Edit("monitors/counts.py", "if case.unit_id in owners.get(row.key, frozenset()))",
             "if row.key in owners)"),
    )),
    Mutation("a back-dated row counts as in time", (
        Edit("monitors/counts.py", "(late if _missed_before(row, sheaf, window) else keys).add(row.key)",
             "keys.add(row.key)"),
    )),
    Mutation("a late report is never mended", (
        Edit("monitors/counts.py", "    if mended:", "    if mended and least > 99:"),
    )),
    Mutation("a 404 of 办事服务 that worked before accuses", (
        Edit("monitors/columns.py", "if missing and not seen.good_before:", "if missing:"),
    )),
    Mutation("leaders' news accuses on the limit itself", (
        Edit("monitors/leaders.py", "timedelta(days=limit_days + 1)", "timedelta(days=limit_days)"),
    )),
    Mutation("leaders' news about others accuses", (
        Edit("monitors/leaders.py", "if days and titled(row.title, case.test.titles) and named:",
             "if days and titled(row.title, case.test.titles):"),
    )),
    Mutation("too few visits prove a site reachable", (
        Edit("scoring/vetoes.py", "    if few:", "    if few and not site.visits:"),
    )),
    Mutation("columns not read count as in order", (
        Edit("scoring/vetoes.py", "Hit.UNKNOWN if sure + open_ones >= least", "Hit.UNKNOWN if sure >= least"),
    )),
    Mutation("a closed suspicion about a year is forgotten", (
        Edit("app/scores.py", "        return event.period == year",
             "        return event.open and event.period == year"),
    ), ("tests/app/test_year.py",)),
    Mutation("a mark counts before it was entered", (
        Edit("app/scores.py", "if mark.at < until)", "if mark.at)"),
    ), ("tests/app/test_year.py",)),
    Mutation("the machine's clauses take marks", (
        Edit("app/marks.py", "if clause.mode is Mode.AUTO:",
             "if clause.mode is Mode.AUTO and not clause.id:"),
    ), ("tests/app/test_year.py",)),
    Mutation("one person marks the office's own unit", (
        Edit("app/marks.py", "if unit.office_own and not second:", "if unit.office_own and not by:"),
    ), ("tests/app/test_year.py",)),
    Mutation("only the column just seen is judged again", (
        Edit("app/judge.py", "subjects = related(office, _subjects(office, subject_ids))",
             "subjects = _subjects(office, subject_ids)"),
    ), ("tests/app/test_year.py",)),
)  # fmt: skip
