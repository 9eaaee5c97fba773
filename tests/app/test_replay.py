# ruff: noqa: E501 - the replay server is asked for its port in one line
"""Real pages through the replay server, three nights: newest dates and labels as a reader labelled them."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.office import open_office
from crawler.extract.document import read_document
from storage.archive import Archive

SHARED = Path(__file__).resolve().parents[3] / "shared"
LABELS = SHARED / "corpus" / "labels.json"
NIGHTS = ("2021-01-10", "2021-01-11", "2021-01-12")
pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not LABELS.exists(), reason="no ../shared/corpus beside the project"),
]


def labels(kind: str) -> list[dict[str, str]]:
    return [one for one in json.loads(LABELS.read_text(encoding="utf-8")) if one["kind"] == kind]


@contextmanager
def replayed() -> Iterator[str]:
    """The corpus served as a proxy on a port of the system's choice."""
    tool = SHARED / "tools" / "replay_proxy.py"
    command = [sys.executable, str(tool), str(LABELS.parent), "--port", "0"]
    code = "import runpy, sys, http.server as h; sys.argv = sys.argv[1:]; s = h.ThreadingHTTPServer.serve_forever\n"
    code += "def tell(self): print(self.server_port, flush=True); s(self)\n"
    code += "h.ThreadingHTTPServer.serve_forever = tell; runpy.run_path(sys.argv[0], run_name='__main__')"
    with subprocess.Popen(
        [sys.executable, "-c", code, *command[1:]], stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        server.stdout.readline()
        yield f"http://127.0.0.1:{server.stdout.readline().strip()}"
        server.terminate()


def test_newest_dates_on_three_nights_are_those_labelled(tmp_path: Path) -> None:
    lists = [x for x in labels("list") if str(x.get("url")).startswith("http:") and x.get("latest")]
    lists = [x for x in lists if x["latest"] <= NIGHTS[0]]
    assert len({x["file"].split("__")[0] for x in lists}) >= 6
    with replayed() as proxy:
        env = {**os.environ, "http_proxy": proxy, "ZWGK_DELAY_S": "0"}
        zwgk = [str(Path(sys.executable).with_name("zwgk")), "--dir", str(tmp_path)]
        subprocess.run([*zwgk, "init", str(tmp_path / "o"), "--simulation"], check=True, env=env)
        zwgk[-1] = str(tmp_path / "o")
        columns = [
            {
                "id": f"c{n}",
                "name": f"栏目{n}",
                "kind": "动态",
                "url": x["url"],
                "monitored_from": "2017-01-01",
            }
            for n, x in enumerate(lists)
        ]
        unit = {"units": [{"id": "real", "name": "实页单位", "kind": "部门", "columns": columns}]}
        (tmp_path / "o" / "units" / "real.yaml").write_text(
            json.dumps(unit, ensure_ascii=False), encoding="utf-8"
        )
        for night in NIGHTS:
            subprocess.run(
                [*zwgk, "crawl", "--unit", "real", "--as-of", f"{night}T02:00+08:00"], check=True, env=env
            )
    office = open_office(tmp_path / "o")
    with office.archive:
        newest = {n: seen(office.archive, f"column:c{n}") for n in range(len(lists))}
    assert newest == {n: [x["latest"]] * len(NIGHTS) for n, x in enumerate(lists)}


def seen(archive: Archive, subject_id: str) -> list[str]:
    return [str(look.newest_on) for look in archive.looks_of(subject_id)]


def test_labels_of_real_documents_are_read() -> None:
    for label in labels("article"):
        page = (LABELS.parent / "pages" / label["file"]).read_bytes()
        reading = read_document(page, "")
        assert str(reading.published_on) == str(label["published"]), label["file"]
        assert (reading.doc_number is None) == (label["doc_number"] is None), label["file"]
