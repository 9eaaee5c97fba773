from pathlib import Path

import pytest

from config.check import check, notices
from config.load import load_settings
from config.settings import RobotsException, Settings
from domain.errors import ConfigError
from tests.config.folders import deployment


def refused(folder: Path) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        load_settings(folder)
    return caught.value


def test_an_empty_file_gives_the_defaults(tmp_path: Path) -> None:
    settings = load_settings(deployment(tmp_path / "d", settings=""))
    assert settings.dir == tmp_path / "d"
    assert settings.database_url is None
    assert (settings.delay_s, settings.timeout_s, settings.working_days_to_fix) == (1.0, 15.0, 10)
    assert (settings.night_start, settings.night_end) == ("01:00", "05:00")


def test_the_file_is_read(tmp_path: Path) -> None:
    written = """
contact: office@example.com
delay_s: 2
night_start: 02:30
allow_private: [127.0.0.1]
control_urls:
  - http://control.example/
robots_exceptions:
  - {host: a.example, path: /x/, reason: 书面同意, approver: 张三}
office_phone:
browser: off
browser_path: /opt/chromium
"""
    settings = load_settings(deployment(tmp_path / "d", settings=written))
    assert settings.delay_s == 2.0
    assert settings.night_start == "02:30"
    assert settings.allow_private == ("127.0.0.1",)
    assert settings.control_urls == ("http://control.example/",)
    assert settings.robots_exceptions == (
        RobotsException(host="a.example", path="/x/", reason="书面同意", approver="张三"),
    )
    assert settings.office_phone == ""
    assert (settings.browser, settings.browser_path) == ("off", "/opt/chromium")
    assert "office@example.com" in settings.user_agent


def test_the_environment_goes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = deployment(tmp_path / "d", settings="delay_s: 2\ntimeout_s: 3\n")
    monkeypatch.setenv("ZWGK_DELAY_S", "0.5")
    monkeypatch.setenv("ZWGK_ALLOW_PRIVATE", "127.0.0.1, portal.local")
    monkeypatch.setenv("ZWGK_TIMEOUT_S", "")
    monkeypatch.setenv("ZWGK_DIR", "/nowhere")
    settings = load_settings(folder)
    assert (settings.delay_s, settings.timeout_s) == (0.5, 3.0)
    assert settings.allow_private == ("127.0.0.1", "portal.local")
    assert settings.dir == folder


def test_a_wrong_variable_is_named_instead_of_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = deployment(tmp_path / "d", settings="delay_s: 2\ntimeout_s: x\n")
    monkeypatch.setenv("ZWGK_DELAY_S", "-1")
    problems = refused(folder).problems
    assert [(Path(p.file).name, p.line, p.key) for p in problems] == [
        ("zwgk.yaml", 2, "timeout_s"),
        ("环境变量", None, "ZWGK_DELAY_S"),
    ]
    monkeypatch.setenv("ZWGK_ROBOTS_EXCEPTIONS", "[{")
    assert refused(folder).problems[0].key == "ZWGK_ROBOTS_EXCEPTIONS"


def test_a_misspelt_variable_is_a_notice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = deployment(tmp_path / "d")
    monkeypatch.setenv("ZWGK_DELAY", "5")
    [notice] = [n for n in notices(folder) if n.file == "环境变量"]
    assert "ZWGK_DELAY_S" in notice.way_out


@pytest.mark.parametrize(
    ("written", "said", "way_out"),
    [
        ("delay: 3", "没有“delay”这一项", "是不是“delay_s”"),
        ("dir: /x", "不能写在文件里", "--dir"),
        ("delay_s: .inf", "有限", "数字"),
        ("delay_s: .nan", "有限", "数字"),
        ("timeout_s: 0", "太小", "大于 0"),
        ("max_body_bytes: 1e20", "整数", "整数"),
        ("page_budget: 1000", "太大", "500"),
        ("night_start: 25:00", "不是时刻", "01:00"),
        ("office_phone: 04776211002", "应是文字", "引号"),
        ("contact: 政务公开办", "英文字母", "邮箱"),
        ("control_urls: [ftp://a.example/]", "http://", "http"),
        ("allow_private: 3", "应是列表", "- "),
        ("robots_exceptions: [{host: a.example}]", "缺少必填项", "补上"),
        ("- a", "最外层", "示例"),
    ],
)
def test_a_mistake_has_line_and_way_out(tmp_path: Path, written: str, said: str, way_out: str) -> None:
    problem, *_ = refused(deployment(tmp_path / "d", settings=f"# 设置\n{written}\n")).problems
    assert problem.line == 2 or "最外层" in said
    assert said in problem.what
    assert way_out in problem.way_out


def test_a_password_is_not_repeated(tmp_path: Path) -> None:
    folder = deployment(tmp_path / "d", settings="database_url: mysql://u:hush@db/x\n")
    assert "hush" not in str(refused(folder))
    settings = Settings(dir=tmp_path, database_url="postgresql+psycopg://u:hush@db/x")
    assert "hush" not in repr(settings)


def test_a_folder_that_is_no_deployment_is_told(tmp_path: Path) -> None:
    [problem] = refused(tmp_path).problems
    assert "不是 zwgk 的数据目录" in problem.what
    assert check(tmp_path / "x")[0].what == "没有这个文件夹"


def test_every_setting_is_described() -> None:
    assert all(field.description for field in Settings.model_fields.values())
