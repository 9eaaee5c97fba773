"""Adapter name -> adapter, written out."""

from collections.abc import Mapping

from crawler.accounts.base import Source
from crawler.accounts.rss import RssSource
from crawler.accounts.wechat_album import WechatAlbumSource
from crawler.accounts.weibo import WeiboSource

SOURCES: Mapping[str, Source] = {
    "rss": RssSource(),
    "wechat-album": WechatAlbumSource(),
    "weibo": WeiboSource(),
}
