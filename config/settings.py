"""Settings of a deployment: DIR/zwgk.yaml, overlaid by ZWGK_* environment variables.

The only place that reads the environment. Descriptions are for the office: documentation and
`zwgk config check` print them.
"""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from config.fields import SLUG, Strict, Text, Url
from config.mistakes import refusal

PREFIX = "ZWGK_"
NOT_SETTINGS = frozenset({"ZWGK_DIR"})
"""Read by the command line itself; `ZWGK_TEST_…` belongs to the tests."""
SECRET_PREFIX = "ZWGK_SECRET_"
"""Keys of account sources (config/secrets.py), no settings."""
NOT_OURS = (SECRET_PREFIX, "ZWGK_TEST_")
HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def _words(value: Any) -> Any:
    """A list in an environment variable: parted by commas or blanks."""
    return tuple(re.split(r"[,\s]+", value.strip(", \n\t"))) if isinstance(value, str) and value else value


def _ascii(value: str) -> str:
    if not value.isascii() or not value.isprintable():
        raise refusal("只能用英文字母、数字和符号", "这一项会发给对方网站：请写邮箱、电话号码或网址")
    return value


def _hour(value: str) -> str:
    if not HOUR.fullmatch(value):
        raise refusal(f"“{value}”不是时刻", "请写成两位小时和两位分钟，例如 '01:00'")
    return value


def _database(value: str) -> str:
    if not value.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        way_out = "请写 sqlite:///绝对路径 或 postgresql+psycopg://用户:口令@主机/库名；不写则用 data/zwgk.db"
        raise refusal("数据库地址不认识", way_out)
    return value


def _user_agent(data: Mapping[str, Any]) -> str:
    contact = data.get("contact") or "contact not given"
    return f"zwgk/0.1 (public disclosure monitor; {contact})"


class RobotsException(Strict):
    """A part of a host that is looked at although its robots.txt says no: by whom approved, and why."""

    host: Text
    path: Annotated[Text, Field(pattern=r"^/")] = "/"
    reason: Text
    approver: Text


class NotifyTo(Strict):
    """Who hears by messages. The addresses are secrets: under `name` in secrets.yaml."""

    name: Annotated[Text, Field(pattern=SLUG.pattern)]
    to: Text


Words = Annotated[tuple[Text, ...], NoDecode, BeforeValidator(_words)]
Urls = Annotated[tuple[Url, ...], NoDecode, BeforeValidator(_words)]
Hour = Annotated[str, AfterValidator(_hour)]


