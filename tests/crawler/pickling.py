"""Lets readings travel between processes: their label views are not picklable by themselves."""

import copyreg
from collections.abc import Mapping
from types import MappingProxyType


def view(contents: Mapping[str, object]) -> MappingProxyType[str, object]:
    return MappingProxyType(dict(contents))


def install() -> None:
    copyreg.pickle(MappingProxyType, lambda one: (view, (dict(one),)))
