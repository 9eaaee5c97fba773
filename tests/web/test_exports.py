"""What is taken away: the feed, tables; a unit gets its own."""

import csv
import re
from dataclasses import replace
from html import unescape
from io import BytesIO, StringIO
from typing import Any

import feedparser
import httpx
from openpyxl import load_workbook

from app.exports import Form, export_events
from domain.queries import EventQuery
from domain.users import Role, Scope
from notices.csv_table import render_csv
from notices.year_tables import Grid
from tests.web.office import Console


def parsed(answer: httpx.Response) -> Any:
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("application/atom+xml")
    found = feedparser.parse(answer.content)
    assert not found.bozo
    assert found.version == "atom10"
    return found


def test_the_feed_is_read_by_a_feed_reader_with_its_own_token(console: Console) -> None:
    with httpx.Client(base_url=console.address, trust_env=False) as http:
        token = console.token(Role.OFFICE, Scope.FEED)
        found = parsed(http.get(f"/events.atom?token={token}"))
        assert len(found.entries) == 2
        assert len({one.id for one in found.entries}) == 2
        titles = " ".join(one.title for one in found.entries)
        assert "财政局" in titles
        assert "教育动态" in titles
        assert all(one.updated_parsed and one.link.startswith(console.address) for one in found.entries)
        assert token not in http.get(f"/events.atom?token={token}").text
        assert "模拟" in found.feed.title
        assert http.get("/events.atom?token=zwgk_x").status_code == 401
        assert http.get("/events.atom").status_code == 401
        wrong = http.get(f"/events.atom?token={console.token(Role.OFFICE, Scope.READ)}")
        assert wrong.status_code == 403
        assert http.get(f"/api/v1/events?token={token}").status_code == 401
    with console.program(Role.OFFICE, Scope.READ) as http:
        assert parsed(http.get("/events.atom?show=closed")).entries == []


def test_a_units_feed_and_tables_hold_its_own_only(console: Console) -> None:
    with console.program(Role.UNIT, Scope.FEED) as http:
        assert len(parsed(http.get("/events.atom?unit=jyj")).entries) == 1
    with console.client(Role.UNIT) as client:
        text = client.get("/events.csv?unit=jyj").content.decode("utf-8-sig")
        assert "财政局" in text
        assert "教育" not in text
        assert client.get("/scores.csv").status_code == 403


def test_tables_are_those_of_the_lists(shown: Console) -> None:
    with shown.client(Role.READER) as client:
        answer = client.get("/events.csv?show=open")
        assert answer.content.startswith(b"\xef\xbb\xbf")
        assert "filename*=UTF-8''%E7%9B%91" in answer.headers["content-disposition"]
        rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
        assert rows[0][:3] == ["编号", "状态", "单位"]
        assert {row[2] for row in rows[1:]} == {"财政局", "教育体育局"}
        book = load_workbook(BytesIO(client.get("/events.xlsx").content))
        assert book["事件"].oddHeader.right.text == "模拟"
        scores = client.get("/scores.csv").content.decode("utf-8-sig")
        assert scores.startswith("单位,确定得分")
        assert load_workbook(BytesIO(client.get("/scores.xlsx").content)).sheetnames
        assert client.get("/events.pdf").status_code == 404


def test_pages_lead_to_their_tables_by_the_same_filters(shown: Console) -> None:
    with shown.client(Role.READER) as client:
        events = client.get("/events?show=open&q=教育").text
        for form in ("csv", "xlsx", "atom"):
            [link] = re.findall(rf'<a href="(/events\.{form}\?[^"]*)"', events)
            answer = client.get(unescape(link))
            assert answer.status_code == 200
            assert form == "xlsx" or "教育" in answer.text
            assert form == "xlsx" or "财政局" not in answer.text
        [link] = re.findall(r'<a href="(/scores\.csv\?[^"]*)"', client.get("/scores?q=财政").text)
        scores = client.get(unescape(link)).text
        assert "财政局" in scores
        assert "教育" not in scores
        assert "教育" not in client.get("/scores.csv?annex=2").text
        assert 'href="/events.csv?unit=czj"' in client.get("/units/czj").text


def test_the_foot_leads_those_with_a_token_to_the_interface(console: Console) -> None:
    with console.client(Role.READER) as client:
        assert "/api/docs" not in client.get("/units").text
        console.token(Role.READER)
        assert 'href="/api/docs"' in client.get("/units").text
    with console.client(Role.OFFICE) as client:
        assert 'href="/api/docs"' in client.get("/admin/runs").text  # among the pages of 管理
        assert "账号来源" in client.get("/api/docs").text


def test_a_program_gets_tables_by_its_token(console: Console) -> None:
    with console.program(Role.OFFICE, Scope.READ) as http:
        assert http.get("/events.csv").status_code == 200
        assert http.get("/scores.xlsx").status_code == 200
        assert http.get("/units").headers["location"].startswith("/login")
    with console.program(Role.UNIT, Scope.FEED) as http:
        assert http.get("/events.csv").status_code == 403


def test_a_name_that_looks_like_a_formula_stays_a_name(shown: Console) -> None:
    grid = Grid(name="x", title="x", columns=(("a", 1),), rows=(("=HYPERLINK(1)",), ("\t@x",), ("－1",)))
    assert render_csv(grid).decode("utf-8-sig").split("\r\n")[1:4] == ["'=HYPERLINK(1)", "'@x", "'－1"]
    registry = shown.office.registry
    [first, *rest] = registry.units
    evil = replace(registry, units=(replace(first, name="=cmd|' /C calc'!A0"), *rest))
    office = replace(shown.office, registry=evil)
    text = export_events(office, EventQuery(), Form.CSV).decode("utf-8-sig")
    assert ",'=cmd|" in text
    book = load_workbook(BytesIO(export_events(office, EventQuery(), Form.XLSX)))
    cells = [cell for row in book["事件"].iter_rows() for cell in row if "=cmd" in str(cell.value)]
    assert [(cell.data_type, cell.quotePrefix) for cell in cells] == [("s", True)]
