"""The links of a portal's page: where each leads, where it stands, and whether it can be a column. Pure."""

import re
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urljoin, urlsplit

from bs4 import BeautifulSoup
from bs4.element import Tag

from crawler.extract.discover_kinds import guess_kind
from crawler.extract.discover_names import DATE, is_more, is_name, name_of_link, names, text_within

MAX_CHARS = 1_500_000
"""Characters of a page that are looked at; no portal's home page comes near."""
MAX_LINKS = 5_000
MAX_CLICKS = 300
"""Parts of a page that are no links but open an address when clicked."""
_CLOSED = re.compile(r"</(?:html|body)\s*>", re.I)
_FILE = re.compile(r"\.(?:pdf|docx?|wps|xlsx?|pptx?|zip|rar|jpe?g|png|gif|apk|mp4|ofd|css|js|ico|exe)$", re.I)
_DOCUMENT = re.compile(
    r"/t20\d{6}_\d+|/20\d\d[-/_]?(?:0[1-9]|1[0-2])(?:[-/_]?[0-3]\d)?/[\w-]+\.\w+$|/art/20\d\d/\d+/\d+/|"
    r"/content_\d+|/content/post_|/info/\d+/\d+\.|/c\d+/20\d{4,6}/"
)
_NUMBERED = re.compile(r"/\d{3,}(?:[._]\w{1,6})?$")
_LONG_NUMBER = re.compile(r"[0-9a-f]{24,}|[/_-]\d{8,}\.|[?&](?:id|aid|newsid|infoid)=\d{5,}", re.I)
_UTILITY = re.compile(
    r"^(?:(?:网站|返回|回到|本站)?首页|主页|返回.{0,6}|网站地图|站点地图|联系我们|联系方式|关于(?:我们|本站|网站)|设为首页|加入收藏|收藏本站"
    r"|无障碍.{0,6}|长者.{0,6}|关怀版|适老.{0,6}|简体.{0,3}|繁[體体].{0,3}|English|隐私.{0,6}|免责声明|法律声明|版权.{0,4}|使用帮助|RSS.{0,4}"
    r"|(?:用户|会员|个人)?(?:登录|登陆|注册|退出)|(?:手机|移动|电脑|触屏|PC|旧|老|新)版.{0,3}|网站(?:声明|帮助|导航|找错)|帮助|打印|关闭(?:窗口)?"
    r"|搜索|检索|高级搜索|智能(?:问答|客服|搜索)|(?:上|下)一[页篇条张]|[尾末]页|分享.{0,5}|返回顶部|TOP|.{0,8}邮箱.{0,4}|邮件系统|.{0,3}ICP备.{0,14}"
    r"|蒙[古文].{0,3}|.{0,8}公网安备.{0,12}|微信|微博|客户端|扫一扫|网站标识码.{0,14}"
    r"|(?:英文|外文|国际)版|日本[語语]|한국어|(?:个人|用户|会员)(?:中心|空间)|(?:智能)?机器人|(?:政务)?新?媒体矩阵|官方微[博信])$",
    re.I,
)
_PLACES = (
    ("foot", re.compile(r"foot|copyright|(?:^|[\s_-])bottom|friend|yqlj|yqlink|flink|link_?box|wzlj", re.I)),
    ("nav", re.compile(r"nav|menu|daohang|(?:^|[\s_-])dh(?:$|[\s_-])|(?:^|[\s_-])header", re.I)),
)
_PLACE_TAGS = {"footer": "foot", "nav": "nav", "header": "nav"}
_LITERAL = re.compile(
    r"""["']((?:https?:/)?/[^"'\s]{1,500}|[\w./-]{1,200}(?:/|\.(?:s?html?|jspx?|php|aspx?)[^"'\s]{0,200}))["']"""
)
"""An address written out in a script."""
_CALL = re.compile(r"\w\s*\(\s*(?!this\s*\)|0\s*\)|\))")
"""A script called with something: what it opens depends on that. One without only unfolds a menu."""
_CLICKED = ["li", "td", "div", "span", "p", "button", "h2", "h3", "h4", "dt"]
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
    """All links of a page, and how many were left out, by reason in Chinese.

    `scripted`: names of columns that only a script can open, so that nothing tells their address.
    """

    soup: BeautifulSoup
    base_url: str
    links: list[Link] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    scripted: dict[str, None] = field(default_factory=dict)


def soup_of(text: str) -> BeautifulSoup:
    """The page as BeautifulSoup has it; headers that close the page in its middle do not end it."""
    markup = _CLOSED.sub("", text[:MAX_CHARS].replace("\x00", ""))
    # a text without a tag may read like a file's name or an address: the parser would warn of it
    return BeautifulSoup(markup if "<" in markup else f"<p>{markup}", "lxml")


def harvest(soup: BeautifulSoup, page_url: str) -> Harvest:
    """The page's links in reading order. `page_url`: its address; `<base href>` is heeded."""
    base = soup.find("base", href=True)
    base_url = absolute(str(base["href"]), page_url) if isinstance(base, Tag) else None
    found = Harvest(soup, base_url or page_url)
    places: dict[int, str] = {}
    clicked = (el for el in soup.find_all(_CLICKED, onclick=True, limit=MAX_CLICKS) if el.find("a") is None)
    for el in [*soup.find_all(["a", "area"], limit=MAX_LINKS), *clicked]:
        name, url = name_of_link(el), address_of(el, found.base_url)
        if url is None:
            _note_scripted(found, el, name)
        elif reason := _furniture(name, url, page_url):
            found.left_out[reason] += 1
        else:
            found.links.append(_link(el, name, url, _place(el, places), site_of(page_url)))
    return found


def _note_scripted(found: Harvest, el: Tag, name: str) -> None:
    if el.name in ("a", "area"):
        found.left_out["脚本、锚点或邮件链接"] += 1
    called = f"{el.get('href') or ''} {el.get('onclick') or ''}"[:2000]
    if is_name(name) and guess_kind(name).kind and not is_more(el) and _CALL.search(called):
        found.scripted[name] = None


def _furniture(name: str, url: str, page_url: str) -> str:
    """Why a link belongs to the page's furniture, or ""."""
    home, parts = site_of(url) == site_of(page_url), urlsplit(url)
    if page_key(url) == page_key(page_url) or (home and not parts.path.strip("/") and not parts.query):
        return "指向本页或首页"
    return "首页、登录、网站地图之类" if _UTILITY.match(name) else ""


def _link(el: Tag, name: str, url: str, place: str, home: str) -> Link:
    more = is_more(el)
    menu_entry = place == "nav" and is_name(name) and guess_kind(name).kind is not None
    entry = not more and not menu_entry and is_entry(el, name, url)
    return Link(el, url, page_key(url), name, place, more, entry, site_of(url) != home)


def address_of(el: Tag, base_url: str) -> str | None:
    """Where a click leads: the `href`, else an address written in its script; None when nothing says it."""
    href, script = str(el.get("href") or ""), str(el.get("onclick") or "")
    url = absolute(href, base_url)
    if url is not None and not href.strip().startswith("#"):
        return url
    said = _LITERAL.search(href[:2000] if href.strip().lower().startswith("javascript") else script[:2000])
    said = said or _LITERAL.search(script[:2000])
    return absolute(said.group(1), base_url) if said else None


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
    if (len(name) >= 9 and _LONG_NUMBER.search(url)) or (len(name) >= 11 and _NUMBERED.search(path)):
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
