"""The rules of judgement, each broken on purpose: what demo/mutants.py must find out."""

from dataclasses import dataclass

JUDGES = ("tests/domain", "tests/monitors", "tests/scoring")
"""Fast tests of the rules; the demo is asked where they let a mutant live."""

CORRECTED = ("tests/app/test_corrections.py",)


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
        Edit("app/months.py", "without(report, lifted(report, office.archive))", "without(report, ())"),
    ), ("tests/app/test_months.py",)),
    Mutation("a quarter names what was withdrawn", (
        Edit("app/quarters.py", "without(report, lifted(report, office.archive))", "without(report, ())"),
    ), ("tests/app/test_quarters.py",)),
    Mutation("the notice of an acquitted unit is left lying", (
        Edit("app/month_files.py", "if OF_A_UNIT.fullmatch(file.name):", "if not file.name:"),
    ), ("tests/app/test_month_files.py",)),
)  # fmt: skip
