"""The log-in page: its cookies, refusals, and where it leads."""

from pathlib import Path

import pytest

from tests.web.office import PASSWORD, Console, opened


def test_the_cookie_is_out_of_scripts_reach(shown: Console) -> None:
    with shown.client() as client:
        [cookie] = [c for c in client.login("zhang").headers.get_list("set-cookie") if "zwgk_session" in c]
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.lower()
    assert "Secure" not in cookie


def test_behind_https_the_cookies_are_secure(folder: Path) -> None:
    with (folder / "zwgk.yaml").open("a", encoding="utf-8") as file:
        file.write("console_https: true\n")
    with opened(folder) as console, console.client() as client:
        cookies = client.get("/login").headers.get_list("set-cookie")
    assert cookies
    assert all("Secure" in cookie for cookie in cookies)


def test_a_wrong_password_is_told_on_the_page(shown: Console) -> None:
    with shown.client() as client:
        answer = client.login("li", "wrong")
    assert answer.status_code == 403
    assert "用户名或密码不对" in answer.text


@pytest.mark.parametrize(
    ("where", "to"),
    [("/events/1", "/events/1"), ("//evil.example", "/"), ("https://evil.example", "/"), ("/\\evil", "/")],
)
def test_after_the_login_one_lands_where_one_wanted(shown: Console, where: str, to: str) -> None:
    with shown.client() as client:
        assert client.login("li", where=where).headers["location"] == to


def test_a_login_form_from_elsewhere_is_refused(shown: Console) -> None:
    with shown.client() as client:
        answer = client.http.post("/login", data={"name": "li", "password": PASSWORD, "token": "guess"})
    assert answer.status_code == 403
    assert "zwgk_session" not in answer.headers.get("set-cookie", "")


def test_a_form_sent_when_the_session_is_over_is_told_to_be_lost(shown: Console) -> None:
    with shown.client() as client:
        answer = client.http.post("/events/1/decisions", data={"kind": "withdraw", "reason": "停机"})
        assert answer.headers["location"] == "/login?lost=1"
        assert "刚才提交的内容没有执行" in client.get("/login?lost=1").text
        assert client.http.post("/logout").headers["location"] == "/login"
        assert "没有执行" not in client.get("/login").text
