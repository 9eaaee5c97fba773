"""登记 in forms: recorded and corrected in the file, comments kept, logged, refused at the field."""

import re
from pathlib import Path

from domain.units import RegistrationState
from domain.users import Role
from tests.web.office import Console, field
from tests.web.test_register import commented

UNIT = "/register/registrations/jyj"
RECORD = f"{UNIT}/record"
GIVEN = {
    "kind": "办事服务",
    "state": "不涉及",
    "since": "2026-01-01",
    "reason": "无对外办事事项",
    "by": "张三",
}


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_what_is_not_registered_is_seen_and_registered(console: Console, folder: Path) -> None:
    path = commented(folder)
    before = read(path)
    with console.client(Role.OFFICE) as client:
        every, one = client.get("/register/registrations").text, client.get(UNIT).text
        seen = field(client.get(f"{RECORD}?kind=办事服务").text, "seen")
        made = client.post(RECORD, RECORD, **GIVEN, seen=seen)
        assert made.status_code == 303, made.text
        after = client.get(made.headers["location"]).text
    assert "教育体育局" in every
    assert 'aria-label="登记 办事服务">登记</a>' in one
    assert "已保存" in after
    assert "2026-01-01 起不涉及" in after
    added = [line for line in read(path).splitlines() if line not in before.splitlines()]
    assert [line.strip(" -") for line in added] == [
        "registrations:", "kind: 办事服务", "state: not_applicable", "since: 2026-01-01",
        "reason: 无对外办事事项", "by: 张三",
    ]  # fmt: skip
    assert all(line in read(path) for line in before.splitlines())
    [entry] = console.office.archive.history("registrations:jyj")
    assert entry.actor == "zhang某"
    assert entry.payload["fields"]["state"] == ["", "不涉及"]


def test_a_record_is_corrected_and_another_follows_it(console: Console, folder: Path) -> None:
    commented(folder)
    with console.client(Role.ADMIN) as client:
        client.post(RECORD, RECORD, **GIVEN, seen=field(client.get(RECORD).text, "seen"))
        own = f"{RECORD}?kind=办事服务&since=2026-01-01"
        shown = client.get(own).text
        fixed = {**GIVEN, "state": "未开通", "reason": "", "by": ""}
        assert client.post(own, own, **fixed, seen=field(shown, "seen")).status_code == 303
        seen = field(client.get(RECORD).text, "seen")
        twice = client.post(RECORD, RECORD, **fixed, seen=seen)
        later = {**fixed, "state": "已开设", "since": "2026-10-01"}
        assert client.post(RECORD, RECORD, **later, seen=seen).status_code == 303
        text = client.get(UNIT).text
    assert "改正登记" in shown
    assert "无对外办事事项" in shown
    assert "这一天已经登记过这一类" in twice.text
    assert text.index("2026-10-01 起已开设") < text.index("2026-01-01 起未开通")
    [path] = (folder / "units").glob("*.yaml")
    assert "not_applicable" not in read(path)
    assert "无对外办事事项" not in read(path)


def test_mistakes_stand_at_their_fields_and_nothing_is_written(console: Console, folder: Path) -> None:
    path = commented(folder)
    before = read(path)
    with console.client(Role.OFFICE) as client:
        seen = field(client.get(RECORD).text, "seen")
        bare = client.post(RECORD, RECORD, **{**GIVEN, "reason": "", "by": ""}, seen=seen)
        odd = client.post(RECORD, RECORD, **{**GIVEN, "since": "去年", "state": "随便"}, seen=seen)
        stale = client.post(RECORD, RECORD, **GIVEN, seen="x")
        gone = client.get("/register/registrations/nobody")
    assert [answer.status_code for answer in (bare, odd, stale)] == [409, 409, 409]
    assert len(re.findall(r'<small class="why"', bare.text)) == 2
    assert len(re.findall(r'<small class="why"', odd.text)) == 2
    assert "有了变化" in stale.text
    assert gone.status_code == 404
    assert read(path) == before


def test_the_score_follows(console: Console) -> None:
    with console.client(Role.OFFICE) as client:
        client.post(RECORD, RECORD, **GIVEN, seen=field(client.get(RECORD).text, "seen"))
        assert "登记为不涉及" in client.get("/scores/jyj").text
        assert RegistrationState.NOT_APPLICABLE not in client.get(UNIT).text  # words, not codes
