"""What every request goes through: who is asking, may they, is the form theirs. Routes take `Asked`."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request

from app.board import Board
from app.boards import Boards
from app.clues import withheld
from app.deployment import Deployment
from app.logins import LoggedIn, logged_in
from app.office import Office
from app.tokens import bearer_of
from app.workshop import Workshop
from domain.errors import InputError
from domain.users import Role, Scope, User
from web.access import Own, Rule, rule_of
from web.refusals import FEED, LoginNeededError, Refused, for_programs

COOKIE = "zwgk_session"
CSRF_FIELD, CSRF_HEADER = "csrf", "X-CSRF-Token"
TABLES = ("/events.", "/scores.")
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
LONGEST_NUMBER = 18
"""Digits that a database's integer holds in any case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A request let through. `who` None: on public routes, and where a token speaks for a user (`bearer`)."""

    request: Request
    office: Office
    who: LoggedIn | None
    bearer: User | None = None

    @property
    def user(self) -> User:
        """Who asks. Raises LoginNeededError on a public route without anybody."""
        if self.bearer is not None:
            return self.bearer
        if self.who is None:
            raise LoginNeededError
        return self.who.user

    def board(self, year: int | None = None, *, of: str = "") -> Board:
        """Scores and warnings of all units, as far as they are there; `of`: the unit the page is about."""
        return self._boards.get(self.office, year, first=(of,) if of else ())

    def whole_board(self, year: int | None = None, *, of: str = "") -> Board:
        """Nothing missing (of the unit), for programs and files. Raises Refused where that takes long."""
        board = self._boards.get(self.office, year, first=(of,) if of else (), whole=True)
        if board.missing and of not in board.parts:
            done = f"{board.total - board.missing}/{board.total}"
            raise Refused(503, f"各单位的得分正在统计（已完成 {done}）。请过一两分钟再试。")
        return board

    @property
    def workshop(self) -> Workshop:
        """Where work of seconds is done."""
        workshop: Workshop = self.request.app.state.workshop
        return workshop

    @property
    def _boards(self) -> Boards:
        boards: Boards = self.request.app.state.boards
        return boards

    @property
    def htmx(self) -> bool:
        return self.request.headers.get("HX-Request") == "true"


def office_of(request: Request) -> Office:
    deployment: Deployment = request.app.state.deployment
    return deployment.office()


def address_of(request: Request) -> str:
    """Where the request comes from, for counting failed log-ins."""
    return request.client.host if request.client else ""


def let_in(request: Request) -> Ask:
    """The request, if its route's rule lets its user through. Runs in the thread pool: it reads the archive.

    Raises LoginNeededError, Refused (role, another unit's, no rule).
    """
    office = office_of(request)
    bearer = _bearer(request, office) if _takes_tokens(request.url.path) else None
    who = logged_in(office, request.cookies.get(COOKIE, "")) if bearer is None else None
    ask = Ask(request=request, office=office, who=who, bearer=bearer)
    request.state.ask = ask
    rule = rule_of(getattr(request.scope.get("endpoint"), "__wrapped__", request.scope.get("endpoint")))
    if rule is None:
        raise Refused(403, "这个页面没有开放给任何人。请联系管理员。")
    parts = map(str, request.path_params.values())
    if any(len(part) > LONGEST_NUMBER and part.isdecimal() for part in parts):
        raise Refused(404, "没有这个页面。")
    if not rule.public:
        _check(ask, rule)
    return ask


async def own_form(request: Request, ask: Annotated[Ask, Depends(let_in)]) -> Ask:
    """Refuses what would change something without the session's token, or comes from another site."""
    if request.method not in SAFE:
        if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
            raise Refused(403, "这个请求来自别的网站，没有执行。请从控制台的页面重新操作。")
        if ask.who is not None and for_programs(request.url.path):
            raise Refused(401, "登录的浏览器在接口上只能查看；要作更改，请用令牌（Authorization: Bearer）。")
        if ask.who is not None and not ask.who.meant(await _token(request)):
            raise Refused(403, "页面已过期，没有执行。请刷新页面后再操作一次。")
    return ask


def _takes_tokens(path: str) -> bool:
    """The interface, the feed, and tables; every other page wants a log-in."""
    return for_programs(path) or path.startswith(TABLES)


def _bearer(request: Request, office: Office) -> User | None:
    """The user for whom the request's token speaks, None without one.

    A token in the address opens the feed only. Raises Refused (401 unknown or revoked, 403 not for this).
    """
    header, feed = request.headers.get("Authorization"), request.url.path == FEED
    if header is None and not (feed and "token" in request.query_params):
        return None
    kind, _, text = (header or "").partition(" ")
    if header is None:
        text = request.query_params["token"]
    elif kind.lower() != "bearer":
        raise Refused(401, "请用 Authorization: Bearer 令牌。令牌由管理员用 zwgk user token add 发放。")
    found = bearer_of(office, text.strip())
    if found is None:
        raise Refused(401, "令牌不对，或已作废。请向管理员要新的（zwgk user token add）。")
    token, user = found
    if token.scope is Scope.FEED and not feed:
        raise Refused(403, "这个令牌只能用来订阅事件（/events.atom）。")
    if header is None and token.scope is not Scope.FEED:
        raise Refused(403, "写在网址里的只能是订阅令牌（zwgk user token add --feed）：网址容易外泄。")
    if request.method not in SAFE and token.scope is not Scope.WRITE:
        raise Refused(403, "这个令牌只能查看。要作更改，请管理员发可写的令牌（--write）。")
    return user


Asked = Annotated[Ask, Depends(own_form)]


async def _token(request: Request) -> str:
    header = request.headers.get(CSRF_HEADER)
    if header is not None:
        return header
    if "form" not in request.headers.get("Content-Type", ""):
        return ""
    value = (await request.form()).get(CSRF_FIELD)
    return value if isinstance(value, str) else ""


def _check(ask: Ask, rule: Rule) -> None:
    user = ask.user
    if user.role not in rule.roles:
        raise Refused(403, f"您的角色（{user.role.value}）不能使用这个页面或操作。如有需要请联系管理员。")
    if (user.role is Role.UNIT and not user.sees(_unit_asked(ask, rule))) or _secret(ask):
        raise Refused(404, "没有这个页面，或者它不属于您的单位。")


def _secret(ask: Ask) -> bool:
    """Whether the path is about an event on 泄密, which is there only for those who read clues."""
    number = str(ask.request.path_params.get("event_id", ""))
    event = ask.office.archive.event(int(number)) if number.isdecimal() else None
    return event is not None and withheld(ask.office, ask.user, event)


def _unit_asked(ask: Ask, rule: Rule) -> str | None:
    """The unit that the path is about, None for one that does not exist."""
    given: dict[str, Any] = ask.request.path_params
    try:
        match rule.own:
            case Own.UNIT:
                return str(given["unit_id"])
            case Own.EVENT:
                event = ask.office.archive.event(int(given["event_id"]))
                return event.unit_id if event is not None else None
            case Own.CHECK:
                return ask.office.archive.check(int(given["check_id"])).unit_id
            case Own.FILTERS:
                return ask.user.unit_id
    except (InputError, ValueError):
        return None
    return None
