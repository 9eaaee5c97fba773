"""单位表: tables, forms, the workbook; the files keep their comments."""

import io
import re
from pathlib import Path

import httpx
from openpyxl import load_workbook

from domain.users import Role
from tests.web.office import Client, Console, field

COLUMN = "/register/part/columns/object/czj-dt"
NEW = "/register/part/columns/new"


def commented(folder: Path) -> Path:
    """The register's file, with a comment at the column's name."""
    [path] = (folder / "units").glob("*.yaml")
    text = path.read_text(encoding="utf-8")
    path.write_text(f"# 由办公室维护\n{text}", encoding="utf-8")
    return path


def form_of(client: Client, path: str) -> dict[str, str]:
    """The form as the browser would send it back."""
    text = client.get(path).text
    found = dict(re.findall(r'<input name="(\w+)" value="([^"]*)"', text))
    for name, options in re.findall(r'<select name="(\w+)">(.*?)</select>', text, re.DOTALL):
        chosen = re.search(r"<option selected>([^<]*)<", options)
        found[name] = chosen[1] if chosen else ""
    return {**found, "seen": field(text, "seen")}


def test_the_register_in_tables(shown: Console) -> None:
    with shown.client(Role.OFFICE) as client:
        units, columns = client.get("/register/part/units").text, client.get("/register/part/columns").text
        found = client.get("/register/part/columns?q=教育&unit=jyj").text
        accounts = client.get("/register/part/accounts").text
        unknown = client.get("/register/part/nothing")
    assert "教育体育局" in units
    assert "工作动态" in columns
    assert "教育动态" in found
    assert "工作动态" not in found
    assert "没有。" in accounts
    assert unknown.status_code == 404


def test_a_form_changes_one_value_and_keeps_the_comments(console: Console, folder: Path) -> None:
    path = commented(folder)
    before = path.read_text(encoding="utf-8")
    with console.client(Role.OFFICE) as client:
        form = {**form_of(client, COLUMN), "name": "机关动态"}
        answer = client.post(COLUMN, COLUMN, **form)
        assert answer.status_code == 303, answer.text
        assert "已保存" in client.get(answer.headers["location"]).text
        assert "机关动态" in client.get("/units/czj").text  # read anew by the console
    after = path.read_text(encoding="utf-8")
    assert after == before.replace("工作动态", "机关动态")
    [entry] = console.office.archive.history("columns:czj-dt")
    assert entry.actor == "zhang某"
    assert entry.payload["fields"] == {"name": ["工作动态", "机关动态"]}
    assert list((folder / "units-history").rglob("*.yaml"))


def test_mistakes_stand_at_their_fields(console: Console, folder: Path) -> None:
    path = commented(folder)
    before = path.read_bytes()
    with console.client(Role.ADMIN) as client:
        form = {**form_of(client, COLUMN), "url": "ftp://x", "clock": "14 weeks", "monitored_from": "明天"}
        day = client.post(COLUMN, COLUMN, **form)
        rest = client.post(COLUMN, COLUMN, **{**form, "monitored_from": ""})
    assert day.status_code == rest.status_code == 409
    assert "“明天”不是日期" in day.text
    assert "<option selected>财政局</option>" in day.text
    assert 'value="ftp://x"' in rest.text
    assert len(re.findall(r'<small class="why"', rest.text)) == 2
    assert path.read_bytes() == before


def test_a_file_changed_meanwhile_refuses_the_form(console: Console, folder: Path) -> None:
    with console.client(Role.OFFICE) as client, console.client(Role.ADMIN) as other:
        form = form_of(client, COLUMN)
        assert other.post(COLUMN, COLUMN, **{**form, "name": "一"}).status_code == 303
        answer = client.post(COLUMN, COLUMN, **{**form, "name": "二"})
    assert answer.status_code == 409
    assert "有了变化" in answer.text
    assert 'value="二"' in answer.text
    assert "二" not in next((folder / "units").glob("*.yaml")).read_text(encoding="utf-8")


def test_a_new_column_and_one_that_is_there(console: Console, folder: Path) -> None:
    form = {"unit": "教育体育局", "name": "教育公告", "kind": "通知公告", "url": "http://127.0.0.1:9/gg/"}
    with console.client(Role.OFFICE) as client:
        made = client.post(NEW, NEW, **form)
        again = client.post(NEW, NEW, **form)
        nobody = client.post(NEW, NEW, **{**form, "unit": "水利局"})
    assert made.headers["location"] == "/register/part/columns/object/jyj-tzgg?saved=1"
    assert "已经登记过了（编号 jyj-tzgg）" in again.text
    assert "单位表里没有“水利局”" in nobody.text
    assert "教育公告" in next((folder / "units").glob("*.yaml")).read_text(encoding="utf-8")
    [entry] = console.office.archive.history("columns:jyj-tzgg")
    assert entry.payload["fate"] == "新增"


def test_a_workbook_out_and_in_again_with_a_preview(console: Console, folder: Path) -> None:
    path = commented(folder)
    before = path.read_text(encoding="utf-8")
    with console.client(Role.OFFICE) as client:
        exported = client.get("/register/export")
        same = upload(client, exported.content)
        changed = edited(exported.content, "教育动态", "教育新闻")
        preview = upload(client, changed)
        assert path.read_text(encoding="utf-8") == before
        sent = {name: field(preview.text, name) for name in ("name", "seen")}
        done = client.post("/register/import/confirm", "/register/import", **sent)
        stale = client.post("/register/import/confirm", "/register/import", **sent)
        gone = client.post("/register/import/confirm", "/register/import", name="f" * 64, seen="x")
    assert "与单位表一致" in same.text
    assert "<del>教育动态</del> → <ins>教育新闻</ins>" in preview.text
    assert "已保存 1 项" in done.text
    assert path.read_text(encoding="utf-8") == before.replace("教育动态", "教育新闻")
    assert "刚刚有了变化" in stale.text
    assert "已经清除" in gone.text
    [entry] = console.office.archive.history("register")
    assert entry.type == "register.imported"


def test_a_workbook_with_mistakes_writes_nothing(console: Console) -> None:
    with console.client(Role.OFFICE) as client:
        wrong = upload(client, edited(client.get("/register/export").content, "通知公告", "通告"))
        nothing, text = upload(client, b""), upload(client, b"<html>")
    assert "“通告”不是允许的值" in wrong.text
    assert "没有选择文件" in nothing.text
    assert "不是 .xlsx" in text.text


def test_exemptions_with_their_end(console: Console) -> None:
    page = f"/events/{console.event_of('czj')}"
    with console.client(Role.REVIEW) as client:
        client.post(f"{page}/decisions", page, kind="exempt", reason="网站搬迁", until="2026-10-20")
    with console.client(Role.OFFICE) as client:
        text = client.get("/register/exemptions").text
    assert "网站搬迁" in text
    assert "还有 11 天" in text


def upload(client: Client, content: bytes) -> httpx.Response:
    token = field(client.get("/register/import").text, "csrf")
    files = {"file": ("单位表.xlsx", content)}
    return client.http.post("/register/import", data={"csrf": token}, files=files)


def edited(content: bytes, old: str, new: str) -> bytes:
    book = load_workbook(io.BytesIO(content))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == old and sheet.title != "说明":
                    cell.value = new
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
