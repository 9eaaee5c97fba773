"""The registry's files together: what one file cannot know (ids taken, names claimed twice), and notices."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from pydantic import ValidationError

from config.document import Document, Loc
from config.entries import Entry, entries, inside
from config.mistakes import problems_of
from config.schema import RegistryFile
from domain.errors import Problem
from domain.units import NEW_MEDIA, AccountState, ColumnKind, RegistrationState, Registry

LISTS = ("columns", "accounts", "apps")


def check_registry(documents: Sequence[Document]) -> list[Problem]:
    """Every mistake in the registry's files, those of the schema first."""
    found = [problem for document in documents for problem in _shape(document)]
    found += _ids_taken(documents)
    found += _names_claimed(documents)
    found += _registered_twice(documents)
    return found


def build_registry(documents: Sequence[Document]) -> Registry:
    """The registry of files that have been checked."""
    files = [RegistryFile.model_validate(document.data or {}) for document in documents]
    units = [entry for file in files for entry in file.units]
    shared = [column.to_domain(None) for file in files for column in file.shared_columns]
    return Registry(
        units=tuple(unit.to_domain() for unit in units),
        columns=(*(column.to_domain(unit.id) for unit in units for column in unit.columns), *shared),
        accounts=tuple(account.to_domain(unit.id) for unit in units for account in unit.accounts),
        apps=tuple(app.to_domain(unit.id) for unit in units for app in unit.apps),
        registrations=tuple(entry.to_domain(unit.id) for unit in units for entry in unit.registrations),
        other_publishers=tuple(name for file in files for name in file.other_publishers),
    )


def notice_registry(documents: Sequence[Document]) -> list[Problem]:
    """What is allowed but should be known: subjects on trial, units without any subject, contradictions."""
    found = [notice for _, entry in _subjects(documents) for notice in _on_trial(entry)]
    found += _same_address(documents)
    found += _contradictions(documents)
    found += _shared_by_nobody(documents)
    found += [notice for document in documents for notice in _bare(document)]
    return found


def _subjects(documents: Sequence[Document]) -> Iterator[tuple[str, Entry]]:
    for document in documents:
        for kind in LISTS:
            yield from ((kind, entry) for entry in entries(document, "units", kind))
        yield from (("columns", entry) for entry in entries(document, "shared_columns"))


def _shape(document: Document) -> list[Problem]:
    try:
        RegistryFile.model_validate({} if document.data is None else document.data)
    except ValidationError as error:
        return problems_of(document, error, RegistryFile)
    return []


def _ids_taken(documents: Sequence[Document]) -> Iterator[Problem]:
    units = (("units", unit) for document in documents for unit in entries(document, "units"))
    first: dict[tuple[str, str], Entry] = {}
    for kind, entry in (*units, *_subjects(documents)):
        taken = first.setdefault((kind, entry.text("id")), entry)
        if taken is not entry and entry.text("id"):
            what = f"编号“{entry.text('id')}”已经用过（{taken.place}）"
            yield entry.problem("id", what, "编号不能重复，请改其中一个；如果写了两遍，请删去一处")


def _names_claimed(documents: Sequence[Document]) -> Iterator[Problem]:
    claims: dict[str, Entry] = {}
    for document in documents:
        for unit in entries(document, "units"):
            for loc, name in _names(unit):
                holder = claims.setdefault(plain(name), unit)
                if holder is not unit:
                    what = f"“{name}”已经是“{holder.text('name')}”的名称或别名（{holder.place}）"
                    way_out = "一个发布机构名称只能归一个单位，请删去其中一处"
                    yield document.problem(loc, what, way_out)
    yield from _others_claimed(documents, claims)


def _others_claimed(documents: Sequence[Document], claims: Mapping[str, Entry]) -> Iterator[Problem]:
    """A spelling said to be no assessed unit may not be one's name: its rows would count for nobody."""
    for document in documents:
        others = document.data.get("other_publishers") if isinstance(document.data, dict) else None
        for index, name in enumerate(others if isinstance(others, list) else ()):
            holder = claims.get(plain(name)) if isinstance(name, str) else None
            if holder is not None:
                what = f"“{name}”是“{holder.text('name')}”的名称或别名（{holder.place}），却写成了非考核单位"
                yield document.problem(("other_publishers", index), what, "请删去其中一处")


