"""A key in use: a crawl and a check with WeChat's interface leave neither key nor token anywhere."""

import json
import zlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from app.office import open_office
from demo.fake_wechat import LIST, TOKEN, Article, FakeWechat
from domain.clock import BEIJING
from domain.readings import AccountReading
from storage.archive import Archive
from tests.app.deployment import deploy
from tests.cli.office import Cli, Said

APPID, SECRET = "wx0123456789abcdef", "5ecre7-5ecre7-5ecre7"
FIRST, SECOND = "2026-10-08T01:30", "2026-10-09T02:30"


@pytest.fixture
def wechat() -> Iterator[FakeWechat]:
    with FakeWechat() as made:
        made.secrets[APPID] = SECRET
        at = int(datetime(2026, 10, 1, 9, tzinfo=BEIJING).timestamp())
        made.articles[APPID] = [Article(id="a1", title="财政简报", at=at)]
        yield made


@pytest.fixture
def zwgk(tmp_path: Path, wechat: FakeWechat) -> Cli:
    folder = tmp_path / "office"
    account = (
        "    accounts:\n"
        f"      - {{id: czj-wx, platform: 微信, name: 财政之声, source: wechat-api, url: '{wechat.url}', "
        "credential: czj-key, full_coverage: true, monitored_from: 2026-09-01}\n"
    )
    deploy(folder, [], more=account).archive.close()
    return Cli(folder)


def written(zwgk: Cli, mode: int = 0o600) -> Path:
    file = zwgk.folder / "secrets.yaml"
    file.write_text(f"czj-key: {{appid: {APPID}, secret: {SECRET}}}\n", encoding="utf-8")
    file.chmod(mode)
    return file


def bodies(archive: Archive) -> Iterator[bytes]:
    for run in archive.runs(20):
        for look in archive.looks_in_run(run.id):
            yield archive.body(look.body_sha256 or "") or b""
            yield repr(archive.observation(look.id)).encode()


def nowhere(zwgk: Cli, wechat: FakeWechat, said: list[Said], logged: str) -> None:
    """Neither the key nor any token: outputs, logs, evidence, and every byte of the folder but the file."""
    office = open_office(zwgk.folder)
    with office.archive:
        kept = list(bodies(office.archive))
    files = [one for one in zwgk.folder.rglob("*") if one.is_file() and one.name != "secrets.yaml"]
    contents = [one.read_bytes() for one in files]
    contents += [*kept, logged.encode(), *(f"{one.out}{one.err}".encode() for one in said)]
    assert wechat.given
    assert len(kept) > 1
    for secret in (SECRET, APPID, *wechat.given):
        for form in (secret.encode(), zlib.compress(secret.encode())):
            assert not any(form in content for content in contents)


def test_neither_key_nor_token_is_found_anywhere(
    zwgk: Cli, wechat: FakeWechat, caplog: pytest.LogCaptureFixture
) -> None:
    written(zwgk)
    caplog.set_level(0)
    said = [zwgk("config", "check"), zwgk("crawl", "--as-of", FIRST), zwgk("check", "czj", "--json")]
    wechat.errors[LIST] = [42001]
    said += [zwgk("crawl", "--as-of", SECOND, "--json"), zwgk("score", "--unit", "czj", "--json")]
    wechat.errors[LIST] = [40001, 40001]
    said += [zwgk("crawl", "--as-of", "2026-10-10T01:00"), zwgk("tasks", "--all"), zwgk("verify")]
    wechat.errors[TOKEN] = [40125]
    said.append(zwgk("crawl", "--as-of", "2026-10-11T01:00"))
    assert [one.code for one in said] == [0] * len(said), [one.err for one in said]
    nowhere(zwgk, wechat, said, caplog.text)


