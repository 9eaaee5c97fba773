"""What each address of the simulated portal answers at a simulated moment. No sockets here."""

from dataclasses import dataclass, field
from datetime import datetime

from demo import files
from demo.article import article
from demo.fake_wechat import Wechat
from demo.fakes import catalog, official
from demo.frame import framed
from demo.nights import NIGHTS, night_of
from demo.pages import list_page, page_number
from demo.reply import PACKAGE_TYPE, Asked, Reply
from demo.world import Answer, Document, Feed, ListPage, Package, World

__all__ = ["PACKAGE_TYPE", "Asked", "Portal", "Reply"]

MISSING = Reply(404, files.MISSING.encode())


@dataclass(slots=True)
class Portal:
    """A banner and the moment at which it is served. `asked`: every request so far, host and path."""

    world: World
    now: datetime = NIGHTS[0]
    asked: list[tuple[str, str]] = field(default_factory=list)
    _documents: dict[tuple[str, str], Document] = field(default_factory=dict)
    _package: bytes = b""
    _wechat: Wechat = field(default_factory=Wechat)

    def __post_init__(self) -> None:
        self._package = files.package(self.world.seed)
        for page in self.world.lists:
            self._documents.update(((page.host, row.document.path), row.document) for row in page.rows)

    def reply(self, asked: Asked) -> Reply:
        """The answer to a request now."""
        host, path = asked.host, asked.path
        if path in {"/", "/robots.txt"}:
            return self._of_host(path)
        if path.startswith(official.PATHS):
            return official.official(self.world, self._wechat, asked, self.now)
        if (document := self._documents.get((host, path))) is not None:
            return Reply(200, article(self.world, document, self.now).encode())
        page = next((p for p in self.world.lists if p.host == host and path.startswith(p.path)), None)
        if page is not None:
            return self._list(page, path)
        thing = catalog.about(self.world, asked)
        if thing is None:
            return catalog.listed(self.world, asked, self.now) or MISSING
        return self._thing(thing, asked)

    def _of_host(self, path: str) -> Reply:
        if path == "/robots.txt":
            return Reply(200, files.ROBOTS.encode(), "text/plain")
        return Reply(200, framed(self.world, "首页", "<p>欢迎访问。</p>", self.now).encode())

    def _list(self, page: ListPage, path: str) -> Reply:
        answer, number = page.answers[night_of(self.now)], page_number(page, path)
        refused = _refusal(answer)
        if refused is not None:
            return refused
        written = list_page(self.world, page, number, self.now, answer) if number is not None else None
        return Reply(200, written.body, written.content_type) if written else MISSING

    def _thing(self, thing: Feed | Package, asked: Asked) -> Reply:
        answer = thing.answers[night_of(self.now)]
        in_store = isinstance(thing, Package) and thing.store != "apk"
        refused = None if in_store and answer is Answer.GONE else _refusal(answer)
        if refused is not None:
            return refused
        if isinstance(thing, Feed):
            return catalog.SOURCES[thing.source](self.world, thing, asked, self.now)
        return catalog.had(thing, asked, self._package, answer)


def _refusal(answer: Answer) -> Reply | None:
    match answer:
        case Answer.GONE:
            return MISSING
        case Answer.BROKEN:
            return Reply(503, files.BROKEN.encode())
        case Answer.CHALLENGE:
            return Reply(200, files.CHALLENGE.encode())
        case Answer.CHALLENGE_521:
            return Reply(521, files.CHALLENGE.encode())
    return None
