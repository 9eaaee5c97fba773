"""The links of a portal's page: what each is called, where it leads, and whether it can be a column. Pure."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from urllib.parse import urldefrag, urljoin, urlsplit

from bs4 import BeautifulSoup
from bs4.element import Comment, NavigableString, PageElement, Tag

MAX_CHARS = 1_500_000
"""Characters of a page that are looked at; no portal's home page comes near."""
MAX_LINKS = 5_000
MAX_RUNS = 400
"""Elements and texts of a part that are looked through: rows and headings have fewer."""
NAME_LONGEST = 16
"""Characters of a column's name; longer texts are titles of documents."""

_CLOSED = re.compile(r"</(?:html|body)\s*>", re.I)
_CJK = re.compile(r"[\u3400-\u9fff]")
_BLANK = re.compile(r"[\s\u3000\u200b\ufeff\xa0]+")
_EDGES = "·•●■◆▪►▶>＞»›|｜-—–_+＋.…:：,，[]【】()（）<＜«~ "
_MORE = re.compile(
    r"^(?:查看|阅读|浏览|点击|进入)?(?:更多|全部|更多信息|更多内容|更多服务)?(?:more|MORE|More)?[.…>＞»›+＋\s]*$"
)
_MORE_NAMES = re.compile(r"(?:^|[\s_-])(?:\w{0,10}more\w{0,6}|gd|gengduo)(?:$|[\s_-])|更多", re.I)
_DATE = re.compile(r"(?:19|20)?\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}|[\[(（]?\b[01]\d[-/.][0-3]\d\b[\])）]?")
_SENTENCE = re.compile(r"^关于|的(?:通知|公告|公示|通告|批复|意见|函|说明)$|[，。！？；《》]|\d{4}年|\.\.\.$|…$")
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
_HEADING_NAMES = re.compile(r"tit|(?:^|[\s_-])(?:hd|head|tab|til|bt|lm|cur|on|active)(?:$|[\s_-]|\d)|lanmu|name", re.I)


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
    home, own = host(page_url), page_key(page_url)
    places: dict[int, str] = {}
    for el in soup.find_all("a", href=True, limit=MAX_LINKS):
        url = absolute(str(el["href"]), found.base_url)
        if url is None:
            found.left_out["脚本、锚点或邮件链接"] += 1
            continue
        name, more = name_of_link(el), is_more(el)
        key = page_key(url)
        if key == own or not (urlsplit(url).path.strip("/") or urlsplit(url).query) and host(url) == home:
            found.left_out["指向本页或首页"] += 1
        elif _UTILITY.match(name):
            found.left_out["首页、登录、网站地图之类"] += 1
        else:
            entry = not more and is_entry(el, name, url)
            link = Link(el, url, key, name, _place(el, places), more, entry, host(url) != home)
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
    if parts.scheme not in {"http", "https"} or not parts.hostname or _BLANK.search(url):
        return None
    return url


def host(url: str) -> str:
    """The host of an address, lower case; "" when it has none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


_INDEX = re.compile(r"/(?:index|default|main)\.(?:s?html?|jsp|php|aspx?)$", re.I)


def page_key(url: str) -> str:
    """The same for addresses that open the same page: scheme, index.html and the closing slash left out."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return url
    path = _INDEX.sub("/", parts.path or "/").rstrip("/")
    place = f"{(parts.hostname or '').lower()}{f':{port}' if port not in (None, 80, 443) else ''}"
    return f"{place}{path}{'?' + parts.query if parts.query else ''}"


def tidy(text: str) -> str:
    """A name without blanks and the marks that decorate it."""
    return _BLANK.sub("", text).strip(_EDGES)


def is_name(text: str) -> bool:
    """Can this be what a column is called?"""
    return 2 <= len(text) <= NAME_LONGEST and len(_CJK.findall(text)) >= 2 and not _SENTENCE.search(text)


def name_of_link(el: Tag) -> str:
    """What a link is called: its Chinese text, else its title, else its picture's caption; "" for none."""
    parts = [part for part in map(tidy, strings(el)) if _CJK.search(part) and not _DATE.fullmatch(part)]
    whole = "".join(parts)
    title = tidy(str(el.get("title") or ""))
    if parts and not is_name(whole) and is_name(parts[0]) and len(parts) > 1:
        return parts[0]
    if whole.endswith(("…", "...")) and is_name(title):
        return title
    if whole:
        return whole
    captions = [title, *(tidy(str(img.get("alt") or img.get("title") or "")) for img in el.find_all("img", limit=3))]
    return next((one for one in captions if _CJK.search(one)), tidy(el.get_text()[:200]))


def strings(el: PageElement) -> Iterator[str]:
    """The visible characters below an element, run by run."""
    runs = el.descendants if isinstance(el, Tag) else (el,)
    for run in islice(runs, MAX_RUNS):
        if isinstance(run, NavigableString) and not isinstance(run, Comment) and run.strip():
            if run.parent is None or run.parent.name not in ("script", "style", "noscript", "template"):
                yield str(run)


def text_within(el: PageElement, most: int) -> str | None:
    """An element's characters; None when there are more than `most`, or the element is large."""
    if isinstance(el, Tag) and next(islice(el.descendants, MAX_RUNS, None), None) is not None:
        return None
    said: list[str] = []
    size = 0
    for run in strings(el):
        said.append(run)
        size += len(run.strip())
        if size > most:
            return None
    return "".join(said)


def is_more(el: Tag) -> bool:
    """Does the link only say “more”? In words, by a picture, or by its class when it says nothing."""
    text = _BLANK.sub("", "".join(islice(strings(el), 20)))
    if text:
        return len(text) <= 8 and (_MORE.match(text) is not None or text.strip(_EDGES) in ("", "更多", "more"))
    captions = [str(el.get("title") or "")]
    captions += [str(img.get("alt") or "") + str(img.get("src") or "")[-40:] for img in el.find_all("img", limit=2)]
    said = " ".join(captions).strip()
    if said and re.search(r"更多|more|gengduo", said, re.I):
        return True
    around = [el, el.parent] if el.parent is not None else [el]
    return not said and any(_MORE_NAMES.search(names(one)) for one in around)


def names(el: Tag) -> str:
    """An element's classes and id."""
    classes = el.get("class") or ""
    return f"{classes if isinstance(classes, str) else ' '.join(classes)} {el.get('id') or ''}"[:200]


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
        if _DATE.search(text):
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
