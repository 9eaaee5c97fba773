"""Columns found, lists tried, a workbook taken over, and the machine examined, by programs."""

from pathlib import Path

import httpx

from domain.users import Role
from tests.site import Page, Site
from tests.web.office import Console
from tests.web.test_api_appeals import V1
from tests.web.test_api_units import read
from tests.web.test_discover import portal
from tests.web.test_register import commented, edited

__all__ = ["portal"]
SEARCHES, TRIES = f"{V1}/register/searches", f"{V1}/register/tries"
BOOK = f"{V1}/register/workbook"


def test_a_portal_is_searched_and_what_was_found_is_registered(console: Console, portal: Site) -> None:
    with console.program(Role.OFFICE) as http:
        started = http.post(SEARCHES, json={"url": portal.url("/"), "tries": True})
        assert started.status_code == 202, started.text
        while not (found := http.get(started.headers["Location"]).json())["done"]:
            continue
        assert found["error"] == ""
        one = next(one for one in found["columns"] if one["url"] == portal.url("/dt/"))
        assert (one["kind"], one["tried"]["newest"], one["registered"]) == ("动态", "2026-11-15", "")
        cells = {"name": "门户动态", "kind": one["kind"], "clock": one["clock"], "url": one["url"]}
        made = http.post(f"{V1}/register/parts/columns", json={"cells": {"unit": "财政局", **cells}})
        assert made.status_code == 201, made.text
        again = http.get(started.headers["Location"]).json()
        known = next(one["registered"] for one in again["columns"] if one["url"] == portal.url("/dt/"))
        assert known == made.json()["id"]
        tried = http.post(f"{V1}/register/parts/columns/{known}/try").json()
        assert (tried["state"], tried["newest"], tried["count"]) == ("ok", "2026-11-15", 15)
        assert tried["explain"]["candidates"]


def test_what_cannot_be_searched_or_tried_is_told(console: Console, portal: Site) -> None:
    portal.pages["/dt/"] = Page(body="", status=404)
    with console.program(Role.ADMIN) as http:
        assert http.post(SEARCHES, json={"url": " "}).status_code == 400
        assert http.post(SEARCHES, json={"url": portal.url("/"), "depth": 7}).status_code == 422
        assert http.post(SEARCHES, json={"url": portal.url("/"), "unit": "nobody"}).status_code == 400
        assert http.get(f"{SEARCHES}/nothing").status_code == 404
        gone = http.post(TRIES, json={"url": portal.url("/dt/")})
        assert (gone.status_code, "没有读到" in gone.json()["detail"]) == (503, True)
        assert http.post(f"{V1}/register/parts/columns/nothing/try").status_code == 404
        well = http.post(TRIES, json={"url": portal.url("/tzgg/")})
        assert "关于做好第1项重点工作的通知" in {row["title"] for row in well.json()["rows"]}


def sent(http: httpx.Client, content: bytes) -> httpx.Response:
    return http.post(f"{BOOK}/previews", files={"files": ("单位表.xlsx", content)})


def test_a_workbook_is_previewed_and_then_taken_over_as_previewed(console: Console, folder: Path) -> None:
    path = commented(folder)
    before = path.read_text(encoding="utf-8")
    with console.program(Role.OFFICE) as http:
        exported = http.get(f"{V1}/register/export").content
        assert sent(http, exported).json()["changes"] == []
        seen = sent(http, edited(exported, "教育动态", "教育新闻")).json()
        [change] = seen["changes"]
        assert (change["fate"], change["fields"][0]["new"], seen["written"]) == ("修改", "教育新闻", False)
        assert path.read_text(encoding="utf-8") == before
        back = {"book": seen["book"], "seen": seen["seen"]}
        done = http.post(BOOK, json=back)
        assert (done.status_code, done.json()["written"]) == (200, True), done.text
        stale = http.post(BOOK, json=back)
        assert (stale.status_code, "刚刚有了变化" in stale.json()["detail"]) == (409, True)
        assert http.post(BOOK, json={**back, "book": "f" * 64}).status_code == 404
        assert http.post(BOOK, json={**back, "seen": ""}).status_code == 422
    assert path.read_text(encoding="utf-8") == before.replace("教育动态", "教育新闻")
    [entry] = console.office.archive.history("register")
    assert (entry.type, entry.actor) == ("register.imported", "zhang某")


def test_a_workbook_with_mistakes_says_where(console: Console) -> None:
    with console.program(Role.OFFICE) as http:
        exported = http.get(f"{V1}/register/export").content
        wrong = sent(http, edited(exported, "通知公告", "通告"))
        assert (wrong.status_code, "“通告”不是允许的值" in wrong.json()["detail"]) == (400, True)
        assert sent(http, b"<html>").status_code == 400
        assert http.post(f"{BOOK}/previews", json={}).status_code == 422


def test_the_machine_is_examined(console: Console) -> None:
    with console.program(Role.ADMIN) as http:
        said = read(http, "/doctor")
    assert said["ok"]
    assert {"Python", "数据库"} <= {point["name"] for point in said["points"]}
    with console.program(Role.OFFICE) as http:
        assert http.get(f"{V1}/doctor").status_code == 403
