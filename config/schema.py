"""The registry's YAML as models, and their way into the domain."""

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo

from config.fields import Blankable, ClockText, Day, LastDay, Slug, Strict, Text, Url
from config.mistakes import near, refusal
from config.overrides import ReadingEntry
from domain.stores import STORE_NAMES, Store, listing_address
from domain.units import (
    BY_HAND,
    CLOCK_OF,
    NEW_MEDIA,
    Account,
    AccountState,
    App,
    Column,
    ColumnKind,
    Registration,
    RegistrationState,
    Unit,
    UnitKind,
)

ANNEX_OF = {UnitKind.TOWN: 1, UnitKind.DEPARTMENT: 1, UnitKind.PARK: 2, UnitKind.OTHER: 2}
SOURCES = (
    "jsonfeed",
    "rss",
    "rsshub",
    "we-mp-rss",
    "wechat-album",
    "wechat-api",
    "weibo",
    "wewe-rss",
    BY_HAND,
)
"""Names of the account adapters that exist (crawler/accounts), and what only a person looks at."""
OWN_ADDRESS = {"wechat-api": "https://api.weixin.qq.com"}
"""Sources that are asked at one address, with a credential."""
REQUIRED_KINDS = (*(kind.value for kind in ColumnKind), NEW_MEDIA)


def _annex(value: int, info: ValidationInfo) -> int:
    kind = info.data.get("kind")
    if kind is not None and value != ANNEX_OF[kind]:
        raise refusal(
            f"{kind}不适用附件{value}的细则",
            f"{kind}请写 annex: {ANNEX_OF[kind]}（或删去这一项），否则请核对 kind",
        )
    return value


def _source(value: str) -> str:
    if value not in SOURCES:
        raise refusal(
            f"来源“{value}”还不支持",
            f"本版本可用：{'、'.join(SOURCES)}。"
            "没有订阅源的账号写 source: manual，人工查看后用 zwgk attest 登记",
        )
    return value


def _credential(value: str | None, info: ValidationInfo) -> str | None:
    source = info.data.get("source")
    if source in OWN_ADDRESS and value is None:
        raise refusal(
            f"来源“{source}”要用单位的凭据，但没有写用哪一份",
            "请补上 credential: 名称，并把 appid、secret 写进 secrets.yaml（见使用手册）",
        )
    if source is not None and source not in OWN_ADDRESS and value is not None:
        raise refusal(f"来源“{source}”不用凭据", "请删去 credential，或核对 source 是否写对")
    return value


def _address(value: str | None, info: ValidationInfo) -> str | None:
    source = info.data.get("source")
    if source is not None and source not in {*OWN_ADDRESS, BY_HAND} and value is None:
        raise refusal("缺少必填项“url”", "请补上这一项")
    return value


def required_kind(value: str) -> str:
    if value not in REQUIRED_KINDS:
        raise refusal(
            f"“{value}”不是登记的类别", f"{near(value, REQUIRED_KINDS)}可用：{'、'.join(REQUIRED_KINDS)}"
        )
    return value


def _named(value: str, info: ValidationInfo) -> str:
    told = value and info.data.get("reason")
    if info.data.get("state") is RegistrationState.NOT_APPLICABLE and not told:
        raise refusal(
            "登记为 not_applicable（不涉及，得满分），但没有写明理由和认定人", "请补上 reason: 和 by:"
        )
    return value


