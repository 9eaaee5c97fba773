"""A console over a real deployment, reached through its real server on loopback."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

import httpx

from app.attachments import Upload
from app.judge import judge_everything
from app.marks import Said, mark
from app.office import Office, open_office
from app.portal_looks import Searches
from app.tokens import make_token
from app.users import add_user
from domain.looks import Run, RunKind, RunOutcome
from domain.records import Mark
from domain.units import Column
from domain.users import Role, Scope
from tests.app.bureau import listed
from tests.app.deployment import deploy, news, notes
from tests.copies import copied
from tests.web.published import hold
from web.main import create_app
from web.server import served

AS_PUBLISHED = {"response": [hold]}
PASSWORD = "six quiet clerks"
NIGHTS = (datetime(2026, 10, 7, 18, 0, tzinfo=UTC), datetime(2026, 10, 8, 18, 30, tzinfo=UTC))
NOWHERE = "http://127.0.0.1:9"
SAVED = (
    "<html><head><meta charset='utf-8'><title>工作动态</title><style>b{color:red}</style></head><body>"
    "<b>旧闻</b><script>document.title='ran'</script><img src='/static/console.css'></body></html>"
)
OTHER_UNIT = """  - id: jyj
    name: 教育体育局
    kind: 部门
    annex: 1
    office_own: true
    columns:
      - {id: jyj-dt, name: 教育动态, kind: 动态, url: "http://127.0.0.1:9/jyj/", clock: 14d,
         monitored_from: 2026-09-01}
"""
USERS: Mapping[str, Role] = MappingProxyType(
    {"zhang": Role.OFFICE, "li": Role.REVIEW, "unit": Role.UNIT, "root": Role.ADMIN, "reader": Role.READER}
)
NAMES: Mapping[Role, str] = MappingProxyType({role: name for name, role in USERS.items()})


def fill(folder: Path, *, nights: Sequence[datetime] = NIGHTS, stale: Sequence[str] = ()) -> None:
    """Two units whose 工作动态 were found stale on two nights, and a user of each role.

    `stale`: ids of further columns of 财政局, stale too.
    """
    copied(folder, _filled, tuple(nights), tuple(stale))


def _filled(folder: Path, nights: Sequence[datetime], stale: Sequence[str]) -> None:
    columns = [news("czj-dt", f"{NOWHERE}/dt/"), notes("czj-tz", f"{NOWHERE}/tz/")]
    columns += [news(one, f"{NOWHERE}/{one}/") for one in stale]
    office = deploy(folder, columns, more=OTHER_UNIT)
    with office.archive:
        for night in nights:
            _night(office, night)
        judge_everything(office)
        for name, role in USERS.items():
            unit = "czj" if role is Role.UNIT else ""
            add_user(office, name, role=role, password=PASSWORD, person=f"{name}某", unit=unit)


HELD = "同一次监测中有多个栏目同时异常，须人工判断"


def fill_held(folder: Path) -> None:
    """After one held night: three events of 财政局 and one of the office's own unit wait for a person."""
    copied(folder, _held)


def _held(folder: Path) -> None:
    _filled(folder, NIGHTS[:1], ("czj-d2", "czj-d3"))
    office = open_office(folder)
    with office.archive:
        office.archive.save_holds(1, {one.subject_id: HELD for one in office.registry.columns})
        judge_everything(office)


def _night(office: Office, at: datetime) -> Run:
    run = office.archive.start_run(RunKind.NIGHTLY, (), started_at=at, as_of=at, pid=1)
    old, new = date(2026, 9, 2), date(2026, 10, 5)
    looks = [
        listed(column, at, new if column.id == "czj-tz" else old, body=SAVED.encode())
        for column in office.registry.columns
        if isinstance(column, Column)
    ]
    office.archive.record(run, looks)
    office.archive.heartbeat(run, at, len(looks), 0)
    office.archive.finish_run(run, RunOutcome.DONE, at)
    office.archive.advance(at)
    return run


def marked(office: Office, unit_id: str) -> Mark:
    """A mark with an attachment; entered where the unit has none."""
    entered = office.archive.marks(unit_id=unit_id)
    if entered:
        return entered[0]
    proof = Upload(name="纪要.txt", data="会议纪要".encode())
    said = Said(points=Decimal(2), by="张三", reason="查看资料", second="李四", files=(proof,))
    return mark(office, unit_id, "A1-01", said)


@dataclass(frozen=True, slots=True)
class Client:
    """A browser without scripts: cookies, forms with their tokens."""

    http: httpx.Client

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.http.get(path, **more)

    def login(self, name: str, password: str = PASSWORD, where: str = "") -> httpx.Response:
        token = field(self.get("/login").text, "token")
        data = {"name": name, "password": password, "token": token, "next": where}
        return self.http.post("/login", data=data)

    def post(self, path: str, page: str = "", **data: str) -> httpx.Response:
        """Send a form as it stands on `page` (the events' list without one), with its token."""
        token = field(self.get(page or "/events").text, "csrf")
        return self.http.post(path, data={"csrf": token, **data})


def field(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert found is not None, f"no field {name} in {html[:300]}"
    return found[1]


@dataclass(frozen=True, slots=True, eq=False)
class Console:
    """The running console. `office`: the same deployment, opened once."""

    address: str
    office: Office
    searches: Searches

    @contextmanager
    def client(self, role: Role | None = None) -> Iterator[Client]:
        """Somebody at a browser, logged in with the role."""
        with httpx.Client(
            base_url=self.address, timeout=30, trust_env=False, event_hooks=AS_PUBLISHED
        ) as http:
            client = Client(http)
            if role is not None:
                assert client.login(NAMES[role]).status_code == 303
            yield client

    def token(self, role: Role, scope: Scope = Scope.WRITE) -> str:
        return make_token(self.office, NAMES[role], scope=scope, label="测试")[1]

    @contextmanager
    def program(self, role: Role, scope: Scope = Scope.WRITE) -> Iterator[httpx.Client]:
        """A program with a token of a user of that role, no cookies."""
        headers = {"Authorization": f"Bearer {self.token(role, scope)}"}
        with httpx.Client(
            base_url=self.address, timeout=30, trust_env=False, headers=headers, event_hooks=AS_PUBLISHED
        ) as http:
            yield http

    def event_of(self, unit_id: str) -> int:
        [event] = self.office.archive.events(unit_id=unit_id)
        assert event.id is not None
        return event.id


@contextmanager
def opened(folder: Path) -> Iterator[Console]:
    """The console over a deployment, served on loopback."""
    app = create_app(folder)
    with served(app, host="127.0.0.1", port=0) as address:
        yield Console(address, app.state.deployment.office(), app.state.searches)
