"""The matrix, the way from a point to its events, marks, the year sheet."""

import re
from io import BytesIO
from typing import Any

import httpx
import pytest
from openpyxl import load_workbook

from domain.users import Role
from tests.web.office import PASSWORD, Client, Console, field, marked
from tests.web.test_notices import named, settled

CLAUSE = "/scores/czj/A1-01"
PDF = b"%PDF-1.7\n..."


def enter(client: Client, path: str, *files: tuple[str, bytes], **data: str) -> httpx.Response:
    """Send the form with its files."""
    form: dict[str, Any] = {"csrf": field(client.get(path).text, "csrf"), **data}
    return client.http.post(f"{path}/marks", data=form, files=[("files", file) for file in files] or None)


def test_from_a_point_to_its_event_in_two_clicks(shown: Console) -> None:
    event_id = shown.event_of("czj")
    event = shown.office.archive.event(event_id)
    assert event is not None
    with shown.client(Role.READER) as client:
        text = client.get("/scores").text
        cell = f"/scores/czj/{event.clause_id}"
        assert f'href="{cell}"' in text
        clause = client.get(cell).text
        assert f'href="/events/{event_id}"' in clause
        assert client.get(f"/events/{event_id}").status_code == 200
    assert re.search(rf'class="cell \w+ lost" href="{cell}"', text)
    assert "教育体育局 A1-01" in text  # each cell says what it is
    assert "<blockquote>" in clause


def test_the_second_annex_and_the_search(shown: Console) -> None:
    with shown.client(Role.OFFICE) as client:
        second = client.get("/scores?annex=2").text
        found = client.get("/scores?q=教育").text
        nothing = client.get("/scores?q=水利").text
        none = client.get("/scores?annex=7")
    assert "没有名称含" in second
    assert "教育体育局" in found
    assert "财政局" not in found
    assert "没有名称含“水利”" in nothing
    assert none.status_code == 404


def test_a_unit_sees_its_own_sheet_only(shown: Console) -> None:
    with shown.client(Role.UNIT) as client:
        sheet, clause = client.get("/scores/czj"), client.get(CLAUSE)
        assert client.get("/scores").status_code == 403
        assert client.get("/scores/jyj").status_code == 404
        assert client.get("/scores/jyj/A1-01").status_code == 404
    assert "A1-18" in sheet.text
    assert "合计得分" in sheet.text
    assert "评分人" not in clause.text


def test_what_is_open_is_listed_and_filtered(shown: Console) -> None:
    with shown.client(Role.OFFICE) as client:
        every = client.get("/open-clauses").text
        one = client.get("/open-clauses?clause=A1-02&q=教育").text
        beyond = client.get("/open-clauses?state=proposed&q=水利&page=9").text
    assert "未登记" in every
    assert "1 项" in one
    assert "没有这样的待定事项" in beyond


def test_a_mark_with_its_attachment_is_entered_and_taken_back(console: Console) -> None:
    with console.client(Role.OFFICE) as client:
        answer = enter(client, CLAUSE, ("会议 纪要.pdf", PDF), points="2.5", reason="缺承办人员名单")
        assert answer.status_code == 303, answer.text
        text = client.get(CLAUSE).text
        [link] = re.findall(r'href="(/scores/czj/marks/[^"]*)"', text)
        file = client.get(link)
        assert client.get(link[:-1] + ("0" if link[-1] != "0" else "1")).status_code == 404
        assert "缺承办人员名单" in text
        assert "zhang某" in text
        assert enter(client, CLAUSE, clear="yes", reason="登错了").status_code == 303
        assert "取消评分" in client.get(CLAUSE).text
        again = enter(client, CLAUSE, clear="yes", reason="再取消")
    assert (file.content, named(file)) == (PDF, "会议 纪要.pdf")
    assert file.headers["x-content-type-options"] == "nosniff"
    assert file.headers["content-disposition"].startswith("attachment")
    assert again.status_code == 409
    first, last = console.office.archive.marks(unit_id="czj")
    assert (str(first.points), first.by, last.points) == ("2.5", "zhang某", None)
    assert console.office.archive.verify().ok


@pytest.mark.parametrize(
    ("clause", "data", "files", "why"),
    [
        ("A1-01", {"points": "三", "reason": "x"}, (), "分值请写 0 至 3 的数"),
        ("A1-01", {"points": "NaN", "reason": "x"}, (), "分值请写 0 至 3 的数"),
        ("A1-01", {"points": "2", "reason": ""}, (), "请填写理由"),
        ("A1-01", {"points": "99", "reason": "x"}, (), "分值请写 0 至 3 的数"),
        ("A1-18", {"points": "2", "reason": "x"}, (), "不能直接评分"),
        ("A1-01", {"points": "2", "reason": "x"}, (("a.exe", b"MZ\x00\x01"),), "不是允许的类型"),
        ("A1-01", {"points": "2", "reason": "x"}, (("a.pdf", b"\x89PNG\r\n\x1a\n"),), "内容却是 png"),
        ("A1-01", {"points": "2", "reason": "x"}, (("a.pdf", b""),), "是空的"),
        ("A1-01", {"points": "2", "reason": "x"}, (("a.txt", b"x" * 10_485_761),), "最大 10 MB"),
    ],
)
def test_a_mark_that_cannot_be_is_refused_in_words(
    shown: Console, clause: str, data: dict[str, str], files: tuple[tuple[str, bytes], ...], why: str
) -> None:
    before = len(shown.office.archive.marks())
    with shown.client(Role.OFFICE) as client:
        answer = enter(client, f"/scores/czj/{clause}", *files, **data)
    assert answer.status_code in {409, 422}
    assert why in answer.text
    assert f'value="{data["points"]}"' in answer.text or clause == "A1-18"
    assert "Traceback" not in answer.text
    assert len(shown.office.archive.marks()) == before


def test_the_offices_own_unit_is_not_marked_by_one(console: Console) -> None:
    """The page offers the two log-ins of web/routes/joint_marks.py; a form of its own making is refused."""
    path = "/scores/jyj/A1-01"
    with console.client(Role.OFFICE) as client:
        assert f'href="{path}/joint"' in client.get(path).text
        form = {"points": "2", "reason": "查看资料", "second": "li", "second_password": PASSWORD}
        assert enter(client, path, **form).status_code == 409
    assert console.office.archive.marks(unit_id="jyj") == []


@pytest.mark.parametrize("role", [Role.ADMIN, Role.READER, Role.UNIT])
def test_only_who_decides_may_mark(shown: Console, role: Role) -> None:
    with shown.client(role) as client:
        assert enter(client, CLAUSE, points="2", reason="x").status_code == 403


def test_the_year_sheet_ranks_only_when_switched_on(console: Console) -> None:
    marked(console.office, "czj")
    with console.client(Role.OFFICE) as client:
        assert "名次" not in settled(client, "/scores").text
        assert "名次" not in heads(client)
    with (console.office.settings.dir / "zwgk.yaml").open("a", encoding="utf-8") as file:
        file.write("ranking: true\n")
    with console.client(Role.OFFICE) as client:
        assert "名次" in settled(client, "/scores").text
        assert "名次" in heads(client)


def heads(client: Client) -> set[object]:
    """What stands in the first rows of the year sheet's summary."""
    assert settled(client, "/year-sheet").status_code == 200
    answer = client.get("/year-sheet/0")
    assert named(answer).startswith("【模拟】2026年度得分表")
    summary = load_workbook(BytesIO(answer.content)).worksheets[0]
    return {cell for row in summary.iter_rows(max_row=5, values_only=True) for cell in row}
