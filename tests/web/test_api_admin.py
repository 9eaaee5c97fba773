"""The register, users, tokens, runs and the log by programs."""

from pathlib import Path

from domain.users import Role, Scope
from tests.web.office import Console
from tests.web.test_api_appeals import V1
from tests.web.test_api_units import read
from tests.web.test_register import commented

COLUMNS = f"{V1}/register/parts/columns"


def test_a_column_is_changed_in_its_file_and_the_comments_stay(console: Console, folder: Path) -> None:
    path = commented(folder)
    before = path.read_text(encoding="utf-8")
    with console.program(Role.OFFICE) as http:
        rows = http.get(f"{COLUMNS}?q=工作动态")
        assert (rows.json()["rows"][0]["id"], rows.headers["X-Total-Count"]) == ("czj-dt", "1")
        there = read(http, "/register/parts/columns/czj-dt")
        body = {"cells": {"name": "机关动态"}, "version": there["version"]}
        changed = http.post(f"{COLUMNS}/czj-dt", json=body)
        assert changed.status_code == 200, changed.text
        assert changed.json()["fate"] == "修改"
        [field] = changed.json()["fields"]
        assert (field["key"], field["old"], field["new"]) == ("name", "工作动态", "机关动态")
        stale = http.post(f"{COLUMNS}/czj-dt", json=body)
        assert (stale.status_code, "有了变化" in stale.json()["detail"]) == (409, True)
        assert http.post(f"{COLUMNS}/nothing", json=body).status_code == 404
        assert http.post(f"{V1}/register/parts/nothing", json={"cells": {}}).status_code == 404
    assert path.read_text(encoding="utf-8") == before.replace("工作动态", "机关动态")
    [entry] = console.office.archive.history("columns:czj-dt")
    assert entry.actor == "zhang某"


def test_a_new_column_is_on_trial_and_mistakes_are_told_at_their_field(console: Console) -> None:
    cells = {"unit": "财政局", "name": "财政公告", "kind": "通知公告", "url": "http://127.0.0.1:9/gg/"}
    with console.program(Role.ADMIN) as http:
        misspelt = http.post(COLUMNS, json={"cells": {**cells, "nmae": "x"}})
        assert (misspelt.status_code, "nmae" in misspelt.json()["detail"]) == (422, True)
        number = http.post(COLUMNS, json={"cells": {**cells, "url": 3}})
        assert number.status_code == 422
        wrong = http.post(COLUMNS, json={"cells": {**cells, "unit": "水利局"}})
        assert (wrong.status_code, "水利局" in wrong.json()["detail"]) == (400, True)
        made = http.post(COLUMNS, json={"cells": cells})
        assert (made.status_code, made.json()["fate"]) == (201, "新增"), made.text
        there = read(http, f"/register/parts/columns/{made.json()['id']}")
        assert there["cells"]["monitored_from"] == ""
    for role in (Role.UNIT, Role.READER, Role.REVIEW):
        with console.program(role) as http:
            assert http.get(COLUMNS).status_code == 403
            assert http.post(COLUMNS, json={"cells": cells}).status_code == 403


def test_who_left_is_disabled_and_a_token_revoked(console: Console) -> None:
    token = console.token(Role.READER, Scope.READ)
    with console.program(Role.ADMIN) as http, console.program(Role.OFFICE) as office:
        users = {one["name"]: one["id"] for one in read(http, "/users")["users"]}
        own = http.post(f"{V1}/users/{users['root']}/disabling")
        assert (own.status_code, "不能停用自己" in own.json()["detail"]) == (409, True)
        gone = http.post(f"{V1}/users/{users['reader']}/disabling")
        assert (gone.status_code, gone.json()["disabled_at"] is not None) == (200, True)
        late = office.get(f"{V1}/units", headers={"Authorization": f"Bearer {token}"})
        assert late.status_code == 401
        back = http.post(f"{V1}/users/{users['reader']}/enabling")
        assert (back.status_code, back.json()["disabled_at"]) == (200, None)
        assert http.post(f"{V1}/users/999/disabling").status_code == 404
        live = [one for one in read(http, "/tokens")["tokens"] if one["user"] == "zhang"]
        assert http.post(f"{V1}/tokens/{live[0]['id']}/revoking").status_code == 200
        assert http.post(f"{V1}/tokens/{live[0]['id']}/revoking").status_code == 409
        assert office.get(f"{V1}/units").status_code == 401
        assert "argon2" not in http.get(f"{V1}/users").text
        entries = read(http, "/log?subject=user:reader")["entries"]
        assert [one["type"] for one in entries[:2]] == ["user.enabled", "user.disabled"]


def test_a_run_says_what_gave_no_answer_and_what_is_open_is_listed(shown: Console) -> None:
    with shown.program(Role.REVIEW, Scope.READ) as http:
        run = read(http, "/runs/1")
        assert (run["run"]["id"], run["missing"], run["failures"]) == (1, 0, [])
        assert http.get(f"{V1}/runs/999").status_code == 404
        few = http.get(f"{V1}/open-clauses?size=2")
        assert len(few.json()["clauses"]) == 2
        assert int(few.headers["X-Total-Count"]) > 2
        one = read(http, "/open-clauses?q=财政&clause=A1-01")["clauses"]
        assert [(row["unit"], row["clause"]) for row in one] == [("czj", "A1-01")]