def _names(unit: Entry) -> Iterator[tuple[Loc, str]]:
    if unit.text("name"):
        yield (*unit.loc, "name"), unit.text("name")
    aliases = unit.data.get("aliases")
    for index, alias in enumerate(aliases if isinstance(aliases, list) else ()):
        if isinstance(alias, str) and alias.strip():
            yield (*unit.loc, "aliases", index), alias.strip()


def plain(name: str) -> str:
    """A name for comparing: full-width and half-width forms are one, blanks do not count."""
    return "".join(unicodedata.normalize("NFKC", name).split())


def _registered_twice(documents: Sequence[Document]) -> Iterator[Problem]:
    for document in documents:
        for unit in entries(document, "units"):
            first: dict[tuple[str, str], Entry] = {}
            for entry in inside(unit, "registrations"):
                key = (entry.text("kind"), entry.text("since"))
                taken = first.setdefault(key, entry)
                if taken is not entry and all(key):
                    what = f"“{key[0]}”在 {key[1]} 已经登记过（{taken.place}），不知道以哪个为准"
                    yield entry.problem("kind", what, "请删去一条，或改 since 的日期")


def _on_trial(entry: Entry) -> Iterator[Problem]:
    judged = entry.text("state") not in {AccountState.CLOSED, AccountState.NOT_INVOLVED}
    if judged and not entry.text("monitored_from"):
        way_out = "核对首次读数无误后，写上 monitored_from: 日期，从那天起计分"
        yield entry.problem("monitored_from", "没有写起算日期，处于试运行：只监测，不扣分", way_out)


def _contradictions(documents: Sequence[Document]) -> Iterator[Problem]:
    for document in documents:
        for unit in entries(document, "units"):
            watched = {entry.text("kind") for entry in inside(unit, "columns")}
            if any(inside(unit, "accounts")) or any(inside(unit, "apps")):
                watched.add(NEW_MEDIA)
            for entry in inside(unit, "registrations"):
                if entry.text("kind") in watched and entry.text("state") != RegistrationState.MONITORED:
                    what = f"“{entry.text('kind')}”登记为 {entry.text('state')}，但该单位又有这一类监测对象"
                    yield entry.problem("state", what, "请核对：已停用的监测对象请写 valid_to")


def _shared_by_nobody(documents: Sequence[Document]) -> Iterator[Problem]:
    """Rows of a shared column count only for units registered for its kind; upper notices for all."""
    registered = {ColumnKind.CRITICISM.value} | {
        entry.text("kind")
        for document in documents
        for entry in entries(document, "units", "registrations")
        if entry.text("state") == RegistrationState.MONITORED
    }
    for document in documents:
        for column in entries(document, "shared_columns"):
            kind = column.text("kind")
            if kind not in registered:
                way_out = f"请在相关单位的 registrations 里写 {{kind: {kind}, state: monitored, since: 日期}}"
                yield column.problem("kind", f"没有单位登记由共用栏目考核“{kind}”", way_out)


def _same_address(documents: Sequence[Document]) -> Iterator[Problem]:
    first: dict[str, Entry] = {}
    for _, entry in _subjects(documents):
        listing = f"{entry.text('store')} {entry.data.get('listing') or ''}".strip()
        url = f"{entry.text('url') or entry.text('package_url') or entry.text('page_url')} {listing}".strip()
        taken = first.setdefault(url, entry)
        if taken is not entry and url:
            what = f"与“{taken.text('name')}”（{taken.place}）是同一个网址"
            yield entry.problem("url", what, "请核对网址；几个单位共用的栏目请写到 shared_columns")


def _bare(document: Document) -> Iterator[Problem]:
    bare = [
        unit.text("name")
        for unit in entries(document, "units")
        if not any(unit.data.get(kind) for kind in LISTS)
    ]
    if bare:
        named = "、".join(bare[:3]) + ("等" if len(bare) > 3 else "")
        what = f"{len(bare)} 个单位还没有监测对象（{named}）"
        yield document.problem(("units",), what, "请按文件开头的示例补上栏目和账号，没有对象就没有得分依据")
