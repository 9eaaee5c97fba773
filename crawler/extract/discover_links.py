"""The links of a portal's page: where each leads, where it stands, and whether it can be a column. Pure."""

import re
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urljoin, urlsplit

from bs4 import BeautifulSoup
from bs4.element import Tag

from crawler.extract.discover_names import DATE, is_more, is_name, name_of_link, names, text_within

MAX_CHARS = 1_500_000
"""Characters of a page that are looked at; no portal's home page comes near."""
MAX_LINKS = 5_000
_CLOSED = re.compile(r"</(?:html|body)\s*>", re.I)
_FILE = re.compile(r"\.(?:pdf|docx?|wps|xlsx?|pptx?|zip|rar|jpe?g|png|gif|apk|mp4|ofd|css|js|ico|exe)$", re.I)
_DOCUMENT = re.compile(
    r"/t20\d{6}_\d+|/20\d\d[-/_]?(?:0[1-9]|1[0-2])(?:[-/_]?[0-3]\d)?/[\w-]+\.\w+$|/art/20\d\d/\d+/\d+/|"
    r"/content_\d+|/content/post_|/info/\d+/\d+\.|/c\d+/20\d{4,6}/"
)
_LONG_NUMBER = re.compile(r"[0-9a-f]{24,}|[/_-]\d{8,}\.|[?&](?:id|aid|newsid|infoid)=\d{5,}", re.I)
_UTILITY = re.compile(
    r"^(?:(?:网站|返回|回到|本站)?首页|主页|返回.{0,6}|网站地图|站点地图|联系我们|联系方式|关于(?:我们|本站|网站)|设为首页|加入收藏|收藏本站"
    r"|无障碍.{0,6}|长者.{0,6}|关怀版|适老.{0,6}|简体.{0,3}|繁[體体].{0,3}|English|隐私.{0,6}|免责声明|法律声明|版权.{0,4}|使用帮助|RSS.{0,4}"
    r"|(?:用户|会员|个人)?(?:登录|登陆|注册|退出)|(?:手机|移动|电脑|触屏|PC|旧|老|新)版.{0,3}|网站(?:声明|帮助|导航|找错)|帮助|打印|关闭(?:窗口)?"
    r"|搜索|检索|高级搜索|智能(?:问答|客服|搜索)|(?:上|下)一[页篇条张]|[尾末]页|分享.{0,5}|返回顶部|TOP|.{0,8}邮箱.{0,4}|邮件系统|.{0,3}ICP备.{0,14}"
    r"|蒙[古文].{0,3}|.{0,8}公网安备.{0,12}|微信|微博|客户端|扫一扫|网站标识码.{0,14})$",
    re.I,
)
_PLACES = (
    ("foot", re.compile(r"foot|copyright|(?:^|[\s_-])bottom|friend|yqlj|yqlink|flink|link_?box|wzlj", re.I)),
    ("nav", re.compile(r"nav|menu|daohang|(?:^|[\s_-])dh(?:$|[\s_-])|(?:^|[\s_-])header", re.I)),
)
_PLACE_TAGS = {"footer": "foot", "nav": "nav", "header": "nav"}
_HEADING_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "dt", "caption", "th", "legend"})
_HEADING_NAMES = re.compile(
    r"tit|(?:^|[\s_-])(?:hd|head|tab|til|bt|lm|cur|on|active)(?:$|[\s_-]|\d)|lanmu|name", re.I
)


@dataclass(frozen=True, slots=True, eq=False)
class Link:
    """A link that is none of the page's furniture. `key`: equal for addresses of one page.

    `place`: "nav", "foot", "heading" or "". `entry`: it leads to a document, not to a column.
    """

    el: Tag
    url: str
    key: str
    name: str
    place: str
    more: bool
    entry: bool
    other_host: bool


@dataclass(slots=True)
class Harvest:
    """All links of a page, and how many were left out, by reason in Chinese."""

    soup: BeautifulSoup
    base_url: str
    links: list[Link] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


def soup_of(text: str) -> BeautifulSoup:
    """The page as BeautifulSoup has it; headers that close the page in its middle do not end it."""
    return BeautifulSoup(_CLOSED.sub("", text[:MAX_CHARS].replace("\x00", "")), "lxml")


