"""What the pages tell, and what people do on them."""

from decimal import Decimal

from domain.events import EventState
from domain.users import Role
from tests.web.office import Console, field


def test_the_workbench_tells_what_needs_somebody(shown: Console) -> None:
    with shown.client(Role.OFFICE) as client:
        text = client.get("/").text
    assert "2026-10-09" in text
    assert "过了期限仍未整改" in text
    assert "全部尚未整改的 2 件" in text
    assert "已看 3 处，0 处没有得到答复（得到答复 100.0%）" in text
    assert "2026-10</a>：" in text
    assert "模拟库" in text


def test_the_units_with_their_scores(shown: Console) -> None:
    with shown.client(Role.READER) as client:
        text, found = client.get("/units").text, client.get("/units?q=教育").text
        nothing = client.get("/units?q=水利").text
    assert "财政局" in text
    assert "教育体育局" in text
    assert "财政局" not in found
    assert "没有名称含“水利”的单位" in nothing


def test_a_unit_with_its_columns_and_its_sheet(shown: Console) -> None:
    with shown.client(Role.UNIT) as client:
        assert client.get("/").headers["location"] == "/own/czj"
        text = client.get("/units/czj").text
    assert "2026-09-02" in text  # the newest item of 工作动态
    assert "37 天" in text
    assert "距今37天" in text
    assert "A1-18" in text
    assert "现在检查" not in text  # not a unit's to ask
    assert "/units/jyj" not in text


def test_events_are_filtered_and_searched(shown: Console) -> None:
    with shown.client(Role.OFFICE) as client:
        both = client.get("/events").text
        one = client.get("/events?q=教育体育").text
        none = client.get("/events?state=撤销").text
        waiting = client.get("/events?show=waits").text
        beyond = client.get("/events?page=99&show=open&unit=czj").text
        wild = client.get("/events?q=%25").text
    assert "2 件" in both
    assert "教育动态" in one
    assert "1 件" in one
    assert "没有这样的事件" in none
    assert "没有这样的事件" in waiting
    assert "1 件" in beyond
    assert "没有这样的事件" in wild


def test_an_event_tells_its_story(shown: Console) -> None:
    with shown.client(Role.UNIT) as client:
        text = client.get(f"/events/{shown.event_of('czj')}").text
    assert "距今37天" in text
    assert "14天内至少更新1次" in text
    assert "首次发现" in text
    assert "<blockquote>" in text
    assert "看当时保存的页面" in text
    assert "作决定" not in text


def test_a_decision_is_made_logged_and_shown(console: Console) -> None:
    event_id = console.event_of("czj")
    page = f"/events/{event_id}"
    with console.client(Role.OFFICE) as client:
        seen = field(client.get(page).text, "seen")
        answer = client.post(f"{page}/decisions", page, kind="withdraw", reason="系统误判", seen=seen)
        assert answer.status_code == 303, answer.text
        text = client.get(page).text
        again = client.post(f"{page}/decisions", page, kind="withdraw", reason="再来一次")
    assert "系统误判" in text
    assert "人作了决定：撤销" in text
    assert "zhang某" in text
    assert again.status_code == 409
    assert "已作过同样的决定" in again.text
    event = console.office.archive.event(event_id)
    assert event is not None
    assert event.state is EventState.WITHDRAWN
    assert console.office.archive.verify().ok


def test_what_was_typed_is_kept_when_it_is_refused(console: Console) -> None:
    page = f"/events/{console.event_of('czj')}"
    with console.client(Role.OFFICE) as client:
        answer = client.post(f"{page}/decisions", page, kind="exempt", reason="网站搬迁", until="明年")
    assert answer.status_code == 409
    assert "豁免必须写明截止日期" in answer.text
    assert "网站搬迁</textarea>" in answer.text


def test_an_exemption_has_an_end(console: Console) -> None:
    event_id = console.event_of("czj")
    page = f"/events/{event_id}"
    with console.client(Role.REVIEW) as client:
        client.post(f"{page}/decisions", page, kind="exempt", reason="网站搬迁", until="2026-12-31")
        assert "人作了决定：豁免，至 2026-12-31" in client.get(page).text


def test_points_may_be_typed_with_a_chinese_keyboard(console: Console) -> None:
    event_id = console.event_of("czj")
    page = f"/events/{event_id}"
    with console.client(Role.OFFICE) as client:
        answer = client.post(f"{page}/decisions", page, kind="confirm", reason="属实", points="１．５")
        assert answer.status_code == 303
    event = console.office.archive.event(event_id)
    assert event is not None
    assert event.decisions[-1].points == Decimal("1.5")


def test_another_decision_meanwhile_refuses_this_one(console: Console) -> None:
    event_id = console.event_of("czj")
    page = f"/events/{event_id}"
    with console.client(Role.OFFICE) as client, console.client(Role.REVIEW) as other:
        seen = field(client.get(page).text, "seen")
        other.post(f"{page}/decisions", page, kind="exempt", reason="搬迁", until="2026-12-31", seen=seen)
        answer = client.post(f"{page}/decisions", page, kind="withdraw", reason="误判", seen=seen)
    assert answer.status_code == 409
    assert "刚刚有了变化" in answer.text


def test_a_number_too_long_for_a_database_is_a_page_that_is_not_there(shown: Console) -> None:
    with shown.client(Role.OFFICE) as client:
        for path in ("/events/{}", "/admin/runs/{}", "/checks/{}", "/events/1/looks/{}/page"):
            assert client.get(path.format("9" * 20)).status_code == 404
        assert client.get(f"/events?page={'9' * 20}").status_code == 200
