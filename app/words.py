"""What codes mean in the office's words: one table for the commands and the console."""

from domain.events import DecisionKind, Event, EventState
from domain.findings import Verdict
from domain.looks import RunOutcome
from domain.readings import PageState
from domain.scores import ClauseState

VERDICTS = {
    Verdict.OK: "正常",
    Verdict.BREACH: "不合格",
    Verdict.SUSPECTED: "疑似，须人工判断",
    Verdict.UNKNOWN: "无法判定",
}
DECISIONS = {DecisionKind.CONFIRM: "认定", DecisionKind.WITHDRAW: "撤销", DecisionKind.EXEMPT: "豁免"}
CLAUSE_STATES = {
    ClauseState.JUDGED: "系统评判",
    ClauseState.ENTERED: "人工评分",
    ClauseState.NOT_APPLICABLE: "不涉及",
    ClauseState.PROPOSED: "待人认定",
    ClauseState.PENDING: "待定",
}
TASKS = {
    "registry": "核对登记", "unknown": "无法判定", "publisher": "认不出的发布机构", "mass_change": "批量异常",
    "source": "账号来源不正常", "source_back": "账号来源恢复", "by_hand": "人工查看到期",
    "control": "对照网址打不开", "back_dated": "疑似倒填日期", "sudden_update": "疑似突击更新",
    "clue": "安全、泄密线索", "notify": "通知没有发出",
}  # fmt: skip
TASK_STEPS = {
    "registry": "打开网址核对：地址变了的，在单位表里改正；栏目停用的，写停用日期",
    "unknown": "打开网页看一看：地址变了的在单位表里改正；打得开而系统读不到的，试读或请管理员看",
    "publisher": "是某个单位的另一种写法，就补进它的别名；不是被考核单位的不用管",
    "mass_change": "多半是网站改版或恢复了旧备份：打开几个栏目核对，再逐件认定或撤销",
    "source": "请管理员看“管理”里的账号来源",
    "source_back": "已经恢复，不用处理",
    "by_hand": "打开账号看最近一篇，把它的日期登记下来（登记人工核实）",
    "control": "请管理员检查本机网络",
    "back_dated": "打开网页核对，供人判断，不计分",
    "sudden_update": "打开网页核对，供人判断，不计分",
    "clue": "请指定的人用 zwgk clues 查看",
    "notify": "请管理员核对 secrets.yaml 里的地址",
}
"""What to do about a task."""
PAGE_STATES = {
    PageState.OK: "读到",
    PageState.UNDATED: "没有日期",
    PageState.EMPTY: "空栏目",
    PageState.SHELL: "脚本生成",
    PageState.BLOCKED: "被防火墙拦截",
    PageState.SOFT_404: "页面不存在",
    PageState.LOGIN: "要求登录",
    PageState.FAILED: "没有读到",
}
OUTCOMES = {
    RunOutcome.RUNNING: "进行中", RunOutcome.DONE: "完成", RunOutcome.STOPPED: "中途停止",
    RunOutcome.DIED: "进程中断",
}  # fmt: skip

GOES_ON = (
    "已由人撤销，但所查情形还没有恢复正常：此后的监测仍记在本事件下，"
    "不扣分，不进通报；恢复正常以后再出现的，另立事件"
)


def goes_on(event: Event) -> str:
    """What later looks mean of an event that a person withdrew while its breach goes on; else ""."""
    lifted = event.state is EventState.WITHDRAWN and bool(event.decisions)
    return GOES_ON if lifted and event.open else ""