LISTING = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def _digits(value: Any) -> Any:
    """Apple's trackId is all digits: YAML reads a number."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _listing(value: str, info: ValidationInfo) -> str:
    if not {"store", "package_url", "page_url"} <= info.data.keys():
        return value  # told there
    store, page = info.data["store"], info.data["page_url"]
    if page and (value or store is not Store.APK or info.data["package_url"]):
        raise refusal(
            "page_url 不能和 package_url、store、listing 写在同一条",
            "知道下载链接或商店编号的，不用写 page_url；要都看，请写成几条",
        )
    if store is Store.APK:
        if value:
            raise refusal(
                "写了 listing，但没有写是哪个应用商店", f"请补上 store:，可用：{'、'.join(STORE_NAMES)}"
            )
        if info.data["package_url"] is None and not page:
            raise refusal(
                "没有写应用从哪里下载",
                "请写 package_url（安装包下载链接），或写 store（应用商店）和 listing（包名或编号），"
                "或写 page_url（提供应用的网页）",
            )
    elif not LISTING.fullmatch(value):
        raise refusal(
            f"应用在{STORE_NAMES[store]}的编号“{value}”不合要求" if value else "写了 store，但没有写 listing",
            "请在 listing 写应用的包名，例如 cn.gov.example（苹果也可写商店网址里 id 后面的数字）",
        )
    return value


class ColumnEntry(Strict):
    id: Slug
    name: Text
    kind: ColumnKind
    url: Url
    clock: ClockText | None = None
    monitored_from: Day | None = None
    valid_from: Day | None = None
    valid_to: LastDay | None = None
    reading: ReadingEntry | None = None

    def to_domain(self, unit_id: str | None) -> Column:
        return Column(
            id=self.id,
            unit_id=unit_id,
            name=self.name,
            kind=self.kind,
            url=self.url,
            clock=self.clock or CLOCK_OF.get(self.kind, "none"),
            monitored_from=self.monitored_from,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            reading=self.reading.to_domain() if self.reading else None,
        )


class AccountEntry(Strict):
    id: Slug
    platform: Text
    name: Text
    source: Annotated[Text, AfterValidator(_source)]
    url: Annotated[Url | None, Field(validate_default=True), AfterValidator(_address)] = None
    credential: Annotated[Slug | None, Field(validate_default=True), AfterValidator(_credential)] = None
    state: AccountState = AccountState.ACTIVE
    full_coverage: bool = False
    synced_within_days: Annotated[int, Field(ge=1, le=60)] = 2
    account_id: Annotated[Blankable, BeforeValidator(_digits)] = ""
    registered_name: Blankable = ""
    verified_subject: Blankable = ""
    monitored_from: Day | None = None
    valid_from: Day | None = None
    valid_to: LastDay | None = None

    def to_domain(self, unit_id: str) -> Account:
        url = self.url or OWN_ADDRESS.get(self.source, "")
        return Account(unit_id=unit_id, **self.model_dump() | {"url": url})


class AppEntry(Strict):
    id: Slug
    name: Text
    store: Store = Store.APK
    package_url: Url | None = None
    page_url: Url | None = None
    listing: Annotated[
        Blankable, Field(validate_default=True), BeforeValidator(_digits), AfterValidator(_listing)
    ] = ""
    state: AccountState = AccountState.ACTIVE
    monitored_from: Day | None = None
    valid_from: Day | None = None
    valid_to: LastDay | None = None

    def to_domain(self, unit_id: str) -> App:
        """With a store, `package_url` is the full address asked in place of the store's own (a mirror)."""
        url = self.package_url or self.page_url or listing_address(self.store, self.listing)
        told = self.model_dump() | {"package_url": url, "page_url": self.page_url or ""}
        return App(unit_id=unit_id, **told)


class RegistrationEntry(Strict):
    kind: Annotated[Text, AfterValidator(required_kind)]
    state: RegistrationState
    since: Day
    reason: Blankable = ""
    by: Annotated[Blankable, Field(validate_default=True), AfterValidator(_named)] = ""

    def to_domain(self, unit_id: str) -> Registration:
        return Registration(unit_id=unit_id, **self.model_dump())


class UnitEntry(Strict):
    id: Slug
    name: Text
    kind: UnitKind
    annex: Annotated[int, AfterValidator(_annex)] | None = None
    aliases: tuple[Text, ...] = ()
    valid_from: Day | None = None
    valid_to: LastDay | None = None
    office_own: bool = False
    columns: tuple[ColumnEntry, ...] = ()
    accounts: tuple[AccountEntry, ...] = ()
    apps: tuple[AppEntry, ...] = ()
    registrations: tuple[RegistrationEntry, ...] = ()

    def to_domain(self) -> Unit:
        return Unit(
            id=self.id,
            name=self.name,
            kind=self.kind,
            annex=ANNEX_OF[self.kind],
            aliases=self.aliases,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            office_own=self.office_own,
        )


class RegistryFile(Strict):
    """One file under units/. `other_publishers`: spellings of 发布机构 that are no assessed unit."""

    units: tuple[UnitEntry, ...] = ()
    shared_columns: tuple[ColumnEntry, ...] = ()
    other_publishers: tuple[Text, ...] = ()
