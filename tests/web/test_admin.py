"""管理: users, the log, runs, settings, backup."""

import re
import sqlite3
from pathlib import Path

import httpx
import pytest

from domain.users import Role
from tests.web.office import PASSWORD, Client, Console, opened


def secret_of(answer: httpx.Response) -> str:
    found = re.search(r'class="secret">([^<]+)<', answer.text)
    assert found is not None, answer.text
    return found[1]


def test_a_user_is_made_with_a_password_shown_once(console: Console) -> None:
    with console.client(Role.ADMIN) as client, console.client() as other:
        answer = client.post("/admin/users", "/admin/users", name="wang", person="王五", role="只读")
        password = secret_of(answer)
        assert answer.headers["Cache-Control"] == "no-store"
        assert password not in client.get("/admin/users").text
        assert other.login("wang", password).status_code == 303
    [entry] = console.office.archive.history("user:wang")
    assert (entry.type, entry.actor) == ("user.added", "root某")
    assert password not in str(entry.payload)


def test_a_password_typed_in_the_form_is_not_shown(console: Console) -> None:
    with console.client(Role.ADMIN) as client:
        made = client.post(
            "/admin/users", "/admin/users", name="u2", role="单位", unit="czj", password=PASSWORD
        )
        weak = client.post("/admin/users", "/admin/users", name="u3", role="只读", password="short")
        taken = client.post("/admin/users", "/admin/users", name="u2", person="某人", role="只读")
        without = client.post("/admin/users", "/admin/users", name="u4", role="单位")
    assert made.status_code == 200
    assert PASSWORD not in made.text
    assert "密码应为 10 至 200" in weak.text
    assert "已经有了" in taken.text
    assert 'value="某人"' in taken.text
    assert "必须写明是哪个单位" in without.text


def test_a_forgotten_password_is_replaced_and_the_log_in_ends(console: Console) -> None:
    users = {one.name: one.id for one in console.office.archive.users()}
    with console.client(Role.ADMIN) as client, console.client(Role.READER) as other:
        answer = client.post(f"/admin/users/{users['reader']}/password", "/admin/users")
        assert other.get("/units").status_code == 303
        assert other.login("reader", secret_of(answer)).status_code == 303


def test_a_user_is_disabled_but_not_the_own_one(console: Console) -> None:
    users = {one.name: one.id for one in console.office.archive.users()}
    with console.client(Role.ADMIN) as client, console.client(Role.READER) as other:
        assert client.post(f"/admin/users/{users['reader']}/disable", "/admin/users").status_code == 303
        assert other.get("/units").status_code == 303
        own = client.post(f"/admin/users/{users['root']}/disable", "/admin/users")
    assert own.status_code == 409
    assert "不能停用自己" in own.text


def test_a_disabled_user_is_enabled_again_but_not_its_tokens(console: Console) -> None:
    users = {one.name: one.id for one in console.office.archive.users()}
    path = f"/admin/users/{users['reader']}"
    with console.client(Role.ADMIN) as client, console.client() as other:
        with console.program(Role.READER) as http:
            assert client.post(f"{path}/enable", "/admin/users").status_code == 409
            client.post(f"{path}/disable", "/admin/users")
            assert client.post(f"{path}/enable", "/admin/users").status_code == 303
            assert http.get("/api/v1/units").status_code == 401
        assert other.login("reader").status_code == 303
    entries = [(one.type, one.actor) for one in console.office.archive.history("user:reader")]
    assert entries[-2:] == [("user.disabled", "root某"), ("user.enabled", "root某")]
    assert console.office.archive.verify().ok


def test_everybody_changes_the_own_password(console: Console) -> None:
    with console.client(Role.UNIT) as client:
        wrong = client.post("/password", "/password", old="wrong", new="eight loud cooks", again="x")
        twice = client.post("/password", "/password", old=PASSWORD, new="eight loud cooks", again="x")
        form = {"old": PASSWORD, "new": "eight loud cooks", "again": "eight loud cooks"}
        done = client.post("/password", "/password", **form)
        assert client.login("unit", "eight loud cooks").status_code == 303
    assert "用户名或密码不对" in wrong.text
    assert "两遍新密码不一样" in twice.text
    assert done.headers["location"] == "/login"


