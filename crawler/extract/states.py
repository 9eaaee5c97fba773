"""Why a page shows no list: a firewall, a login, "not found", rows made by script, an empty column. Pure.

Asked only when no dated list was read, so that a page with content is never called blocked. Each test says
what it saw, in Chinese, or "".
"""

import re
from dataclasses import dataclass

from crawler.extract.page_tree import Page, shown_in
from crawler.extract.wall_signatures import BLOCKING_STATUS, NOT_FOUND_WORDS, SIGNATURES

_LETTERS = re.compile(r"\s+")
MARKS_LOOKED_AT = 400_000
"""Characters of a page in which signatures are looked for."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The page's markup and tree (None: no markup in it) and its status."""

    text: str
    page: Page | None
    status: int

    @property
    def shown(self) -> int:
        """Visible characters."""
        if self.page is None:
            return len(_LETTERS.sub("", self.text)) if "<" not in self.text else 0
        return sum(len(text.text.strip()) for text in self.page.texts)


def blocked(answer: Answer) -> str:
    """The firewall or challenge that answered instead of the portal."""
    shown = answer.shown
    if shown > 1500:
        return ""
    lowered = answer.text[:MARKS_LOOKED_AT].lower()
    squeezed = lowered.replace(" ", "") if "$_ts" in lowered or "cookie" in lowered else lowered
    for one in SIGNATURES:
        if shown <= one.max_text and all(mark in lowered or mark in squeezed for mark in one.marks):
            return f"{one.name}的拦截或验证页"
    if answer.status in BLOCKING_STATUS and shown < 300:
        return f"{BLOCKING_STATUS[answer.status]}的拦截或验证页（HTTP {answer.status}）"
    if answer.page is not None and shown < 20 and _is_cookie_challenge(lowered):
        return "脚本设置 Cookie 后重新载入的验证页"
    return ""


def _is_cookie_challenge(lowered: str) -> bool:
    reloads = "location.reload" in lowered or "location.href" in lowered or "location.replace" in lowered
    return "document.cookie" in lowered and (reloads or "eval(" in lowered)


_LOGIN_WORDS = re.compile(
    r"登\s*[录陆]|统一身份认证|请先登|用户名|账号|帐号|密\s*码|sign\s*in|log\s*in", re.I
)


def login(answer: Answer) -> str:
    """A form that asks for a password, and little else."""
    page = answer.page
    if page is None:
        return ""
    asks = [el for el in page.root.iter("input") if (el.get("type") or "").lower() == "password"]
    if asks and answer.shown < 600 and len(page.links) < 40:
        return "页面是登录表单（有密码输入框）"
    if answer.shown < 300 and re.search(r"登录|统一身份认证|login", page.title, re.I):
        return f"页面是登录页（标题“{page.title[:30]}”）"
    if answer.shown < 120 and re.search(
        r"请先?登[录陆]|登录(?:已)?(?:超时|过期)|未登录", "".join(t.text for t in page.texts)
    ):
        return "页面要求先登录"
    return ""


def soft_404(answer: Answer) -> str:
    """A "not found" page under a status that says otherwise: in the title, or in a run of text of its own."""
    page = answer.page
    if page is None:
        return ""
    title = page.title.lower()
    if title and (any(word in title for word in NOT_FOUND_WORDS) or re.match(r"^\W*404\b", title)):
        return f"标题“{page.title[:30]}”表明页面不存在"
    runs = [text.text.strip() for text in page.texts if text.link is None and not text.hidden]
    runs = [run for run in runs if len(run) <= 60]
    joined = "\n".join(runs).lower()
    if "404" not in joined and not any(word in joined for word in NOT_FOUND_WORDS):
        return ""
    said = next((run for run in runs if _says_not_found(run.lower())), "")
    return f"页面写着“{said[:30]}”" if said else ""


def _says_not_found(run: str) -> bool:
    if run in ("404", "404!", "404！"):
        return True
    return any(word in run for word in NOT_FOUND_WORDS) and not re.search(
        r"登录|正在|加载|翻译|打印|收藏", run
    )


_WORKS = "(?:升级|改造|改版|维护|迁移|割接|检修|抢修)"
_SITE = "(?:网站|本站|系统|站点|平台|服务器|数据库)"
_TROUBLE = re.compile(
    r"(?:操作|访问|请求|提交|查询|刷新)\S{0,4}(?:频繁|频率|[过太]快)|访问(?:量|人数)[过太][大多]|访问受限"
    r"|(?:数据库|服务器|系统|网络|接口|程序|后台)\S{0,6}(?:错误|异常|出错|故障|失败|繁忙|超时|中断|不可用|无响应)"
    r"|(?:服务|网站|站点|平台)\S{0,4}(?:异常|故障|繁忙|超时|中断|不可用|无响应)"
    r"|(?:加载|载入|查询|检索|请求|获取|读取|连接|打开)\S{0,4}(?:失败|出错|异常|超时|错误)"
    rf"|{_SITE}\S{{0,6}}(?:正在|进行)\S{{0,6}}{_WORKS}|(?:正在|进行|因)\S{{0,4}}{_SITE}\S{{0,4}}{_WORKS}"
    rf"|{_SITE}\S{{0,6}}{_WORKS}(?:中|期间)"
    r"|暂停(?:服务|访问|使用)|稍[后候]再?重?试|[请新]刷新|重新加载|无权(?:限)?(?:访问|查看)|没有权限|权限不足"
    r"|\b(?:error|exception|time[d ]{0,2}out|too many requests|unavailable)\b",
    re.I,
)
MAX_TROUBLE = 80
"""Characters of a run that tells of trouble; a longer one is an article's."""
MAX_RUNS = 3000
"""Runs of text in which trouble is looked for: more than a page without a list shows."""


