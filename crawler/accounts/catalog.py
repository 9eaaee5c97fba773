"""Adapter name -> adapter, written out."""

from collections.abc import Mapping

from crawler.accounts.base import KeyedSource, Source
from crawler.accounts.jsonfeed import JsonFeedSource
from crawler.accounts.rss import RssSource
from crawler.accounts.rsshub import RsshubSource
from crawler.accounts.we_mp_rss import WeMpRssSource
from crawler.accounts.wechat_album import WechatAlbumSource
from crawler.accounts.wechat_api import WechatApiSource
from crawler.accounts.weibo import WeiboSource
from crawler.accounts.wewe_rss import WeweRssSource

SOURCES: Mapping[str, Source] = {
    "jsonfeed": JsonFeedSource(),
    "rss": RssSource(),
    "rsshub": RsshubSource(),
    "we-mp-rss": WeMpRssSource(),
    "wechat-album": WechatAlbumSource(),
    "weibo": WeiboSource(),
    "wewe-rss": WeweRssSource(),
}

KEYED: Mapping[str, KeyedSource] = {"wechat-api": WechatApiSource()}
"""Those that need a credential; asked through crawler/accounts/client.py."""
