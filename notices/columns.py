"""Columns of the annexes, in the order of domain.md §5.3."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """`width`: in half-width characters of the sheet's font."""

    title: str
    width: int


# 附件1 问题清单
PROBLEMS = (
    Column("序号", 5),
    Column("单位", 13),
    Column("类别", 9),
    Column("栏目（账号）名称", 16),
    Column("平台/网址", 22),
    Column("问题描述", 30),
    Column("最后更新时间", 12),
    Column("监控时间", 17),
    Column("距今天数", 7),
    Column("对应条款", 13),
    Column("扣分", 6),
    Column("整改期限", 12),
    Column("证据编号", 15),
)

# 附件2 扣分明细表
DEDUCTIONS = (
    Column("序号", 5),
    Column("单位", 18),
    Column("条款", 30),
    Column("事件时间", 26),
    Column("次数", 7),
    Column("每次扣分", 9),
    Column("本月扣分", 9),
    Column("累计扣分", 9),
    Column("条款上限", 9),
    Column("剩余", 9),
)

# 附件3 上期问题整改复核表
RECHECKS = (
    Column("序号", 5),
    Column("单位", 18),
    Column("问题", 44),
    Column("整改期限", 13),
    Column("复核时间", 18),
    Column("复核结果", 12),
    Column("是否计入“未按时整改”", 20),
)

# 附件4 整改反馈表（回执）
FEEDBACK = (
    Column("通报文号", 12),
    Column("单位", 13),
    Column("序号", 5),
    Column("问题", 26),
    Column("原因", 14),
    Column("整改措施", 16),
    Column("完成时间", 10),
    Column("整改后网址/最新更新时间", 18),
    Column("佐证", 10),
    Column("责任人", 9),
    Column("分管领导签字", 10),
    Column("联系人电话", 13),
    Column("单位（盖章）　年　月　日", 14),
)

# 附件5 更正事项表
CORRECTIONS = (
    Column("序号", 5),
    Column("原通报月份", 12),
    Column("原序号", 7),
    Column("单位", 18),
    Column("问题", 40),
    Column("条款", 22),
    Column("更正", 8),
    Column("原扣分", 8),
    Column("现扣分", 8),
    Column("返还", 8),
    Column("证据编号", 12),
)
