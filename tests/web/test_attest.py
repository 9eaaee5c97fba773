"""登记人工核实 on the console, with screenshots; of the office's own units, and adopted checks, by two."""

import pytest

from domain.looks import Look, LookKind
from domain.users import Role
from tests.web.office import Client, Console, field
from tests.web.test_api_appeals import PDF, RENAMED

OWN, OTHER = "/subjects/column:jyj-dt/attest", "/subjects/column:czj-dt/attest"


def attested(console: Console, subject: str) -> list[Look]:
    looks = console.office.archive.looks_of(subject)
    return [one for one in looks if one.look is LookKind.ATTESTED]


def test_what_a_person_saw_is_recorded_with_its_screenshots(console: Console) -> None:
    event = console.event_of("czj")
    with console.client(Role.OFFICE) as client:
        form = {"csrf": field(client.get(OTHER).text, "csrf"), "newest": "2026-10-07", "reason": "打开看过"}
        renamed = client.http.post(OTHER, data=form, files=[("files", RENAMED)])
        assert (renamed.status_code, "不是允许的类型" in renamed.text) == (409, True)
        empty = client.http.post(OTHER, data={**form, "newest": "", "reason": ""})
        assert (empty.status_code, "请填写最新一条的日期" in empty.text) == (422, True)
        made = client.http.post(OTHER, data=form, files=[("files", PDF)])
        assert made.headers["location"] == OTHER, made.text
        assert "zhang某" in client.get(OTHER).text
        [look] = attested(console, "column:czj-dt")
        saved = client.get(f"/events/{event}/looks/{look.id}/page")
        assert (saved.content, saved.headers["Content-Disposition"][:10]) == (PDF[1], "attachment")
        files = f"/events/{event}/looks/{look.id}/files/"
        assert files in client.get(f"/events/{event}").text
        assert client.get(files + look.files[0].sha256).content == PDF[1]
        assert client.get(files + "0" * 64).status_code == 404
        assert OTHER in client.get("/units/czj").text
        assert client.get("/subjects/column:nothing/attest").status_code == 404
    assert [one.name for one in look.files] == [PDF[0]]
    assert console.office.archive.verify().ok


def signed(client: Client, page: str, agreed: str, **more: str) -> int:
    return client.post(f"{page}/signature", page, agreed=agreed, **more).status_code


def test_of_the_offices_own_unit_it_is_signed_by_another(console: Console) -> None:
    with console.client(Role.OFFICE) as first, console.client(Role.REVIEW) as second:
        form = {"csrf": field(first.get(OWN).text, "csrf"), "newest": "2026-10-07", "reason": "打开看过"}
        page = first.http.post(OWN, data=form, files=[("files", PDF)]).headers["location"]
        assert page.startswith("/proposals/")
        assert attested(console, "column:jyj-dt") == []
        assert "会签" in first.get(OWN).text
        assert f'href="{page}"' in second.get("/events").text
        text = second.get(page).text
        assert "教育体育局“教育动态”的人工核实" in text
        assert "最新一条日期为 2026-10-07" in text
        assert PDF[0] in text
        assert signed(first, page, "true") == 409
        assert signed(second, page, "true") == 303
        assert "已办结" in first.get(page).text
        assert signed(second, page, "true") == 409
    [look] = attested(console, "column:jyj-dt")
    assert look.attested_by == "zhang某、li某"


@pytest.mark.parametrize("agreed", ["true", "false"])
def test_a_check_of_the_offices_own_unit_is_adopted_by_two(console: Console, agreed: str) -> None:
    archive = console.office.archive
    number = archive.ask_check("jyj", console.office.clock())
    archive.finish_check(number, console.office.clock())
    with console.client(Role.OFFICE) as first, console.client(Role.REVIEW) as second:
        asked = first.post(f"/checks/{number}/adoption", f"/checks/{number}", reason="核实")
        page = asked.headers["location"]
        assert page.startswith("/proposals/")
        assert archive.check(number).adopted_at is None
        assert f"第 {number} 次即时检查" in second.get(page).text
        assert signed(second, page, agreed, reason="再看看") == 303
    assert archive.check(number).adopted_by == ("zhang某、li某" if agreed == "true" else None)


def test_a_proposal_with_a_page_of_its_own_leads_there(console: Console) -> None:
    event = console.event_of("jyj")
    with console.client(Role.OFFICE) as client:
        client.post(f"/events/{event}/decisions", f"/events/{event}", kind="withdraw", reason="误判")
        [step] = console.office.archive.proposals()
        assert client.get(f"/proposals/{step.id}").headers["location"] == f"/events/{event}"
        assert client.get("/proposals/999").status_code == 404