def test_the_environment_may_hold_the_key(
    zwgk: Cli, wechat: FakeWechat, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("ZWGK_SECRET_CZJ_KEY_APPID", APPID)
    monkeypatch.setenv("ZWGK_SECRET_CZJ_KEY_SECRET", SECRET)
    said = [zwgk("config", "check"), zwgk("crawl", "--as-of", FIRST), zwgk("doctor", "--json")]
    assert "czj-key" not in said[0].out
    assert "ZWGK_SECRET" not in said[0].out
    office = open_office(zwgk.folder)
    with office.archive:
        [look] = office.archive.looks_of("account:czj-wx")
        assert isinstance(look.reading, AccountReading)
        assert (look.state, look.reading.coverage, look.url) == ("ok", "full", wechat.url)
        assert json.loads(office.archive.body(look.body_sha256 or "") or b"")["posts"][0]["id"] == "a1"
        seen = office.archive.observation(look.id)
        assert (seen.final_url, seen.headers) == (f"{wechat.url}{LIST}", {})
    nowhere(zwgk, wechat, said, caplog.text)


def test_a_key_not_filled_in_leaves_the_account_unknown(zwgk: Cli, wechat: FakeWechat) -> None:
    assert "ZWGK_SECRET_CZJ_KEY_APPID" in zwgk("config", "check").out
    assert zwgk("crawl", "--as-of", FIRST).code == 0
    office = open_office(zwgk.folder)
    with office.archive:
        [look] = office.archive.looks_of("account:czj-wx")
        assert isinstance(look.reading, AccountReading)
        assert look.reading.reason == "auth_expired"
        assert "secrets.yaml" in look.why
    assert wechat.asked == []


def test_a_file_that_others_may_read_is_refused_with_the_way_out(zwgk: Cli, wechat: FakeWechat) -> None:
    file = written(zwgk, 0o640)
    for words in (("config", "check"), ("crawl", "--as-of", FIRST), ("check", "czj")):
        said = zwgk(*words)
        assert said.code == (3 if words[0] == "check" else 2), words
        assert f"chmod 600 {file}" in f"{said.out}{said.err}".replace("\n", "")
        assert SECRET not in f"{said.out}{said.err}"
    assert wechat.asked == []


@pytest.mark.parametrize(
    "text",
    [
        f"czj-key: {SECRET}\n", f"- {SECRET}\n", f"{SECRET}\n", f"czj-key: {{appid: x, secert: {SECRET}}}\n",
        f"czj-key: {{appid: 12, secret: '{SECRET}'}}\n", f"czj-key: {{appid: x, secret: '{SECRET} '}}\n",
        f"czj-key: {{appid: x, secret: {SECRET}\n", f"czj-key: &a {SECRET}\nb: *a\n", f"{SECRET}: {{}}\n",
        f"czj-key: {{appid: x, secret: !x {SECRET}}}\n", f"X {SECRET}: {{}}\n",
    ],
)  # fmt: skip
def test_mistakes_in_the_file_are_told_without_its_values(zwgk: Cli, text: str) -> None:
    file = written(zwgk)
    file.write_text(text, encoding="utf-8")
    said = zwgk("config", "check")
    assert said.code == 2
    assert "secrets.yaml" in f"{said.out}{said.err}"
    assert SECRET not in f"{said.out}{said.err}"


def test_a_key_that_ran_out_is_one_task_of_the_source_and_no_lapse(zwgk: Cli, wechat: FakeWechat) -> None:
    written(zwgk)
    wechat.errors[TOKEN] = [40125]
    zwgk("crawl", "--as-of", FIRST)
    [failing] = zwgk("sources", "--json").json["sources"]
    assert (failing["source"], failing["failing"], failing["expired"]) == ("wechat-api", True, ["财政之声"])
    assert "凭据或登录失效" in zwgk("sources").out
    assert [row["kind"] for row in zwgk("tasks", "--json").json["tasks"]] == ["source"]
    zwgk("crawl", "--as-of", SECOND)
    [well] = zwgk("sources", "--json").json["sources"]
    assert (well["failing"], well["answered"]) == (False, 1)
    assert [row["kind"] for row in zwgk("tasks", "--json").json["tasks"]] == ["source_back"]
    assert zwgk("events", "--json").json["events"] == []
