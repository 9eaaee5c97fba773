"""zwgk user: passwords come from a terminal or standard input, never from the command line."""

import io

import pytest

from tests.cli.office import Cli, Said

PASSWORD = "six quiet clerks\n"


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setattr("sys.stdin", io.StringIO(PASSWORD * 3))
    return monkeypatch


def rows(said: Said) -> list[str]:
    assert said.code == 0, said.err
    return said.out.splitlines()[1:]


def test_users_come_and_go(office: Cli, typed: pytest.MonkeyPatch) -> None:
    assert "还没有用户" in office("user", "list").out
    assert office("user", "add", "zhang", "--role", "管理员", "--person", "张三").code == 0
    assert office("user", "add", "cai", "--role", "单位", "--unit", "财政局").code == 0
    assert office("user", "password", "zhang").code == 0
    assert office("user", "disable", "cai").code == 0
    cai, zhang = rows(office("user", "list"))
    assert zhang.split("\t")[:4] == ["zhang", "张三", "管理员", "—"]
    assert cai.split("\t")[:4] == ["cai", "cai", "单位", "财政局"]
    assert cai.split("\t")[5] != "—"
    assert "原有的令牌已作废" in office("user", "enable", "cai").out
    assert rows(office("user", "list"))[0].split("\t")[5] == "—"
    assert "没有停用" in office("user", "enable", "cai").err
    assert office("verify").code == 0


def test_what_cannot_be_is_told_with_the_way_out(office: Cli, typed: pytest.MonkeyPatch) -> None:
    assert "没有用户" in office("user", "disable", "nobody").err
    assert office("user", "add", "zhang", "--role", "皇帝").code == 2
    typed.setattr("sys.stdin", io.StringIO("short\n"))
    refused = office("user", "add", "zhang", "--role", "只读")
    assert refused.code == 2
    assert "密码" in refused.err
