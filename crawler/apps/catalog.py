"""Store -> adapter, written out. A direct download link (`apk`) has none: package.py tries it."""

from collections.abc import Mapping

from crawler.apps.apple import AppleStore
from crawler.apps.base import StoreAdapter
from crawler.apps.huawei import HuaweiStore
from crawler.apps.xiaomi import XiaomiStore
from crawler.apps.yingyongbao import TencentStore
from domain.stores import Store

STORES: Mapping[Store, StoreAdapter] = {
    Store.APPLE: AppleStore(),
    Store.TENCENT: TencentStore(),
    Store.HUAWEI: HuaweiStore(),
    Store.XIAOMI: XiaomiStore(),
}
