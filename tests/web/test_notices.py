"""A month on the console: drafted, closed, issued, served, re-checked; its files."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from urllib.parse import unquote
from zipfile import ZipFile

import httpx
import pytest
from docx import Document

from app.decisions import decide
from domain.clock import BEIJING, Month
from domain.events import DecisionKind, EventState
from domain.users import Role
from tests.web.office import Client, Console, field

OCTOBER = Month(2026, 10)
PAGE = "/notices/2026-10"


def settled(client: Client, path: str) -> httpx.Response:
    """The page once its work is done and nothing newer is made; every asking waits a little by itself."""
    for _ in range(200):
        answer = client.get(path)
        if "……</h1>" not in answer.text and "正在重新" not in answer.text:
            return answer
    raise AssertionError(f"{path} is never done")


def advance(console: Console, day: str) -> None:
    console.office.archive.advance(datetime.fromisoformat(f"{day} 09:00").replace(tzinfo=BEIJING))


@contextmanager
def at_month_end(console: Console, day: str = "2026-11-04") -> Iterator[Client]:
    advance(console, day)
    with console.client(Role.OFFICE) as client:
        yield client


def close(client: Client) -> httpx.Response:
    seen = field(settled(client, f"{PAGE}/close").text, "seen")
    assert client.post(f"{PAGE}/close", PAGE, seen=seen).status_code == 303
    return settled(client, PAGE)


def issued(client: Client) -> httpx.Response:
    close(client)
    form = {"number": "12", "issued_on": "2026-11-04", "confirmed": "yes"}
    assert client.post(f"{PAGE}/issue", PAGE, **form).status_code == 303
    return client.get(PAGE)


def named(answer: httpx.Response) -> str:
    return unquote(answer.headers["content-disposition"].rpartition("''")[2])


def test_a_running_month_is_a_draft_that_cannot_be_closed(shown: Console) -> None:
    with shown.client(Role.OFFICE) as client:
        rows = client.get("/notices").text
        text = settled(client, PAGE).text
        refused = client.post(f"{PAGE}/close", PAGE, seen="x")
        assert client.get(f"{PAGE}/close").status_code == 303
    assert "未到期" in rows
    assert "2026-11-03 00:00 起可以结账" in rows
    assert "2026-11-03 00:00（月末后 48 小时）起可以结账" in text
    assert "财政局" in text
    assert "距今37天" in text
    assert "结账……" not in text
    assert refused.status_code == 409
    assert "现在不能结账" in refused.text


def test_a_month_from_draft_to_recheck(console: Console) -> None:
    with at_month_end(console) as client:
        assert "可以结账" in client.get("/notices").text
        assert "已结账" in close(client).text
        preview = client.post(f"{PAGE}/issue", PAGE, number="12", issued_on="2026-11-04").text
        assert "〔2026〕12号" in preview
        assert "2026-11-18" in preview  # ten working days
        assert console.office.archive.notice_of(OCTOBER) is None
        text = issued_after(client).text
        assert "已印发" in text
        assert "2026-11-18 前整改" in text
        served = {"step": "送达", "on": "2026-11-04", "person": "王五", "rest": "yes"}
        assert client.post(f"{PAGE}/services", f"{PAGE}/services", **served).status_code == 303
        received = {"step": "签收", "on": "2026-11-04", "person": "赵六", "units": "czj"}
        assert client.post(f"{PAGE}/services", f"{PAGE}/services", **received).status_code == 303
        services = client.get(f"{PAGE}/services").text
        assert services.count("2026-11-04 王五") == 2
        assert services.count("2026-11-04 赵六") == 1
        assert "未到期" in settled(client, f"{PAGE}/recheck").text
    notice = console.office.archive.notice_of(OCTOBER)
    assert notice is not None
    assert (notice.number, notice.by) == (12, "zhang某")
    closed = console.office.archive.closed_month(OCTOBER)
    assert closed is not None
    assert closed.by == "zhang某"
    assert {one.by for one in console.office.archive.services(notice.id)} == {"zhang某"}
    assert console.office.archive.verify().ok


def issued_after(client: Client) -> httpx.Response:
    form = {"number": "12", "issued_on": "2026-11-04", "confirmed": "yes"}
    assert client.post(f"{PAGE}/issue", PAGE, **form).status_code == 303
    return client.get(PAGE)


def test_what_changed_after_it_was_looked_at_is_not_frozen(console: Console) -> None:
    with at_month_end(console) as client:
        seen = field(settled(client, f"{PAGE}/close").text, "seen")
        decide(console.office, console.event_of("czj"), DecisionKind.WITHDRAW, by="李四", reason="误判")
        answer = client.post(f"{PAGE}/close", PAGE, seen=seen)
        told = answer if answer.status_code == 409 else settled(client, PAGE)  # at once, or when it is done
        assert "2026-10 的内容在查看之后有了变化" in told.text
        assert console.office.archive.closed_month(OCTOBER) is None
        assert "已结账" in close(client).text


@pytest.mark.parametrize(
    ("form", "why"),
    [
        ({"number": "十二", "issued_on": "2026-11-04"}, "文号的序号应是从 1 开始的整数"),
        ({"number": "12", "issued_on": "十一月"}, "“十一月”不是日期"),
        ({"number": "12", "issued_on": ""}, "请填写印发日期"),
        ({"number": "12", "issued_on": "2026-11-04", "deadline": "以后"}, "“以后”不是日期"),
        ({"number": "12", "issued_on": "2026-10-04"}, "不在 2026-10 结束之后"),
        ({"number": "12", "issued_on": "2036-11-04", "confirmed": "yes"}, "还太远"),
        ({"number": "12", "issued_on": "2026-11-04", "deadline": "2026-11-01"}, "不在印发日期"),
    ],
)
def test_wrong_numbers_and_dates_are_told_at_the_field(
    console: Console, form: dict[str, str], why: str
) -> None:
    with at_month_end(console) as client:
        close(client)
        answer = client.post(f"{PAGE}/issue", PAGE, **form)
    assert answer.status_code == 422
    assert re.search(rf'class="wrong"[^>]*>[^<]*{why}', answer.text)
    assert "Traceback" not in answer.text
    assert f'value="{form["number"]}"' in answer.text
    assert console.office.archive.notice_of(OCTOBER) is None


def test_a_month_not_closed_cannot_be_issued(shown: Console) -> None:
    with shown.client(Role.OFFICE) as client:
        assert client.get(f"{PAGE}/issue").headers["location"] == PAGE
        answer = client.post(f"{PAGE}/issue", PAGE, number="1", issued_on="2026-11-04", confirmed="yes")
    assert answer.status_code == 409
    assert "请先结账" in answer.text


def test_an_item_leaves_only_with_a_reason_and_by_name(console: Console) -> None:
    event_id = console.event_of("czj")
    page = f"{PAGE}/items/{event_id}"
    with at_month_end(console) as client:
        assert page in settled(client, PAGE).text
        seen = field(client.get(page).text, "seen")
        nothing = client.post(page, page, kind="withdraw", reason=" ", seen=seen)
        endless = client.post(page, page, kind="exempt", reason="改版", seen=seen)
        stale = client.post(page, page, kind="withdraw", reason="误判", seen="疑似/9")
        assert (nothing.status_code, endless.status_code, stale.status_code) == (422, 422, 409)
        assert "请填写理由" in nothing.text
        assert "请填写豁免的截止日期" in endless.text
        assert "刚刚有了变化" in stale.text
        assert client.post(page, page, kind="withdraw", reason="误判", seen=seen).status_code == 303
        assert page not in settled(client, PAGE).text
    event = console.office.archive.event(event_id)
    assert event is not None
    assert event.state is EventState.WITHDRAWN
    assert event.decisions[-1].by == "zhang某"


def test_the_offices_own_item_is_only_proposed(console: Console) -> None:
    event_id = console.event_of("jyj")
    page = f"{PAGE}/items/{event_id}"
    with at_month_end(console) as client:
        form = {"kind": "withdraw", "reason": "误判", "seen": field(client.get(page).text, "seen")}
        answer = client.post(page, page, **form)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/events/{event_id}")
        assert "须由另一个人用自己的用户登录后会签" in client.get(f"/events/{event_id}").text
    event = console.office.archive.event(event_id)
    assert event is not None
    assert event.decisions == ()


def test_withdrawn_after_closing_is_not_printed_and_after_issuing_not_touched(console: Console) -> None:
    with at_month_end(console) as client:
        close(client)
        decide(console.office, console.event_of("czj"), DecisionKind.WITHDRAW, by="李四", reason="误判")
        assert "已撤销，印发时不列入" in client.get(PAGE).text
        issued_after(client)
        before = files(client)
        decide(
            console.office,
            console.event_of("jyj"),
            DecisionKind.WITHDRAW,
            by="李四",
            reason="误判",
            second="王",
        )
        assert "以后的通报更正" in client.get(PAGE).text
        late = client.post(
            f"{PAGE}/items/{console.event_of('jyj')}", PAGE, kind="withdraw", reason="误判", seen="x"
        )
        after = files(client)
    assert late.status_code == 409
    assert "已经印发" in late.text
    letters = [Document(BytesIO(data[name])) for data in (before, after) for name in data if is_letter(name)]
    texts = ["\n".join(p.text for p in letter.paragraphs) for letter in letters]
    assert len(texts) == 2
    assert texts[0] == texts[1]
    assert "财政局" not in texts[0]


def is_letter(name: str) -> bool:
    return name.endswith(".docx") and "日常监控情况通报" in name


def files(client: Client) -> dict[str, bytes]:
    """Every file of the month by its name."""
    text = settled(client, f"{PAGE}/files").text
    got = [client.get(path) for path in re.findall(rf'href="({PAGE}/files/\d+)"', text)]
    assert all(answer.status_code == 200 for answer in got)
    return {named(answer): answer.content for answer in got}


def test_the_files_are_named_in_chinese_and_packed(shown: Console) -> None:
    with shown.client(Role.READER) as client:
        found = files(client)
        text = settled(client, f"{PAGE}/files").text
        [first] = re.findall(rf'href="({PAGE}/files/0)"', text)
        answer = client.get(first)
        assert client.get(f"{PAGE}/files/99").status_code == 404
    letter = "【模拟】2026-10 日常监控情况通报（草稿）"
    assert {f"{letter}.docx", f"{letter}.zip", "01 财政局 整改通知书.docx"} <= found.keys()
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"].startswith('attachment; filename="download.docx"')
    with ZipFile(BytesIO(found[f"{letter}.zip"])) as packed:
        assert len(packed.namelist()) == len(found) - 1


def test_a_quarter_is_a_draft_or_whole(console: Console) -> None:
    with at_month_end(console) as client:
        nothing = client.get("/quarters/2026Q4/files")
        close(client)
        assert "2026年第4季度" in client.get("/notices").text
        draft = settled(client, "/quarters/2026Q4/files").text
        half = client.get("/quarters/2026Q4/files?number=3")
        whole = settled(client, "/quarters/2026Q4/files?number=3&on=2027-01-08")
        link = re.findall(r'href="(/quarters/2026Q4/files/0[^"]*)"', draft)[0].replace("&amp;", "&")
        document = client.get(link)
    assert nothing.headers["location"] == "/notices"
    assert half.status_code == 422
    assert "请填写印发日期" in half.text
    assert whole.status_code == 409
    assert "不能定稿" in whole.text
    assert named(document).endswith(".docx")


@pytest.mark.parametrize(
    ("form", "why"),
    [
        ({"step": "送达", "on": "2026-11-04", "person": "王五"}, "请至少选一个单位"),
        ({"step": "送达", "on": "昨天", "person": "王五", "units": "czj"}, "“昨天”不是日期"),
        ({"step": "送达", "on": "2026-11-04", "person": "", "units": "czj"}, "请填写送达人"),
        ({"step": "别的", "on": "2026-11-04", "person": "王五", "units": "czj"}, "请选择送达或签收"),
        ({"step": "送达", "on": "2026-11-01", "person": "王五", "units": "czj"}, "早于通报的印发日期"),
        ({"step": "送达", "on": "2026-12-01", "person": "王五", "rest": "yes"}, "在将来"),
        ({"step": "送达", "on": "2026-11-04", "person": "王五", "units": "nobody"}, "没有单位"),
    ],
)
def test_a_service_that_cannot_be_is_refused(console: Console, form: dict[str, str], why: str) -> None:
    with at_month_end(console) as client:
        issued(client)
        answer = client.post(f"{PAGE}/services", f"{PAGE}/services", **form)
    assert answer.status_code in {409, 422}
    assert why in answer.text
    notice = console.office.archive.notice_of(OCTOBER)
    assert notice is not None
    assert console.office.archive.services(notice.id) == []


def test_readers_look_and_do_nothing(shown: Console) -> None:
    with shown.client(Role.READER) as client:
        text = settled(client, PAGE).text
        for path in (f"{PAGE}/close", f"{PAGE}/issue", f"{PAGE}/services"):
            assert client.post(path, PAGE).status_code == 403
    assert "不列入……" not in text
    assert "下载草稿" in text


@pytest.mark.parametrize("path", ["/notices/2026-13", "/notices/x", "/notices/2027-05", "/quarters/2026Q9"])
def test_no_such_month(shown: Console, path: str) -> None:
    with shown.client(Role.OFFICE) as client:
        answer = client.get(path)
    assert answer.status_code == 404
    assert "没有" in answer.text