class Settings(BaseSettings):
    """What a deployment may set. `dir` comes from the caller, never from file or environment."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True, env_ignore_empty=True)

    dir: Path = Field(description="数据目录（命令行 --dir 或环境变量 ZWGK_DIR 给出）")
    database_url: Annotated[str, AfterValidator(_database)] | None = Field(
        default=None, description="数据库地址；不写则用 SQLite 文件 data/zwgk.db", repr=False
    )
    contact: Annotated[str, AfterValidator(_ascii)] = Field(
        default="", description="联系方式（邮箱、电话或网址），写进访问网站时的 User-Agent，便于对方联系"
    )
    user_agent: Annotated[str, Field(min_length=1), AfterValidator(_ascii)] = Field(
        default_factory=_user_agent, description="访问网站时的自我介绍；一般不用改"
    )
    delay_s: float = Field(
        default=1.0, ge=0, le=3600, allow_inf_nan=False, description="同一主机两次访问之间至少相隔的秒数"
    )
    timeout_s: float = Field(
        default=15.0, gt=0, le=600, allow_inf_nan=False, description="一个页面最多等待的秒数"
    )
    max_body_bytes: int = Field(
        default=10_000_000, ge=10_000, le=200_000_000, description="一个页面解压后最多读取的字节数"
    )
    allow_private: Words = Field(
        default=(), description="允许访问的内网主机名或地址；不在此列的内网和本机地址一律拒绝访问"
    )
    control_urls: Urls = Field(
        default=(), description="对照网址：它们打不开时说明本机网络有问题，当次读数都待人工确认"
    )
    robots_exceptions: tuple[RobotsException, ...] = Field(
        default=(), description="经批准不按 robots.txt 的主机和路径，写明理由和批准人"
    )
    night_start: Hour = Field(default="01:00", description="每晚监测开始时刻（北京时间）")
    night_end: Hour = Field(default="05:00", description="每晚监测最晚开始时刻（北京时间）")
    office_name: Text = Field(default="政务公开领导小组办公室", description="通报的发文单位，按公章全称填写")
    office_phone: str = Field(default="", max_length=100, description="通报上的联系电话（加引号）")
    office_email: str = Field(default="", max_length=200, description="通报上的电子邮箱")
    document_prefix: str = Field(
        default="", max_length=40, description="发文机关代字，印在发文字号的〔年份〕之前，例如 鄂政公办"
    )
    copies_to: str = Field(default="", max_length=300, description="通报的抄送机关；不写则版记里没有抄送一行")
    public_note: str = Field(
        default="", max_length=40, description="附注里的公开属性，例如 此件公开发布；不写则不印"
    )
    clue_readers: Words = Field(
        default=(), description="可以查看安全、泄密线索（zwgk clues）的人员姓名；不写则谁都不能看"
    )
    working_days_to_fix: int = Field(default=10, ge=1, le=120, description="整改期限：自通报印发起的工作日数")
    appeal_days: int = Field(default=5, ge=1, le=120, description="申诉期限：自通报印发起的工作日数")
    undated_budget: int = Field(
        default=5, ge=0, le=100, description="列表不显示日期时，每个栏目每次最多打开几个文件找日期"
    )
    document_budget: int = Field(default=200, ge=0, le=10_000, description="每个栏目每次最多打开几个文件页面")
    page_budget: int = Field(default=10, ge=1, le=500, description="一个栏目最多往回翻几页")
    accounts_timeout_s: float = Field(
        default=15.0, gt=0, le=600, allow_inf_nan=False, description="一个新媒体账号或安装包最多等待的秒数"
    )
    secrets_file: str = Field(
        default="",
        max_length=1000,
        description="账号凭据文件（只许本人读取）；不写则用数据目录里的 secrets.yaml，没有凭据时不需要",
    )

    notify: tuple[NotifyTo, ...] = Field(
        default=(),
        description="通知发给谁：name 是 secrets.yaml 里的名称，to 是办公室、审核、管理员或单位编号",
    )
    notify_from: Hour = Field(default="08:00", description="每天几点以后才发通知（北京时间）")
    notify_until: Hour = Field(default="20:00", description="每天几点以后不发通知，留到次日（北京时间）")

    browser: Literal["auto", "off"] = Field(
        default="auto", description="内容由脚本生成的网页用不用浏览器打开：auto 装有就用，off 不用"
    )
    browser_path: str = Field(
        default="", max_length=1000, description="浏览器程序的路径；不写则用 Playwright 自带的，再找系统的"
    )

    ranking: bool = Field(default=False, description="控制台和年度得分表是否按合计得分列出名次；默认不排名")
    console_https: bool = Field(
        default=False, description="控制台经 HTTPS（反向代理）访问时写 true：登录凭据只经加密连接发送"
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment goes before the file; there are no other sources."""
        return (_Environment(settings_cls), init_settings)


class _Environment(EnvSettingsSource):
    """ZWGK_* without ZWGK_DIR: the folder is what the caller opened."""

    def __call__(self) -> dict[str, Any]:
        return {name: value for name, value in super().__call__().items() if name != "dir"}


def from_environment() -> Mapping[str, str]:
    """The ZWGK_* variables that are set, by upper-case name."""
    named = ((name.upper(), value) for name, value in os.environ.items())
    return {
        name: value
        for name, value in named
        if name.startswith(PREFIX) and name not in NOT_SETTINGS and not name.startswith(NOT_OURS)
    }


def secret_from_environment(name: str, part: str) -> str:
    """ZWGK_SECRET_<NAME>_<PART>, "" when not set; hyphens of the name are underscores there."""
    return os.environ.get(f"{SECRET_PREFIX}{name}_{part}".upper().replace("-", "_"), "").strip()
