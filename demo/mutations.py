"""The rules of judgement, each broken on purpose: what demo/mutants.py must find out."""

from demo.mutation import Edit, Mutation
from demo.mutations_people import PEOPLE

CORRECTED = ("tests/app/test_corrections.py",)


def _news_limit(days: int) -> Edit:
    old = "monitor: column.stale\n        kinds: [动态]\n        limits: {days: 14}"
    return Edit("config/data/rubric/annex1.yaml", old, old.replace("14", str(days)))


MUTATIONS = (
    *PEOPLE,
    Mutation("a year of one row is a list beside the others", (
        Edit("crawler/extract/list_groups.py", "self.core_count.get(child, 0) >= MIN_LONG", "False"),
    ), ("tests/crawler/extract/test_list_years.py",)),
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
        Edit("app/known.py", "s if ended else replace(s, contested=False)", "s"),
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
    Mutation("a store that never had an app accuses", (
        Edit("monitors/media.py", ' == "broken" and not seen:', ' == "broken" and seen is None:'),
    ), ("tests/monitors",)),
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
        Edit("domain/events.py", "s.contested or local_day(s.at) > newest", "s.contested"),
    )),
    Mutation("any later row contests every look", (
        Edit("domain/events.py", "s.contested or local_day(s.at) > newest", "True"),
    ), ("tests/domain", "tests/demo/simulate")),
    Mutation("a shared column gone backwards accuses", (
        Edit("monitors/walk.py", "before = self.shown_on if shared else", "before = None if shared else"),
    ), ("tests/monitors",)),
    Mutation("future rows count", (
        Edit("monitors/walk.py", "for one in self.future if one[0] <= today]", "for one in self.future]"),
        Edit("monitors/walk.py", "if row.published_on > seen_on:", "if row.published_on > date.max:"),
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
        Edit("monitors/books.py", "for sheaf in history.columns))", "for sheaf in history.columns[:1]))"),
    )),
    Mutation("rows of others on shared columns count", (
        Edit("monitors/case.py", "return self.rows if own else", "return self.rows if self else"),
    )),
    Mutation("a back-dated row counts as in time", (
        Edit("monitors/books.py", "        elif column.missed(row, max(inside), window):",
             "        elif False:"),
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
        Edit("monitors/leaders.py", "    return any(name in said for name in names)",
             "    return bool(said)"),
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
    Mutation("an own column that ended hides the shared one", (
        Edit("app/gather.py", "return not one.valid_on(day), one.shared", "return False, one.shared"),
    ), ("tests/app/test_year.py",)),
    Mutation("a column still to come keeps a year open", (
        Edit("app/gather.py", "column.valid_from <= day)", "column.valid_from)"),
    ), ("tests/app/test_year.py",)),
    Mutation("a year is told again by another column's looks", (
        Edit("app/assess.py", "if event.period is not None and _stands(event)}", "if event.period == 0}"),
    ), ("tests/app/test_year.py",)),
    Mutation("a column that ended years ago keeps its clause open", (
        Edit("app/scores.py", "_serves(s, unit, kind) and _valid_in(s, year)", "_serves(s, unit, kind)"),
    ), ("tests/app/test_year.py",)),
    Mutation("undated rows of a first crawl stay anybody's", (
        Edit("crawler/plan.py", "seen_on > first_day or row.published_on is None", "seen_on > first_day"),
    ), ("tests/crawler/test_plan.py",)),
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
        Edit("app/judge.py", "subjects = related(office, registered(office, subject_ids))",
             "subjects = registered(office, subject_ids)"),
    ), ("tests/app/test_year.py",)),
    Mutation("annex 2 is threatened with points for lateness", (
        Edit("notices/unit_notice.py", "if rule.annex == part.annex", "if rule.annex"),
    ), ("tests/notices",)),
    Mutation("a correction is told again and again", (
        Edit("app/month_corrections.py", "for line in report.corrections:",
             "for line in report.corrections[:0]:"),
    ), CORRECTED),
    Mutation("a withdrawn charge gives nothing back", (
        Edit("app/month_corrections.py", "NOTHING if gone else", "said if gone else"),
    ), CORRECTED),
    Mutation("what was withdrawn after closing is sent out", (
        Edit("app/months.py", "without(report, lifted(report, office.archive))", "without(report, {})"),
    ), ("tests/app/test_months.py",)),
    Mutation("a quarter names what was withdrawn", (
        Edit("app/quarters.py", "without(report, lifted(report, office.archive))", "without(report, {})"),
    ), ("tests/app/test_quarters.py",)),
    Mutation("the notice of an acquitted unit is left lying", (
        Edit("app/month_files.py", "if OF_A_UNIT.fullmatch(file.name):", "if not file.name:"),
    ), ("tests/app/test_month_files.py",)),
    Mutation("an item dated in the future counts at once", (
        Edit("monitors/books.py", "since = max(row.first_seen_at, day_start(day))",
             "since = row.first_seen_at"),
    )),
    Mutation("deadline: grace of six hours -> seven", (
        Edit("domain/rectification.py", "GRACE = timedelta(hours=6)", "GRACE = timedelta(hours=7)"),
    )),
    Mutation("deadline: retried for two days", (
        Edit("domain/rectification.py", "RETRY = timedelta(days=3)", "RETRY = timedelta(days=2)"),
    )),
    Mutation("deadline: looks after it are taken as they are", (
        Edit("monitors/rectification.py", "replace(look, at=end - LAST_INSTANT) if _in_grace",
             "replace(look, at=end + RETRY) if _in_grace"),
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
    Mutation("sheet: a deleted column's events are forgotten", (
        Edit("app/scores.py", "deleted = unregistered(office, unit, scored, until)",
             "deleted: dict[str, str] = {}"),
    ), ("tests/app/test_corrections.py",)),
    Mutation("re-check: exempt counts as in order in the issued notice", (
        Edit("app/month_withdrawn.py", "exempt=count.exempt + len(exempt)", "exempt=count.exempt"),
    ), ("tests/app/test_months.py",)),
    Mutation("A1-04: every notice of a month counts", (
        Edit("domain/events.py", "return per_unit(hits) if test.count_per is CountPer.UNIT else hits",
             "return hits"),
    )),
    Mutation("A1-04: annex 2 loses points too", (
        Edit("app/rectification.py", "for c in rubric.clauses_for(unit.kind)",
             "for c in office.rubrics[1].clauses"),
    ), ("tests/app/test_rectification.py",)),
    Mutation("deadline: what lapsed after it proves it was missed", (
        Edit("monitors/rectification.py", "finding.lapses_on > deadline", "finding.lapses_on == date.max"),
    )),
    Mutation("two lapses seen once each are one", (
        Edit("domain/events.py", ">= local_day(event.last_seen_at)", "> local_day(finding.at)"),
    )),
    Mutation("a look that was excused confirms one after the exemption", (
        Edit("domain/events.py", "confirming(_sure(event))", "confirming(_uncontested(event))"),
    )),
    Mutation("an address that came back needs no acceptance", (
        Edit("app/gather.py", "if day >= left), None) if left", "if day < date.min), None) if left"),
    ), ("tests/app/test_odd_histories.py", "tests/app/test_judge.py")),
    Mutation("a column handed over brings its past along", (
        Edit("app/assess.py", " and not of_another(office, look, unit)", ""),
    ), ("tests/app/test_odd_histories.py",)),
    Mutation("what a column handed over had cost is forgotten", (
        Edit("app/former.py", ".unit_id in {None, unit.id}", ".unit_id != ''"),
    ), ("tests/app/test_odd_histories.py",)),
    Mutation("a time registered as not applicable is judged afterwards", (
        Edit("app/assess.py", "subject.unit_id is not None and not office.registry.excused_before(record)",
             "subject.unit_id is not None"),
    ), ("tests/app/test_odd_histories.py",)),
    Mutation("a registration counts before its day", (
        Edit("app/office.py", "if one.since <= today)", "if one.since)"),
    ), ("tests/app/test_odd_histories.py",)),
    Mutation("a unit founded later missed the deadline", (
        Edit("monitors/counts.py", "case.founded > window.last", "case.founded < case.founded"),
    ), ("tests/app/test_odd_histories.py",)),
    Mutation("a young unit answers for its predecessor's silence", (
        Edit("monitors/limits.py", "not in_time(founded, day, case.test)", "founded"),
    ), ("tests/app/test_odd_histories.py",)),
    Mutation("a closed account keeps its clause open", (
        Edit("app/scores.py", "if in_use(s) or s.subject_id in answered]", "if s]"),
    ), ("tests/app/test_odd_histories.py",)),
    Mutation("an account that was closed was never there", (
        Edit("app/gather.py", "stood_on(subject, local_day", "subject.valid_on(local_day"),
    ), ("tests/app/test_odd_histories.py",)),
    Mutation("an earlier day knows of a later withdrawal", (
        Edit("app/known.py", "EventState.SUSPECTED if later else event.state", "event.state"),
    ), ("tests/app/test_odd_histories.py",)),
    Mutation("late rectification: seen on the deadline day", (
        Edit("domain/events.py", "if any(end <= sighting.at <= end + RETRY",
             "if any(end > sighting.at or sighting.at <= end + RETRY"),
    )),
)  # fmt: skip
