"""Adapter name -> adapter, written out."""

from collections.abc import Mapping

from crawler.accounts.base import Source
from crawler.accounts.rss import RssSource

SOURCES: Mapping[str, Source] = {"rss": RssSource()}
