"""`zwgk config check`: every mistake of a deployment's files at once, and what should be known."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from config.document import Document
from config.entries import entries
from config.holidays import read_holidays
from config.load import (
    SETTINGS_FILE,
    environment_notices,
    in_order,
    read_settings,
    registry_documents,
    rubric_documents,
)
from config.registry import check_registry, notice_registry
from config.rubric import check_rubrics
from config.schema import ANNEX_OF
from config.secrets import SECRETS_FILE, read_addresses, read_secrets
from config.settings import Settings
from config.words import read_words
from domain.errors import Problem
from domain.notify import NOTIFIED
from domain.units import UnitKind


def check(folder: Path) -> list[Problem]:
    """All problems, by file and line; an empty list when everything can be loaded."""
    settings, problems = read_settings(folder)
    if not folder.is_dir():
        return problems
    units, unread = registry_documents(folder)
    rubrics, unreadable = rubric_documents(folder)
    problems += read_holidays(folder)[1] + read_words(folder)[1]
    problems += read_secrets(settings, ())[1] if settings is not None else []
    problems += unread + check_registry(units) + unreadable + check_rubrics(rubrics)
    if settings is not None:
        problems += _unknown_recipients(settings, units)
    if rubrics and not unreadable:
        problems += _without_rubric(units, rubrics)
    return in_order(problems)


def notices(folder: Path) -> list[Problem]:
    """What is allowed but should be known (试运行, units without subjects, unset contact); never errors."""
    settings, _ = read_settings(folder)
    documents, _ = registry_documents(folder)
    found = [*environment_notices(), *notice_registry(documents)]
    if settings is not None and not settings.contact:
        way_out = "请写邮箱、电话或网址，被访问的网站有问题时可以联系到您"
        found.append(Problem(str(folder / SETTINGS_FILE), None, "contact", "没有写联系方式", way_out))
    if settings is not None:
        found += [*_without_keys(settings, documents), *_without_addresses(settings, folder)]
    return in_order(found)


def _without_addresses(settings: Settings, folder: Path) -> Iterator[Problem]:
    """Recipients of messages whose addresses are not filled in; what is filled in is never shown."""
    addresses, _ = read_addresses(settings)
    for name in sorted(name for name, urls in addresses.items() if not urls):
        way_out = f"请写进 {SECRETS_FILE}：{name}: {{urls: ['…']}}，或设环境变量 ZWGK_SECRET_名称_URLS"
        yield Problem(str(folder / SETTINGS_FILE), None, "notify", f"“{name}”的通知地址还没有填写", way_out)


def _unknown_recipients(settings: Settings, units: Sequence[Document]) -> Iterator[Problem]:
    """Whoever is neither a role nor a registered unit would never hear anything."""
    known = {unit.text("id") for document in units for unit in entries(document, "units")}
    for one in settings.notify:
        if one.to not in NOTIFIED and one.to not in known:
            way_out = f"请写 {'、'.join(NOTIFIED)} 或单位编号"
            file = str(settings.dir / SETTINGS_FILE)
            yield Problem(file, None, "notify", f"to: “{one.to}”既不是角色，也不是单位", way_out)


def _without_keys(settings: Settings, documents: Sequence[Document]) -> Iterator[Problem]:
    """Accounts whose credential is not filled in, as far as this user's environment tells."""
    accounts = [one for document in documents for one in entries(document, "units", "accounts")]
    named = {one.text("credential"): one for one in accounts if one.text("credential")}
    keys, _ = read_secrets(settings, named)
    for name, account in named.items():
        if not keys[name].complete:
            variable = f"ZWGK_SECRET_{name}".upper().replace("-", "_")
            way_out = f"请写进 {SECRETS_FILE}，或设环境变量 {variable}_APPID 和 {variable}_SECRET"
            yield account.problem("credential", f"凭据“{name}”还没有填写，这个账号读不到", way_out)


def _without_rubric(units: Sequence[Document], rubrics: Sequence[Document]) -> Iterator[Problem]:
    """The first unit of each annex for which no rubric is there."""
    annexes = [document.at(("annex",)) for document in rubrics]
    missing = {annex for annex in ANNEX_OF.values() if annex not in annexes}
    for document in units:
        for unit in entries(document, "units"):
            kind = unit.text("kind")
            annex = ANNEX_OF[UnitKind(kind)] if kind in ANNEX_OF else None
            if annex in missing:
                missing.discard(annex)
                what = f"{kind}适用附件{annex}，但 rubric/ 里没有该附件的细则"
                yield unit.problem("kind", what, "请补上细则文件（zwgk init 会在新文件夹生成）")
