"""Headers, tokens, limits, and what is never shown."""

import pytest

from app.decisions import decide
from domain.events import DecisionKind
from domain.users import Role
from tests.web.office import Console, field


@pytest.mark.parametrize("path", ["/login", "/", "/events", "/no-such-page", "/static/console.css", "/api/x"])
def test_every_answer_carries_the_safety_headers(shown: Console, path: str) -> None:
    with shown.client(Role.OFFICE) as client:
        headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == ("no-cache" if path.startswith("/static") else "no-store")
    assert "server" not in headers


@pytest.mark.parametrize("path", ["/", "/units", "/units/czj", "/events", "/login"])
def test_pages_have_no_inline_scripts_or_styles(shown: Console, path: str) -> None:
    with shown.client(Role.OFFICE if path != "/login" else None) as client:
        text = client.get(path).text
    assert " style=" not in text
    assert "<style" not in text
    assert " onclick" not in text
    assert "<script src=" in text
    assert "<script>" not in text
    assert "//" not in text.replace("http://127.0.0.1", "")  # nothing from elsewhere


def test_a_form_without_the_token_changes_nothing(console: Console) -> None:
    event_id = console.event_of("czj")
    path = f"/events/{event_id}/decisions"
    with console.client(Role.OFFICE) as client, console.client(Role.REVIEW) as other:
        foreign = field(other.get("/events").text, "csrf")
        for token in ({}, {"csrf": ""}, {"csrf": foreign}):
            answer = client.http.post(path, data={"kind": "withdraw", "reason": "误判", **token})
            assert answer.status_code == 403
            assert "没有执行" in answer.text
        own = field(client.get("/events").text, "csrf")
        answer = client.http.post(
            path, data={"csrf": own, "kind": "withdraw", "reason": "误判"},
            headers={"Sec-Fetch-Site": "cross-site"},
        )  # fmt: skip
        assert answer.status_code == 403
    event = console.office.archive.event(event_id)
    assert event is not None
    assert not event.decisions


def test_htmx_sends_the_token_as_a_header(console: Console) -> None:
    with console.client(Role.OFFICE) as client:
        own = field(client.get("/events").text, "csrf")
        data = {"kind": "withdraw", "reason": "误判"}
        path = f"/events/{console.event_of('czj')}/decisions"
        wrong = client.http.post(path, data=data, headers={"X-CSRF-Token": "x", "HX-Request": "true"})
        assert wrong.status_code == 403
        assert "<html" not in wrong.text
        right = client.http.post(path, data=data, headers={"X-CSRF-Token": own, "HX-Request": "true"})
        assert right.status_code == 303


def test_htmx_without_a_session_is_led_to_the_login(shown: Console) -> None:
    with shown.client() as client:
        answer = client.get("/events", headers={"HX-Request": "true"})
    assert answer.headers["hx-redirect"] == "/login"


def test_programs_get_problems_as_json(shown: Console) -> None:
    with shown.client(Role.OFFICE) as client:
        answer = client.get("/api/nothing")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == 404


@pytest.mark.parametrize("path", ["/events/999999", "/units/nobody", "/checks/77", "/events/one"])
def test_what_is_not_there_is_a_chinese_page_with_the_way_out(shown: Console, path: str) -> None:
    with shown.client(Role.OFFICE) as client:
        answer = client.get(path)
    assert answer.status_code == 404
    assert "没有" in answer.text
    assert "回到首页" in answer.text
    assert "Traceback" not in answer.text


def test_a_body_beyond_the_limit_is_refused(shown: Console) -> None:
    with shown.client() as client:
        answer = client.http.post("/login", content=b"x" * 30_000_001)
    assert answer.status_code == 413


def test_what_sites_say_is_never_markup(console: Console) -> None:
    event_id = console.event_of("czj")
    bad = "<script>alert(1)</script>"
    decide(console.office, event_id, DecisionKind.CONFIRM, by=bad, reason=bad)
    with console.client(Role.OFFICE) as client:
        text = client.get(f"/events/{event_id}").text
    assert bad not in text
    assert "&lt;script&gt;alert(1)" in text


def test_a_saved_page_is_shown_in_a_sandbox(shown: Console) -> None:
    event_id = shown.event_of("czj")
    event = shown.office.archive.event(event_id)
    assert event is not None
    path = f"/events/{event_id}/looks/{event.sightings[0].observation_id}/page"
    with shown.client(Role.OFFICE) as client:
        answer, source = client.get(path), client.get(path, params={"source": "true"})
        foreign = client.get(f"/events/{event_id}/looks/999/page")
    assert "旧闻" in answer.text
    policy = answer.headers["content-security-policy"].split("; ")
    assert policy[0] == "sandbox"
    assert "default-src 'none'" in policy
    assert not [rule for rule in policy if rule.startswith(("script-src", "img-src", "connect-src"))]
    assert source.headers["content-type"] == "text/plain; charset=utf-8"
    assert foreign.status_code == 404