def trouble(page: Page) -> str:
    """The words with which a site says that it could not answer: throttled, broken, under maintenance.

    A column that calls itself 建设中 or 更新中 is in no such trouble. Asked before a page is called empty.
    """
    for text in page.texts[:MAX_RUNS]:
        run = text.text.strip()
        if text.hidden or text.link is not None or not 4 <= len(run) <= MAX_TROUBLE:
            continue
        if _TROUBLE.search(run) and not page.places[text.el].part:
            return f"页面写着“{run[:30]}”"
    return ""


_REFRESH = re.compile(r"^\s*(\d{1,4})\s*[;,]\s*url\s*=\s*['\"]?([^'\"\s>]{1,500})", re.I)
_JUMP = re.compile(
    r"""(?:location(?:\.href)?\s*=|location\.(?:replace|assign)\(|window\.open\()\s*['"]([^'"\s]{1,500})['"](?!\s*\+)""",
    re.I,
)
_WRITTEN_REFRESH = re.compile(
    r"http-equiv\s*=\s*\\?[\"']?refresh[^>]{0,80}?url\s*=\s*([^\"'\\\s>]{1,500})", re.I
)


def redirect(answer: Answer) -> str | None:
    """Where a stub without content sends its visitors."""
    page = answer.page
    if page is None or answer.shown > 60 or len(page.links) > 3:
        return None
    for name, content in page.metas():
        if name == "refresh" and (found := _REFRESH.match(content)):
            return found.group(2)
    for script in page.scripts():
        if found := _WRITTEN_REFRESH.search(script[:20_000]) or _JUMP.search(script[:20_000]):
            return found.group(1)
    for el in page.root.iter("p", "div", "span", "input", "a"):
        said = (el.get("value") or el.get("href") or shown_in(el)).strip()
        if len(said) < 300 and re.match(r"^(?:https?:/)?/[\w./?=&%:-]{2,}$", said):
            return said
    return None


_TEMPLATE_ATTRIBUTES = (
    "v-for",
    "ms-repeat",
    "ms-for",
    "ng-repeat",
    ":for",
    "ms-each",
    "data-bind",
    "x-for",
    "wx:for",
    "v-html",
)
_TEMPLATE_TEXT = re.compile(
    r"\{\{.{1,120}?\}\}|<%.{1,200}?%>|\$\{\w[\w.]{0,60}\}|\{\$?[a-z]\w{0,30}\.\w{1,30}\}|\{@|\{#each", re.S
)


def shell(answer: Answer) -> str:
    """Rows are made by script: templates in the page, an application's mount point, a frame."""
    page = answer.page
    if page is None:
        return ""
    if said := template(page):
        return said
    shown = answer.shown
    if shown < 200 and (mount := _mount(page)):
        return f"页面由脚本生成（只有挂载点 {mount}）"
    if shown < 400 and (frame := frame_target(page)):
        return f"内容在框架页里：{frame}"
    if shown < 60 and any(True for _ in page.root.iter("script")):
        return "页面没有文字，内容由脚本生成"
    return ""


def template(page: Page) -> str:
    """Rows that are only a template, for a script to fill."""
    return "行由脚本按模板生成，页面里只有模板" if _has_template(page) else ""


def _has_template(page: Page) -> bool:
    for el in page.root.iter("li", "tr", "div", "ul", "dl", "a", "p", "span", "tbody", "table"):
        if any(name in el.attrib for name in _TEMPLATE_ATTRIBUTES):
            return True
    if any(_TEMPLATE_TEXT.search(text.text[:500]) for text in page.texts):
        return True
    for el in page.root.iter("script", "template", "textarea"):
        kind = (el.get("type") or "").lower()
        if ("template" in kind or "x-tmpl" in kind or "text/html" in kind or el.tag == "template") and (
            el.text or len(el)
        ):
            return True
    return False


def _mount(page: Page) -> str:
    for el in page.root.iter("div", "section", "main"):
        name = el.get("id") or ""
        if (
            name.lower() in ("app", "root", "main", "__next", "__nuxt", "container", "wrapper")
            and not shown_in(el).strip()
        ):
            return f"#{name}"
    return ""


def frame_target(page: Page) -> str | None:
    """The address of the frame a page's content stands in, when it has one worth the name."""
    for el in page.root.iter("iframe", "frame"):
        src = (el.get("src") or "").strip()
        small = (el.get("height") or "").rstrip("px").isdecimal() and int(
            (el.get("height") or "0").rstrip("px")[:6]
        ) < 150
        if src and not src.lower().startswith(("about:", "javascript:")) and not small:
            return src[:500]
    return None
