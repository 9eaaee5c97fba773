"""Tells of firewall and challenge pages, as data: add a row, not a rule.

Each has a name for people and marks that must all stand in the page (lower case). They are asked only of
pages on which nothing was read; `alone` marks count only where a page shows next to no text of its own.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signature:
    """All `marks` in the page: it is blocked by `name`. `max_text`: visible characters it may have."""

    name: str
    marks: tuple[str, ...]
    max_text: int = 1500


SIGNATURES: tuple[Signature, ...] = (
    Signature("加速乐", ("__jsl_clearance",)),
    Signature("加速乐", ("__jsluid",)),
    Signature("加速乐", ("document.cookie=('_')+('_')+('j')+('s')+('l')",)),
    Signature("加速乐", ("document.cookie=", "location.href=location.pathname+location.search")),
    Signature("瑞数", ("$_ts=window['$_ts']",), 300),
    Signature("瑞数", ('$_ts["', "nsd"), 300),
    Signature("瑞数", ("$_ts.cd",), 300),
    Signature("瑞数", ("$_ts", '<meta id="'), 300),
    Signature("瑞数", ("$_ts", "r='m'"), 300),
    Signature("瑞数", ("$_ss", "$_ts"), 300),
    Signature("瑞数", ("$_ts",), 60),
    Signature("瑞数", ("fssbb",), 300),
    Signature("知道创宇", ("yunsuo_session",)),
    Signature("知道创宇", ("365cyd",)),
    Signature("知道创宇", ("knownsec", "拦截")),
    Signature("云锁", ("yunsuo", "security_session")),
    Signature("安全狗", ("safedog",)),
    Signature("安全狗", ("网站防火墙", "拦截")),
    Signature("宝塔防火墙", ("宝塔", "拦截")),
    Signature("D盾", ("d盾", "拦截")),
    Signature("阿里云盾", ("acw_sc__v2",)),
    Signature("阿里云盾", ("errors.aliyun.com",)),
    Signature("阿里云盾", ("您的访问被阻断",)),
    Signature("阿里云盾", ("aliyun_waf",)),
    Signature("腾讯云防火墙", ("waf.tencent",)),
    Signature("腾讯云防火墙", ("tencentcloud", "拦截")),
    Signature("华为云防火墙", ("hwwafsesid",)),
    Signature("百度云加速", ("yunjiasu", "challenge")),
    Signature("奇安信防火墙", ("360wzws",)),
    Signature("奇安信防火墙", ("wzws_cid",)),
    Signature("奇安信防火墙", ("wangzhan.qianxin",)),
    Signature("奇安信防火墙", ("wzwschallenge",)),
    Signature("深信服防火墙", ("sangfor", "拦截")),
    Signature("安恒防火墙", ("mingyu", "waf")),
    Signature("长亭雷池", ("safeline",)),
    Signature("长亭雷池", ("chaitin",)),
    Signature("Cloudflare", ("cf-browser-verification",)),
    Signature("Cloudflare", ("/cdn-cgi/challenge-platform",), 600),
    Signature("Cloudflare", ("just a moment", "cloudflare")),
    Signature("Incapsula", ("_incapsula_resource",), 400),
    Signature("F5", ("the requested url was rejected", "support id")),
    Signature("F5", ("bobcmn", "tspd")),
    Signature("通用验证", ("请开启javascript并刷新",)),
    Signature("通用验证", ("please enable javascript and refresh",)),
    Signature("通用验证", ("浏览器安全检查",)),
    Signature("通用验证", ("安全验证", "滑")),
    Signature("通用验证", ("人机验证",)),
    Signature("通用验证", ("机器人验证",)),
    Signature("通用验证", ("完成验证", "继续访问")),
    Signature("通用验证", ("访问过于频繁",)),
    Signature("通用验证", ("访问频率过高",)),
    Signature("通用验证", ("请求过于频繁",)),
    Signature("通用拦截", ("请求被拦截",)),
    Signature("通用拦截", ("访问被拦截",)),
    Signature("通用拦截", ("访问被拒绝",)),
    Signature("通用拦截", ("访问已被拦截",)),
    Signature("通用拦截", ("拦截", "安全策略")),
    Signature("通用拦截", ("拦截", "不合法的参数")),
    Signature("通用拦截", ("拦截", "攻击")),
    Signature("通用拦截", ("请求", "存在威胁")),
    Signature("通用拦截", ("可能对网站造成安全威胁",)),
    Signature("通用拦截", ("安全风险", "拦截")),
    Signature("通用拦截", ("疑似", "攻击"), 600),
    Signature("通用拦截", ("访问", "造成威胁"), 600),
    Signature("通用拦截", ("云防护", "阻断"), 600),
    Signature("通用拦截", ("web应用防火墙",)),
    Signature("通用拦截", ("access denied", "waf")),
    Signature("通用拦截", ("request blocked",)),
    Signature("通用拦截", ("您的ip", "禁止")),
    Signature("通用拦截", ("ip", "已被", "封禁")),
    Signature("通用拦截", ("ip", "黑名单")),
    Signature("通用拦截", ("event_id", "waf")),
)

BLOCKING_STATUS = {412: "瑞数", 418: "防火墙", 429: "访问过于频繁", 521: "加速乐"}
"""HTTP statuses that mean a challenge by themselves when the page shows nothing."""

NOT_FOUND_WORDS = (
    "页面不存在", "页面未找到", "找不到页面", "页面没有找到", "页面找不到", "网页不存在",
    "找不到网页", "页面已删除", "页面已被删除", "页面已经不存在", "您访问的页面", "你访问的页面",
    "您要访问的页面", "您所访问的页面", "您要查看的页面", "您查找的页面", "你要找的页面",
    "您要找的页面", "无法找到该页", "无法找到您", "该页无法显示", "内容不存在", "文章不存在",
    "信息不存在", "栏目不存在", "资源不存在", "请求的页面", "404错误", "404页面", "网站已关闭",
    "网页无法访问", "您访问的内容",
    "你访问的内容", "页面走丢了", "页面丢失", "not found", "404 error", "error 404", "http 404",
)  # fmt: skip
"""Said in a short run of text of its own, outside links, or in the title: a "not found" page."""
