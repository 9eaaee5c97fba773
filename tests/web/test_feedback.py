"""整改反馈表 online: fields, attachments, who sees it."""

from datetime import date
from hashlib import sha256

import httpx
import pytest

from app.decisions import decide
from app.feedback import MOST, Reply, give_feedback
from domain.events import DecisionKind
from domain.users import Role
from tests.web.noticed import at
from tests.web.office import Client, Console, field

PDF = b"%PDF-1.7\n1"
FORM = {
    "cause": "人员调动",
    "done": "已发布 3 条",
    "done_on": "2026-11-03",
    "person": "赵六",
    "phone": "0477-6212345",
}


def sent(client: Client, event_id: int, *files: tuple[str, bytes], **changed: str) -> httpx.Response:
    """As a browser sends it: a file field left empty is a part with an empty name."""
    path = f"/events/{event_id}/feedback"
    data = {"csrf": field(client.get(path).text, "csrf"), **FORM, **changed}
    parts = [(f'name="{name}"', value.encode()) for name, value in data.items()]
    parts += [(f'name="files"; filename="{name}"', content) for name, content in files or [("", b"")]]
    body = b"".join(
        f"--edge\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + content + b"\r\n"
        for head, content in parts
    )
    kind = {"Content-Type": "multipart/form-data; boundary=edge"}
    return client.http.post(path, content=body + b"--edge--\r\n", headers=kind)


def test_a_unit_reports_and_everybody_concerned_reads_it(told: Console) -> None:
    event_id, archive = told.event_of("czj"), told.office.archive
    with told.client(Role.UNIT) as client:
        assert sent(client, event_id, ("C:\\文件\\截图.pdf", PDF)).status_code == 303
        assert sent(client, event_id, cause="", done="又发布 1 条").status_code == 303
        pages = [client.get(f"/events/{event_id}{more}").text for more in ("", "/feedback")]
        home = client.get("/own/czj").text
    with told.client(Role.OFFICE) as client:
        pages += [client.get(f"/events/{event_id}{more}").text for more in ("", "/feedback")]
        file = client.get(f"/events/{event_id}/files/{sha256(PDF).hexdigest()}")
        stray = client.get(f"/events/{told.event_of('jyj')}/files/{sha256(PDF).hexdigest()}")
    for text in pages:
        for said in (
            "已发布 3 条",
            "又发布 1 条",
            "2026-11-03",
            "赵六，0477-6212345",
            "截图.pdf",
            "unit某",
            "以前填报",
        ):
            assert said in text
    assert "单位填报整改反馈" in pages[0]
    assert "已填报" in home
    first, second = archive.feedback(event_id=event_id)
    assert (first.cause, [one.name for one in first.files]) == ("人员调动", ["截图.pdf"])
    assert second.files == ()
    assert archive.verify().ok
    assert file.content == PDF
    assert file.headers["content-type"] == "application/octet-stream"
    assert file.headers["x-content-type-options"] == "nosniff"
    assert file.headers["content-disposition"] == "attachment; filename*=UTF-8''%E6%88%AA%E5%9B%BE.pdf"
    assert stray.status_code == 404


@pytest.mark.parametrize(("changed", "why"), [
    ({"done": " "}, "请写明整改情况和责任人"),
    ({"person": ""}, "请写明整改情况和责任人"),
    ({"done": "长" * 1001}, "不超过 1000 字"),
    ({"done_on": ""}, "请填完成日期"),
    ({"done_on": "2026-11-05"}, "在将来（今天是 2026-11-04）"),
    ({"phone": "办公室"}, "不是电话号码"),
    ({"phone": ""}, "不是电话号码"),
])  # fmt: skip
def test_a_form_filled_in_wrongly_is_given_back(told: Console, changed: dict[str, str], why: str) -> None:
    event_id = told.event_of("czj")
    with told.client(Role.UNIT) as client:
        answer = sent(client, event_id, **changed)
    assert answer.status_code == 409
    assert why in answer.text
    assert "人员调动" in answer.text
    assert told.office.archive.feedback(event_id=event_id) == []


@pytest.mark.parametrize(("name", "data", "why"), [
    ("a.pdf", b"<html><script>1</script></html>", "名为 pdf，内容却是 txt"),
    ("a.html", b"<html></html>", "扩展名“.html”不允许"),
    ("a.png", b"MZ\x00\x01", "不是允许的类型"),
    ("a.pdf", b"", "是空的"),
    ("a.pdf", b"%PDF-" + bytes(10 * 1024 * 1024), "最大 10 MB"),
])  # fmt: skip
def test_only_files_of_known_kinds_are_taken(told: Console, name: str, data: bytes, why: str) -> None:
    event_id = told.event_of("czj")
    with told.client(Role.UNIT) as client:
        answer = sent(client, event_id, (name, data))
    assert answer.status_code == 409
    assert why in answer.text
    assert told.office.archive.feedback(event_id=event_id) == []


def test_what_comes_after_the_deadline_says_so(told: Console) -> None:
    event_id = told.event_of("czj")
    told.office.archive.advance(at("2026-11-19 00:00"))
    with told.client(Role.UNIT) as client:
        assert sent(client, event_id).status_code == 303
        assert "逾期填报" in client.get(f"/events/{event_id}/feedback").text


def test_nothing_is_reported_of_what_was_withdrawn(told: Console) -> None:
    event_id = told.event_of("czj")
    decide(told.office, event_id, DecisionKind.WITHDRAW, by="王五", reason="核实")
    with told.client(Role.UNIT) as client:
        answer = sent(client, event_id)
    assert answer.status_code == 409
    assert "已撤销，不用填整改反馈表" in answer.text


def test_before_a_notice_there_is_nothing_to_report(console: Console) -> None:
    with console.client(Role.UNIT) as client:
        answer = sent(client, console.event_of("czj"))
    assert answer.status_code == 409
    assert "没有写入任何通报" in answer.text


def test_nobody_fills_the_disk_with_reports(told: Console) -> None:
    event_id = told.event_of("czj")
    reply = Reply(done="已发布", done_on=date(2026, 11, 3), person="赵六", phone="6212345")
    for _ in range(MOST):
        give_feedback(told.office, event_id, reply, by="unit某")
    with told.client(Role.UNIT) as client:
        answer = sent(client, event_id)
    assert answer.status_code == 409
    assert f"已填报 {MOST} 次" in answer.text