def harvest(soup: BeautifulSoup, page_url: str) -> Harvest:
    """The page's links in reading order. `page_url`: its address; `<base href>` is heeded."""
    base = soup.find("base", href=True)
    base_url = absolute(str(base["href"]), page_url) if isinstance(base, Tag) else None
    found = Harvest(soup, base_url or page_url)
    home, own = site_of(page_url), page_key(page_url)
    places: dict[int, str] = {}
    for el in soup.find_all("a", href=True, limit=MAX_LINKS):
        url = absolute(str(el["href"]), found.base_url)
        if url is None:
            found.left_out["脚本、锚点或邮件链接"] += 1
            continue
        name, more = name_of_link(el), is_more(el)
        key = page_key(url)
        if key == own or not (urlsplit(url).path.strip("/") or urlsplit(url).query) and site_of(url) == home:
            found.left_out["指向本页或首页"] += 1
        elif _UTILITY.match(name):
            found.left_out["首页、登录、网站地图之类"] += 1
        else:
            entry = not more and is_entry(el, name, url)
            link = Link(el, url, key, name, _place(el, places), more, entry, site_of(url) != home)
            found.links.append(link)
    return found


def absolute(href: str, base_url: str) -> str | None:
    """The http(s) address a link leads to, without fragment; None for scripts, anchors, mail and such."""
    href = href.strip()
    if not href or href[0] == "#" or len(href) > 2000:
        return None
    try:
        url = urldefrag(urljoin(base_url, href)).url
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username is not None:
        return None
    if not url.isprintable() or any(sign in url for sign in ' "<>{}|\\^`'):
        return None
    return url


def site_of(url: str) -> str:
    """The host of an address, lower case and without www.; "" when it has none."""
    try:
        return (urlsplit(url).hostname or "").lower().removeprefix("www.")
    except ValueError:
        return ""


_INDEX = re.compile(r"/(?:index|default|main)\.(?:s?html?|jsp|php|aspx?)$", re.I)


def page_key(url: str) -> str:
    """The same for addresses of one page: scheme, www., index.html and the closing slash are left out."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return url
    path = _INDEX.sub("/", parts.path or "/").rstrip("/")
    place = f"{site_of(url)}{f':{port}' if port not in (None, 80, 443) else ''}"
    return f"{place}{path}{'?' + parts.query if parts.query else ''}"


def is_entry(el: Tag, name: str, url: str) -> bool:
    """Does the link lead to a document: by its title, its address, or a date beside it?"""
    path = url.split("?", 1)[0]
    if not is_name(name) or _FILE.search(path) or _DOCUMENT.search(path):
        return True
    if len(name) >= 9 and _LONG_NUMBER.search(url):
        return True
    row = el
    for _ in range(3):
        if row.parent is None or row.parent.name in ("ul", "ol", "body", "table", "tbody", "nav"):
            break
        row = row.parent
        text = text_within(row, 120)
        if text is None or len(row.find_all("a", limit=3)) > 2:
            break
        if DATE.search(text):
            return True
    return False


def _place(el: Tag, known: dict[int, str]) -> str:
    """Where on the page a link stands, by its ancestors' tags and names; "heading" for a block's title."""
    if any(
        one is not None and (one.name in _HEADING_TAGS or _HEADING_NAMES.search(names(one)))
        for one in (el, el.parent, el.parent.parent if el.parent else None)
    ):
        area = _area(el, known)
        return area or "heading"
    return _area(el, known)


def _area(el: Tag, known: dict[int, str]) -> str:
    chain: list[Tag] = []
    area = ""
    one: Tag | None = el
    while one is not None and one.name not in ("body", "html", "[document]"):
        if id(one) in known:
            area = known[id(one)]
            break
        chain.append(one)
        one = one.parent
    for one in reversed(chain):
        by_name = next((place for place, pattern in _PLACES if pattern.search(names(one))), "")
        area = known[id(one)] = _PLACE_TAGS.get(one.name) or by_name or area
    return area
