"""zwgk notify and zwgk user token, as typed; addresses of messages are shown nowhere."""

import io
from pathlib import Path

import pytest

from tests.app.deployment import deploy, news
from tests.cli.office import Cli
from tests.site import Page, Site
from tests.test_docs import fits

URL = "json://127.0.0.1:{port}/hook-S3CRET"


@pytest.fixture
def zwgk(tmp_path: Path) -> Cli:
    folder = tmp_path / "office"
    office = deploy(folder, [news("czj-dt", "http://127.0.0.1:9/dt/")], simulation=False)
    with office.archive:
        office.archive.open_task("unknown", "column:czj-dt", "三天没有读到", unit_id="czj", at=office.clock())
    with (folder / "zwgk.yaml").open("a", encoding="utf-8") as settings:
        settings.write("notify: [{name: ban, to: 办公室}, {name: czj, to: czj}]\n")
        settings.write("notify_from: '00:00'\nnotify_until: '00:00'\n")
    return Cli(folder)


def addresses(zwgk: Cli, text: str, mode: int = 0o600) -> None:
    file = zwgk.folder / "secrets.yaml"
    file.write_text(text, encoding="utf-8")
    file.chmod(mode)


def test_what_would_go_where_is_shown_and_then_sent(zwgk: Cli) -> None:
    with Site() as site:
        site.pages["/hook-S3CRET"] = Page(body="ok")
        url = URL.format(port=site.url("/").rsplit(":", 1)[1].rstrip("/"))
        addresses(zwgk, f"ban: {{urls: ['{url}']}}\n")
        found = fits("notify", zwgk("notify", "--dry-run", "--json"))
        assert [one["outcome"] for one in found["recipients"]] == ["将发送", "没有填写地址"]
        shown = zwgk("notify", "--dry-run")
        assert "三天没有读到" in shown.out
        assert site.asked == []
        sent = zwgk("-v", "notify")
        assert (sent.code, "ban（办公室）：已发送" in sent.out) == (0, True)
        assert site.count("/hook-S3CRET") == 1
        assert "今天已发过" in zwgk("notify").out
        said = [shown, sent, zwgk("config", "check"), zwgk("config", "check", "--json")]
    assert not [one for one in said if "S3CRET" in f"{one.out}{one.err}"]
    assert "“czj”的通知地址还没有填写" in said[2].out


def test_a_message_that_did_not_arrive_is_a_task(zwgk: Cli) -> None:
    addresses(zwgk, "ban: {urls: ['nothing://S3CRET']}\n")
    said = zwgk("notify")
    assert (said.code, "没有发出" in said.out) == (1, True)
    tasks = zwgk("tasks")
    assert "通知没有发出" in tasks.out
    assert "S3CRET" not in f"{said.out}{said.err}{tasks.out}"


@pytest.mark.parametrize(
    ("text", "mode", "why"),
    [
        ("ban: {urls: ['S3CRET']}\n", 0o600, "应是通知地址的列表"),
        ("ban: {urls: json://S3CRET}\n", 0o600, "应是通知地址的列表"),
        ("ban: {urls: ['json://S3CRET'], more: 1}\n", 0o600, "这一条不是"),
        ("ban: {urls: ['json://S3CRET']}\n", 0o644, "其他用户可以读取"),
    ],
)
def test_mistakes_in_addresses_are_told_without_them(zwgk: Cli, text: str, mode: int, why: str) -> None:
    addresses(zwgk, text, mode)
    for said in (zwgk("notify"), zwgk("config", "check")):
        assert said.code == 2
        assert why in said.err
        assert "S3CRET" not in f"{said.out}{said.err}"


def test_addresses_may_stand_in_the_environment(zwgk: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZWGK_SECRET_BAN_URLS", "json://127.0.0.1:9/S3CRET")
    [ban, _] = fits("notify", zwgk("notify", "--dry-run", "--json"))["recipients"]
    assert ban["outcome"] == "将发送"
    assert "S3CRET" not in zwgk("config", "check").out


def test_whoever_is_nobody_is_refused(zwgk: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZWGK_NOTIFY", '[{"name": "ban", "to": "财政"}]')
    said = zwgk("config", "check")
    assert (said.code, "既不是角色，也不是单位" in said.err) == (2, True)


def test_a_token_is_shown_once(zwgk: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("six quiet clerks\n"))
    zwgk("user", "add", "zhang", "--role", "办公室")
    assert "还没有令牌" in zwgk("user", "token", "list").out
    made = zwgk("user", "token", "add", "zhang", "--label", "大屏", "--feed")
    token = made.out.strip()
    assert (made.code, token.startswith("zwgk_"), "只显示这一次" in made.err) == (0, True, True)
    [listed] = fits("tokens", zwgk("user", "token", "list", "--json"))["tokens"]
    assert (listed["scope"], listed["label"]) == ("订阅", "大屏")
    assert token not in zwgk("user", "token", "list").out
    assert zwgk("user", "token", "revoke", listed["id"]).code == 0
    assert zwgk("user", "token", "revoke", listed["id"]).code != 0
    assert zwgk("user", "token", "revoke", 99).code == 2
    assert zwgk("user", "token", "add", "zhang", "--label", "x", "--feed", "--write").code == 2
