"""What every app store's adapter is: how its listing is asked for, and what an answer says of it."""

import re
from typing import Literal, Protocol

from crawler.answers import Answer, Ask
from domain.readings import PackageReading
from domain.stores import STORE_NAMES, Store
from domain.units import App

Verdict = Literal["ok", "broken", "unknown"]

GONE = re.compile(
    r"(找不到|未找到|没有找到|不存在)(该|此|这个|这款|您要的|您查找的|相关|对应的?)?(应用|软件|app)($|[，。,.！!\s])"
    r"|(应用|软件|\bapp) ?(不存在|已下架|找不到|not found|(does )?not exist)",
    re.IGNORECASE,
)
"""A store's clear word that it does not have the app. A page, address or interface not found is none."""


class StoreAdapter(Protocol):
    """One store. Both are pure; `said` gets answers of status 200 only and never raises."""

    def ask(self, app: App, *, urgent: bool) -> Ask: ...

    def said(self, app: App, answer: Answer) -> PackageReading: ...


def reading(verdict: Verdict, why: str) -> PackageReading:
    return PackageReading(verdict=verdict, why=why, listing=True)


def delisted(store: Store) -> PackageReading:
    """Not there today. Charged only where it was seen there before, and after a look on another day."""
    return reading("broken", f"在{STORE_NAMES[store]}查不到")


def unclear(store: Store, what: str) -> PackageReading:
    return reading("unknown", f"{STORE_NAMES[store]}{what}，未能核对")
