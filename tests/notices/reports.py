"""Reports built by hand for the tests of notices/."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from domain.clock import Month
from domain.notices import (
    Basis,
    Correction,
    CorrectionKind,
    DeductionLine,
    Issue,
    LateRule,
    MonthReport,
    NoticeItem,
    Place,
    PreviousNotice,
    RecheckLine,
    RecheckResult,
    Sender,
    Stage,
    SubjectCount,
)

SEPTEMBER = Month(2026, 9)
MADE_AT = datetime(2026, 10, 9, 2, 0, tzinfo=UTC)
QUOTE = "按照通报要求按时进行整改，每检测到1次未按时整改扣2分，扣完为止。"

ISSUE = Issue(
    number=9, issued_on=date(2026, 10, 9), deadline=date(2026, 10, 23), deadline_certain=True,
    appeal_until=date(2026, 10, 16), appeal_certain=True,
)  # fmt: skip


def an_item(**changes: Any) -> NoticeItem:
    item = NoticeItem(
        number=1, unit_id="caizhengju", unit="财政局", annex=1, place=Place.PORTAL,
        subject_id="column:caizhengju-dt", subject="工作动态", platform="门户网站",
        address="http://portal.test/czj/", problem="工作动态超过两周未更新",
        detail="最新一条日期为2026-08-30，距今16天（要求：14天内至少更新1次）", newest_on=date(2026, 8, 30),
        seen_at=(datetime(2026, 9, 14, 17, 5, tzinfo=UTC), datetime(2026, 9, 15, 17, 6, tzinfo=UTC)),
        age_days=17, clause_id="A1-18", clause="二级栏目", test_id="A1-18a", points=Decimal(2), event_id=12,
        observation_ids=(101, 118), late=True,
    )  # fmt: skip
    return replace(item, **changes)


def an_account(**changes: Any) -> NoticeItem:
    return an_item(
        **{
            "number": 2, "unit_id": "renda", "unit": "人大办", "annex": 2, "place": Place.MEDIA,
            "subject_id": "account:renda-wx", "subject": "人大之声", "platform": "微信", "address": "",
            "problem": "政务新媒体超过两周未更新", "clause_id": "A2-10", "clause": "政务新媒体更新",
            "test_id": "A2-10a", "points": Decimal(1), "event_id": 13, **changes,
        }
    )  # fmt: skip


def a_line(**changes: Any) -> DeductionLine:
    line = DeductionLine(
        unit_id="caizhengju", unit="财政局", clause_id="A1-18", item="二级栏目", days=(date(2026, 9, 16),),
        count=1, each=(Decimal(2),), month_points=Decimal(2), total=Decimal(4), cap=Decimal(8),
    )  # fmt: skip
    return replace(line, **changes)


def a_recheck(result: RecheckResult, **changes: Any) -> RecheckLine:
    line = RecheckLine(
        item=1, unit_id="minzhengju", unit="民政局", problem="通知公告：通知公告超过6个月未更新",
        deadline=date(2026, 9, 24), checked_at=MADE_AT, result=result, counts=True,
    )  # fmt: skip
    return replace(line, **changes)


def a_correction(**changes: Any) -> Correction:
    line = Correction(
        month=Month(2026, 8), item=3, event_id=7, unit_id="minzhengju", unit="民政局",
        problem="工作动态：工作动态超过两周未更新", clause_id="A1-18", clause="二级栏目",
        kind=CorrectionKind.WITHDRAWN, told=Decimal(2), now=Decimal(0),
    )  # fmt: skip
    return replace(line, **changes)


def a_report(**changes: Any) -> MonthReport:
    report = MonthReport(
        month=SEPTEMBER, until=date(2026, 9, 30), made_at=MADE_AT, stage=Stage.DRAFT, simulation=False,
        sender=Sender(name="鄂托克旗政务公开领导小组办公室", phone="0477-0000000", email="zwgk@example.test"),
        basis=(
            Basis(annex=1, title="考核评估细则一", version="2020-1", units=("苏木镇", "部门")),
            Basis(annex=2, title="考核评估细则二", version="2020-1", units=("园区", "其他")),
        ),
        late_rules=(LateRule(annex=1, clause_id="A1-04", quote=QUOTE, units=("苏木镇", "部门")),),
        units=3, columns=SubjectCount(label="栏目", monitored=5, problem=1, late=1, unknown=1, units=1),
        platforms=(
            SubjectCount(label="微信", monitored=8, problem=1, late=1, units=1),
            SubjectCount(label="微博", monitored=2),
        ),
        items=(an_item(), an_account()), deductions=(a_line(), a_line(unit_id="renda", unit="人大办")),
        rechecks=(), previous=None, year_count=3, year_points=Decimal("6.50"), unconfirmed=2, fix_days=10,
        appeal_days=5,
    )  # fmt: skip
    return replace(report, **changes)


def a_first_month_without_problems(**changes: Any) -> MonthReport:
    clean = SubjectCount(label="栏目", monitored=5)
    return a_report(
        **{
            "items": (), "deductions": (), "columns": clean, "year_count": 0, "year_points": Decimal(0),
            "platforms": (SubjectCount(label="微信", monitored=8),), **changes,
        }
    )  # fmt: skip


def an_issued_report(**changes: Any) -> MonthReport:
    before = PreviousNotice(
        month=Month(2026, 8), number=8, issued_on=date(2026, 9, 10), deadline=date(2026, 9, 24)
    )
    rechecks = (a_recheck(RecheckResult.FIXED), a_recheck(RecheckResult.NOT_FIXED, item=2, unit="公安局"))
    return a_report(
        **{"stage": Stage.ISSUED, "issue": ISSUE, "previous": before, "rechecks": rechecks, **changes}
    )