def test_the_log_is_paged_filtered_and_verified(console: Console) -> None:
    event_id = console.event_of("czj")
    with console.client(Role.ADMIN) as client:
        everything = client.get("/admin/log").text
        one = client.get(f"/admin/log?subject=event:{event_id}&actor=rejudge").text
        none = client.get("/admin/log?actor=nobody").text
        well = client.post("/admin/log/verify", "/admin/log").text
    assert "增加用户" in everything
    assert "首次发现" in one
    assert "增加用户" not in one
    assert "没有这样的记录" in none
    assert "日志完好" in well


def test_a_log_somebody_changed_is_told(console: Console, folder: Path) -> None:
    with sqlite3.connect(folder / "data" / "zwgk.db") as base:
        base.execute("UPDATE log SET actor = '别人' WHERE seq = 2")
    base.close()
    with console.client(Role.ADMIN) as client:
        text = client.post("/admin/log/verify", "/admin/log").text
    assert "日志在第 2 条处断开" in text


def test_runs_with_what_did_not_answer(shown: Console) -> None:
    with shown.client(Role.OFFICE) as client:
        runs, run = client.get("/admin/runs").text, client.get("/admin/runs/1").text
        missing = client.get("/admin/runs/99")
    assert "每晚监测" in runs
    assert "100.0%" in runs
    assert "全部得到了答复" in run
    assert missing.status_code == 404


def test_schedule_and_sources(shown: Console) -> None:
    with shown.client(Role.REVIEW) as client:
        assert "教育动态" in client.get("/admin/schedule").text
        assert "没有需要抓取的账号" in client.get("/admin/sources").text


def test_settings_with_their_sources_and_without_secrets(
    console: Console, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (folder / "zwgk.yaml").open("a", encoding="utf-8") as settings:
        settings.write("\npage_budget: 7\n")
    monkeypatch.setenv("ZWGK_CONTACT", "office@example.gov.cn")
    monkeypatch.setenv("ZWGK_DATABASE_URL", f"sqlite:///{folder}/data/zwgk.db")
    monkeypatch.setenv("ZWGK_SECRET_BRIDGE_SECRET", "very-secret")
    with console.client(Role.ADMIN) as client:
        text = re.sub(r"\s+", " ", client.get("/admin/settings").text)
    assert re.search(r"page_budget</code>.{,200}?>7<.{,120}?>文件<", text)
    assert re.search(r"contact</code>.{,200}?office@example.gov.cn<.{,120}?>环境变量<", text)
    assert re.search(r"undated_budget</code>.{,200}?>5<.{,120}?>默认<", text)
    assert str(folder) not in text
    assert "very-secret" not in text


def test_the_doctor_tells_each_point(console: Console, folder: Path) -> None:
    with (folder / "zwgk.yaml").open("a", encoding="utf-8") as settings:
        settings.write("\nbrowser: 'off'\n")
    with console.client(Role.ADMIN) as client:
        text = client.post("/admin/doctor", "/admin/doctor").text
    assert "可以打开，日志完好" in text
    assert "设置为不用" in text


def test_a_backup_is_the_database_and_leaves_nothing_behind(folder: Path, tmp_path: Path) -> None:
    with opened(folder) as console, console.client(Role.ADMIN) as client:
        answer = client.post("/admin/backup", "/admin/backup")
        again = entries(client)
    copy = tmp_path / "copy.db"
    copy.write_bytes(answer.content)
    with sqlite3.connect(copy) as base:
        [(count,)] = base.execute("SELECT count(*) FROM console_user").fetchall()
    base.close()
    assert count == 5
    assert "attachment" in answer.headers["Content-Disposition"]
    assert not list(folder.glob("data/.zwgk-backup-*"))  # removed once it is sent: the console has ended
    assert "下载备份" in again


def entries(client: Client) -> str:
    return client.get("/admin/log").text
