"""WeChat's error codes: why an account could not be read, and the way out (sources.md §4.1 A).

Codes 45011 and 40013 are of general knowledge. WeChat's own words are not
shown: they may repeat what was sent.
"""

import re
from collections.abc import Mapping
from typing import Any

from crawler.accounts.said import words
from domain.readings import AccountReading

STALE_TOKEN = frozenset({40001, 40014, 42001})
"""A fresh token may help."""

WRONG_SECRET = ("auth_expired", "AppSecret 不对或已重置；请单位核对后重新提供，更新 secrets.yaml")
SAID: Mapping[int, tuple[str, str]] = {
    -1: ("rate_limited", "微信系统繁忙；下次监测会自动再读，不用处理"),
    40001: WRONG_SECRET,
    40125: WRONG_SECRET,
    40013: ("auth_expired", "AppID 不对；请单位核对后重新提供，更新 secrets.yaml"),
    40014: ("auth_expired", "访问令牌无效，换新后仍不被接受；请核对 secrets.yaml 里的 appid 和 secret"),
    42001: ("auth_expired", "访问令牌过期，换新后仍不被接受；请查看是否有别的系统也在用这个公众号的凭据"),
    45009: ("rate_limited", "该公众号今天的接口调用次数已用完；次日自动恢复，请单位查看是否有别的系统在用"),
    45011: ("rate_limited", "调用微信接口过于频繁；下次监测会自动再读"),
    48001: ("blocked", "该公众号没有读取发布列表的权限（个人或未认证的号没有）；请改用别的来源或人工查看"),
}
ADDRESS = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b")


def said_by(code: int, said: Mapping[str, Any]) -> AccountReading:
    """The reading an error code stands for."""
    if code == 40164:
        found = ADDRESS.search(words(said.get("errmsg")))
        mine = f"（{found[0]}）" if found else ""
        why = f"本机出口地址{mine}不在该公众号的 IP 白名单里；请单位在微信公众平台的开发设置里加上"
        return AccountReading(reason="blocked", why=f"{why}（错误码 40164）")
    reason, why = SAID.get(code, ("parse_failed", "微信没有给出发布列表；请查微信文档里这个错误码的说明"))
    return AccountReading(reason=reason, why=f"{why}（错误码 {code}）")
