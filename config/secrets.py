"""Keys of account sources: DIR/secrets.yaml, overlaid by ZWGK_SECRET_<NAME>_APPID and _SECRET.
Addresses of messages likewise: `name: {urls: [...]}`, or ZWGK_SECRET_<NAME>_URLS, parted by blanks.

No message shows a value. The file is for its owner alone.
"""

import os
import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from config.document import WHOLE_FILE, Document, read_document
from config.fields import SLUG
from config.settings import Settings, secret_from_environment
from domain.credentials import Credential
from domain.errors import ConfigError, Problem

SECRETS_FILE = "secrets.yaml"
PARTS = ("appid", "secret")
URLS = "urls"
VALUE = re.compile(r"[\x21-\x7e]{1,200}")
ADDRESS = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://\S{1,1000}")
LAYOUT = (
    "请写成 名称: {appid: '…', secret: '…'}（名称与账号的 credential 一致），"
    "或 名称: {urls: ['…']}（名称与 notify 的 name 一致）"
)


def load_secrets(settings: Settings, names: Collection[str]) -> Mapping[str, Credential]:
    """The keys of these names as far as they are filled in. Raises ConfigError."""
    found, problems = read_secrets(settings, names)
    if problems:
        raise ConfigError(problems)
    return found


def read_secrets(
    settings: Settings, names: Collection[str]
) -> tuple[Mapping[str, Credential], list[Problem]]:
    """The keys, and what is wrong with the file; it need not exist unless the settings name it."""
    entries, problems = _from_file(settings)
    written = {name: Credential(**value) for name, value in entries.items() if URLS not in value}
    found = {}
    for name in names:
        said = {part: secret_from_environment(name, part) for part in PARTS}
        given = {part: value for part, value in said.items() if value}
        found[name] = replace(written.get(name, Credential()), **given)
    return found, problems


def load_addresses(settings: Settings) -> Mapping[str, tuple[str, ...]]:
    """Where messages go, by the names in `notify`; () for a name not filled in. Raises ConfigError."""
    found, problems = read_addresses(settings)
    if problems:
        raise ConfigError(problems)
    return found


def read_addresses(settings: Settings) -> tuple[Mapping[str, tuple[str, ...]], list[Problem]]:
    """The addresses, and what is wrong with the file; these are secrets like any key."""
    entries, problems = _from_file(settings)
    found = {}
    for name in {one.name for one in settings.notify}:
        said = secret_from_environment(name, URLS).split()
        found[name] = tuple(said or entries.get(name, {}).get(URLS, ()))
    return found, problems


def secrets_path(settings: Settings) -> Path:
    """A relative path is relative to the deployment."""
    return settings.dir / (settings.secrets_file or SECRETS_FILE)


def _from_file(settings: Settings) -> tuple[dict[str, Any], list[Problem]]:
    path = secrets_path(settings)
    if not settings.secrets_file and not path.exists():
        return {}, []
    if path.is_file() and os.name == "posix" and path.stat().st_mode & 0o077:
        way_out = f"请运行 chmod 600 {path}；如可能已被他人看到，请单位重置 AppSecret"
        return {}, [Problem(str(path), None, WHOLE_FILE, "本机的其他用户可以读取凭据文件", way_out)]
    document, problems = read_document(path)
    if document is None or problems:
        return {}, problems
    return _read(document)


def _read(document: Document) -> tuple[dict[str, Any], list[Problem]]:
    data = {} if document.data is None else document.data
    if not isinstance(data, dict):
        return {}, [document.problem((), "最外层应是一组“名称: 凭据”", LAYOUT)]
    problems = [problem for name, value in data.items() for problem in _mistakes(document, name, value)]
    return {} if problems else data, problems


def _mistakes(document: Document, name: str, value: Any) -> list[Problem]:
    """What is wrong with one entry; a name that could be a value in the wrong place is not repeated."""
    named = SLUG.fullmatch(name) and isinstance(value, dict)
    if named and set(value) == {URLS}:
        return _bad_addresses(document, name, value[URLS])
    if not named or set(value) != set(PARTS):
        line = document.line((name,))
        return [Problem(str(document.path), line, WHOLE_FILE, "这一条不是“名称: 凭据”", LAYOUT)]
    return [
        document.problem((name, part), "应是不含空格的英文字母、数字和符号", "请加上引号，重新从平台复制")
        for part in PARTS
        if not isinstance(value[part], str) or not VALUE.fullmatch(value[part])
    ]


def _bad_addresses(document: Document, name: str, value: Any) -> list[Problem]:
    if isinstance(value, list) and value and all(isinstance(u, str) and ADDRESS.fullmatch(u) for u in value):
        return []
    way_out = "请写成列表，每项是一个 apprise 网址并加引号，如 ['mailtos://…', 'wecombot://…']"
    return [document.problem((name, URLS), "应是通知地址的列表", way_out)]
