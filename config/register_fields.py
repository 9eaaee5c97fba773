"""The register's workbook as one table: which column holds which key of units/*.yaml, and how it is written.

A new key of the registry gets one line here. Headings are compared without blanks, marks and width.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pydantic import BaseModel

from config.overrides import ReadingEntry
from config.schema import (
    REQUIRED_KINDS,
    SOURCES,
    AccountEntry,
    AppEntry,
    ColumnEntry,
    RegistrationEntry,
    UnitEntry,
)
from domain.stores import STORE_NAMES
from domain.units import CLOCK_OF, AccountState, ColumnKind, RegistrationState, UnitKind

SHARED = "（共用）"
"""In the column 单位: a column of the portal that all units share (`shared_columns`)."""


class Form(StrEnum):
    """How a cell is read: `code` has neither blanks nor full-width signs; `unit` names a unit."""

    TEXT = "text"
    CODE = "code"
    DAY = "day"
    YES = "yes"
    NUMBER = "number"
    LIST = "list"
    CHOICE = "choice"
    UNIT = "unit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A column. `default`: what an unwritten key shows; `labels`: value in the file -> word in the sheet.

    `synonyms`: other people's words -> a label; `suggested`: offered, but other words are taken too.
    """

    heading: str
    key: str
    aliases: tuple[str, ...] = ()
    form: Form = Form.TEXT
    default: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    synonyms: Mapping[str, str] = field(default_factory=dict)
    suggested: tuple[str, ...] = ()
    width: int = 16
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A sheet. `same`: the keys that make two rows the same thing where no id is written."""

    key: str
    title: str
    sheet_names: tuple[str, ...]
    model: type[BaseModel]
    same: tuple[str, ...]
    fields: tuple[Field, ...]

    def field(self, key: str) -> Field | None:
        return next((one for one in self.fields if one.key == key), None)


REGISTERED_AS: Mapping[str, str] = {
    RegistrationState.MONITORED: "已开设", RegistrationState.NOT_OPENED: "未开通",
    RegistrationState.NOT_APPLICABLE: "不涉及",
}  # fmt: skip


def _words(*values: str) -> Mapping[str, str]:
    return {value: value for value in values}


_ID_HINT = "小写字母、数字、连字符，定下后不要改；新增的可以空着，导入时自动编"
_DAY_HINT = "写成 2026-09-01"
ID = Field(heading="编号", key="id", aliases=("id",), form=Form.CODE, width=22, hint=_ID_HINT)
UNIT = Field(
    heading="单位", key="unit", form=Form.UNIT, width=24, hint="单位名称、别名或编号",
    aliases=("单位名称", "主管单位", "主办单位", "主管单位/主办单位", "主管主办单位", "所属单位", "责任单位",
             "开办单位", "运营单位", "主办单位名称", "主管单位名称"),
)  # fmt: skip
FROM = Field(
    heading="起算日期", key="monitored_from", aliases=("监测起算日期", "起算日"), form=Form.DAY, width=13,
    hint="从这天起评判；空着为试运行，只监测不扣分。" + _DAY_HINT,
)  # fmt: skip
FIRST = Field(heading="启用日期", key="valid_from", aliases=("有效期起",), form=Form.DAY, width=13)
LAST = Field(
    heading="停用日期", key="valid_to", aliases=("有效期止", "注销日期"), form=Form.DAY, width=13,
    hint="最后一天；撤并、停用的写这里，不要删行",
)  # fmt: skip
STATE = Field(
    heading="状态", key="state", aliases=("运行状态", "账号状态", "当前状态", "应用状态"), form=Form.CHOICE,
    default=AccountState.ACTIVE, labels=_words(*AccountState), width=10,
    synonyms={
        "正常": "在用", "运行": "在用", "在运行": "在用", "正常运行": "在用", "运行中": "在用",
        "拟注销": "拟关停", "申请关停": "拟关停", "注销": "已注销", "关停": "已注销", "已关停": "已注销",
        "关闭": "已注销", "已关闭": "已注销",
    },
)  # fmt: skip

_STORES = {"apk": "安装包链接"} | {str(store): name for store, name in STORE_NAMES.items()}

UNITS = Part(
    key="units", title="单位", sheet_names=("单位表", "units"), model=UnitEntry, same=("name",),
    fields=(
        ID,
        Field(heading="单位名称", key="name", aliases=("单位", "名称"), width=30, hint="与细则所列名称一致"),
        Field(heading="类别", key="kind", aliases=("单位类别", "类型"), form=Form.CHOICE,
              labels=_words(*UnitKind), hint="苏木镇、部门适用附件1，园区、其他适用附件2"),
        Field(heading="别名", key="aliases", aliases=("其他写法",), form=Form.LIST, width=52,
              hint="网页“发布机构”“来源”里的其他写法，用顿号隔开"),
        FIRST, LAST,
        Field(heading="平台自身单位", key="office_own", form=Form.YES, default="否", width=14,
              hint="负责平台自身运行、对它的决定须两人的写“是”"),
    ),
)  # fmt: skip
COLUMNS = Part(
    key="columns", title="栏目", sheet_names=("栏目表", "columns"), model=ColumnEntry,
    same=("unit", "name", "kind"),
    fields=(
        ID, UNIT,
        Field(heading="栏目名称", key="name", aliases=("名称", "栏目"), width=22),
        Field(heading="类别", key="kind", aliases=("栏目类别", "类型"), form=Form.CHOICE,
              labels=_words(*ColumnKind), width=14),
        Field(heading="网址", key="url", aliases=("栏目网址", "链接", "地址", "url"), form=Form.CODE,
              width=52),
        Field(heading="更新周期", key="clock", form=Form.CODE, suggested=("14d", "6m", "1y", "none"),
              width=11, hint="14d 天、6m 月、1y 年、none 不判过期；空着按细则（" +
              "，".join(f"{kind} {clock}" for kind, clock in CLOCK_OF.items()) + "）"),
        FROM, FIRST, LAST,
    ),
)  # fmt: skip
ACCOUNTS = Part(
    key="accounts", title="政务新媒体", model=AccountEntry, same=("unit", "name", "platform"),
    sheet_names=("政务新媒体台账", "新媒体", "账号", "账号表", "accounts"),
    fields=(
        ID, UNIT,
        Field(heading="平台", key="platform", aliases=("平台/类型", "平台类型", "账号类型", "类型"),
              suggested=("微信", "微博", "抖音", "快手", "今日头条", "视频号", "哔哩哔哩"), width=12),
        Field(heading="账号名称", key="name", aliases=("名称", "新媒体名称", "账号"), width=22),
        Field(heading="账号ID", key="account_id", aliases=("账号标识", "平台账号"), form=Form.CODE,
              width=20, hint="平台给的编号，如微信号、微博 UID；按文本填写"),
        Field(heading="登记名称", key="registered_name", aliases=("平台登记名称", "注册名称"), width=22,
              hint="平台上显示的名称"),
        Field(heading="认证主体", key="verified_subject", aliases=("账号主体", "主体"), width=24),
        STATE,
        Field(heading="来源", key="source", aliases=("监测来源", "数据来源"), form=Form.CHOICE,
              labels=_words(*SOURCES), width=14,
              hint="从哪里读：" + "、".join(SOURCES) + "，见使用手册第四节"),
        Field(heading="网址", key="url", aliases=("监测网址", "链接", "账号链接", "url"), form=Form.CODE,
              width=46),
        Field(heading="密钥名称", key="credential", form=Form.CODE, width=14,
              hint="secrets.yaml 里的名称，仅 wechat-api 要写；密钥本身不要写在这里"),
        Field(heading="来源完整", key="full_coverage", form=Form.YES, default="否", width=10,
              hint="来源能看到每一篇时写“是”，否则“没有更新”不能作为依据"),
        Field(heading="同步期限", key="synced_within_days", form=Form.NUMBER, default="2", width=10,
              hint="来源自己几天内同步过才可作依据，1 至 60"),
        FROM, FIRST, LAST,
    ),
)  # fmt: skip
APPS = Part(
    key="apps", title="应用", sheet_names=("移动客户端", "应用表", "app", "apps"), model=AppEntry,
    same=("unit", "name", "store"),
    fields=(
        ID, UNIT,
        Field(heading="应用名称", key="name", aliases=("名称", "app名称", "移动客户端名称"), width=22),
        Field(heading="应用商店", key="store", aliases=("商店", "下载渠道"), form=Form.CHOICE,
              default="安装包链接", labels=_STORES, width=24,
              synonyms=_STORES),
        Field(heading="商店编号", key="listing", aliases=("包名", "应用编号", "trackid"), form=Form.CODE,
              width=26, hint="包名；苹果也可写网址里 id 后面的数字。按文本填写"),
        Field(heading="下载链接", key="package_url", aliases=("安装包下载链接", "网址", "下载地址"),
              form=Form.CODE, width=46),
        Field(heading="提供下载的页面", key="page_url", aliases=("下载页面",), form=Form.CODE, width=46,
              hint="本单位网站上提供下载的页面；页面里的链接和二维码逐个试"),
        STATE, FROM, FIRST, LAST,
    ),
)  # fmt: skip
PARTS = (UNITS, COLUMNS, ACCOUNTS, APPS)

REGISTRATIONS = Part(
    key="registrations", title="登记", sheet_names=(), model=RegistrationEntry, same=("kind", "since"),
    fields=(
        Field(heading="类别", key="kind", form=Form.CHOICE, labels=_words(*REQUIRED_KINDS)),
        Field(heading="登记为", key="state", form=Form.CHOICE, labels=REGISTERED_AS,
              hint="已开设：按监测评判；未开通：应当有而没有开通，由人评分；不涉及：得满分"),
        Field(heading="从哪天起", key="since", form=Form.DAY),
        Field(heading="理由", key="reason", hint="不涉及的必须写"),
        Field(heading="认定人", key="by", hint="不涉及的必须写"),
    ),
)  # fmt: skip
"""In forms only: what a unit is registered for, one record a kind and day; the newest counts."""

READING = Part(
    key="reading", title="读取方式", sheet_names=(), model=ReadingEntry, same=(),
    fields=(
        Field(heading="行（rows）", key="rows", hint="选中列表里每一行的选择器，如 div.list > ul > li"),
        Field(heading="标题（title）", key="title", hint="行里的哪个元素是标题；空着自动认"),
        Field(heading="日期（date）", key="date", hint="行里的哪个元素是日期；空着自动认"),
        Field(heading="日期写法（date_pattern）", key="date_pattern",
              hint="日期写得特别的才填，如 (?P<year>\\d{4})年(?P<month>\\d+)月(?P<day>\\d+)日"),
        Field(heading="理由", key="reason", hint="为什么自动识别不行，谁看过"),
    ),
)  # fmt: skip
"""In forms only: how a column's list is read where it is not recognised by itself."""
