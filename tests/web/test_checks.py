"""现在检查: from the button to the verdicts, over a real site and a real crawl."""

import threading
from pathlib import Path

import pytest

from app.checks import check_state
from app.office import open_office
from app.users import add_user
from domain.users import Role
from tests.cli.office import FIRST_NIGHT, deployed, portal
from tests.site import Site
from tests.web.office import PASSWORD, Client, Console, opened


@pytest.mark.timeout(240)
def test_a_unit_is_checked_while_the_page_asks_for_the_progress(tmp_path: Path) -> None:
    with Site() as site:
        portal(site)
        cli = deployed(tmp_path / "office", site)
        assert cli("crawl", "--as-of", FIRST_NIGHT).code == 0
        office = open_office(cli.folder)
        with office.archive:
            add_user(office, "zhang", role=Role.OFFICE, password=PASSWORD)
            add_user(office, "li", role=Role.REVIEW, password=PASSWORD)
        with opened(cli.folder) as console, console.client(Role.OFFICE) as client:
            where = client.post("/units/czj/checks", "/units/czj").headers["location"]
            again = client.post("/units/czj/checks", "/units/czj").headers["location"]
            assert "正在检查" in client.get(where).text
            assert 'hx-trigger="load delay:1s"' in client.get(f"{where}/progress").text
            for thread in threading.enumerate():
                if thread.name.startswith("check "):
                    thread.join(120)
            assert again == where  # one at a time
            done = client.get(f"{where}/progress").text
            state = check_state(console.office, int(where.rpartition("/")[2]))
            adopted(console, client, where)
    assert state.row.error == ""
    assert (state.seen, state.planned) == (2, 2)
    assert "检查完成" in done
    assert "2/2 处得到答复" in done
    assert "不合格" in done
    assert "hx-trigger" not in done
    assert "采用这次检查" in done


def adopted(console: Console, office: Client, where: str) -> None:
    """The office adopts the check, with a reason, once; nobody else may."""
    number = int(where.rpartition("/")[2])
    with console.client(Role.REVIEW) as other:
        assert "采用这次检查" not in other.get(where).text
        assert other.post(f"{where}/adoption", reason="核实").status_code == 403
    assert office.post(f"{where}/adoption", where, reason=" ").status_code == 409
    assert office.post(f"{where}/adoption", where, reason="电话中核实").status_code == 303
    assert "采用，计入正式记录" in office.get(where).text
    assert office.post(f"{where}/adoption", where, reason="再来").status_code == 409
    [entry] = console.office.archive.history(f"check:{number}")
    assert (entry.type, entry.actor, entry.payload["reason"]) == ("check.adopted", "zhang", "电话中核实")
    assert console.office.archive.verify().ok
