"""Digests: who hears what, once, by day, again after a failure; sent for real to a server on loopback."""

import json
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.digests import SHOWN
from app.notify import TASK, due, notify, preview
from app.office import Office
from config.settings import NotifyTo
from domain.errors import RefusedError
from domain.looks import RunKind, RunOutcome
from domain.notify import Outcome
from tests.app.monthly import FINANCE, RENDA, WULAN, later, office_at, watch
from tests.app.noticed import OLD
from tests.site import Page, Site

STALE = {FINANCE: OLD, RENDA: date(2026, 9, 9), WULAN: date(2026, 9, 20)}
TO = (NotifyTo(name="ban", to="办公室"), NotifyTo(name="czj-ren", to="caizhengju"))


@dataclass
class Post:
    """Takes messages instead of the network; `works`: whether they arrive."""

    works: bool = True
    sent: list[tuple[Sequence[str], str, str]] = field(default_factory=list)

    def __call__(self, urls: Sequence[str], title: str, text: str) -> bool:
        self.sent.append((urls, title, text))
        return self.works


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """One night: finance in breach; the office and finance are to hear of it."""
    made = office_at(tmp_path, "2026-09-21 09:00")
    addressed(tmp_path, {"ban": "json://127.0.0.1:9/ban", "czj-ren": "json://127.0.0.1:9/czj"})
    made = replace(made, settings=made.settings.model_copy(update={"notify": TO}))
    watch(made, "2026-09-21", 1, STALE)
    night(made)
    yield made
    made.archive.close()


def night(office: Office) -> None:
    """A nightly run that is over."""
    run = office.archive.start_run(RunKind.NIGHTLY, (), started_at=office.clock(), as_of=None, pid=1)
    office.archive.heartbeat(run, office.clock(), 3, 1)
    office.archive.finish_run(run, RunOutcome.DONE, office.clock())


def addressed(folder: Path, urls: dict[str, str]) -> None:
    file = folder / "secrets.yaml"
    file.write_text("".join(f"{name}: {{urls: ['{url}']}}\n" for name, url in urls.items()), "utf-8")
    file.chmod(0o600)


def outcomes(office: Office, post: Post) -> list[Outcome]:
    return [one.outcome for one in notify(office, holder="test", sender=post)]


def test_the_office_hears_of_the_night_and_a_unit_of_its_own(office: Office) -> None:
    post = Post()
    assert outcomes(office, post) == [Outcome.SENT, Outcome.SENT]
    (urls, title, text), (_, unit_title, unit_text) = post.sent
    assert urls == ("json://127.0.0.1:9/ban",)
    assert "监测情况（2026-09-21）" in title
    assert "【昨夜监测】1项" in text
    assert "财政局“工作动态”" in text
    assert unit_title.startswith("财政局：")
    assert "〔" not in unit_title
    assert "2026年9月21日监测首次发现“工作动态”疑似不符合要求" in unit_text
    assert "不是通报" in unit_text
    assert "人大" not in unit_text
    assert office.archive.told("caizhengju")[0].by == "系统"


def test_each_thing_once_and_one_message_a_day(office: Office) -> None:
    post = Post()
    outcomes(office, post)
    assert outcomes(office, post) == [Outcome.TODAY, Outcome.TODAY]
    assert not due(office)
    tomorrow = later(office, "2026-09-22 08:00")
    assert due(tomorrow)
    assert outcomes(tomorrow, post) == [Outcome.NOTHING, Outcome.NOTHING]
    night(tomorrow)
    assert outcomes(tomorrow, post) == [Outcome.SENT, Outcome.NOTHING]
    assert "看了3处，1处没有得到答复" in post.sent[-1][2]
    assert "新的疑似问题" not in post.sent[-1][2]


@pytest.mark.parametrize(
    ("hour", "sent"), [("07:59", False), ("08:00", True), ("20:00", False), ("02:00", False)]
)
def test_by_night_it_waits_for_the_morning(office: Office, hour: str, sent: bool) -> None:
    now, post = later(office, f"2026-09-22 {hour}"), Post()
    assert due(now) is sent
    assert set(outcomes(now, post)) == {Outcome.SENT if sent else Outcome.QUIET}
    assert bool(post.sent) is sent
    assert office.archive.last_delivered("ban>办公室") == (now.clock() if sent else None)


def test_a_failure_is_a_task_and_tried_again(office: Office) -> None:
    post = Post(works=False)
    assert outcomes(office, post) == [Outcome.FAILED, Outcome.FAILED]
    tasks = [task for task in office.archive.tasks() if task.kind == TASK]
    assert [task.subject for task in tasks] == ["ban", "czj-ren"]
    assert "127.0.0.1" not in str(tasks)
    first = post.sent[0]
    assert due(office)
    post.works = True
    assert outcomes(office, post) == [Outcome.SENT, Outcome.SENT]
    assert post.sent[2] == first
    assert not [task for task in office.archive.tasks() if task.kind == TASK]


def test_a_preview_sends_and_records_nothing(office: Office) -> None:
    found = preview(office)
    assert [one.outcome for one in found] == [Outcome.WOULD, Outcome.WOULD]
    assert all(one.digest for one in found)
    assert "首次发现" in (found[1].digest.text if found[1].digest else "")
    assert "json://" not in str(found)
    assert office.archive.told() == []
    assert office.archive.last_delivered("ban>办公室") is None


def test_many_things_are_one_short_message(office: Office) -> None:
    for number in range(SHOWN + 5):
        office.archive.open_task("unknown", f"column:c{number}", "三天读不到", at=office.now())
    office.archive.open_task("clue", "线索", "有新线索", at=office.now())
    office.archive.open_task("back_dated", FINANCE, "疑似倒填日期", at=office.now())
    post = Post()
    outcomes(office, post)
    text = post.sent[0][2]
    assert f"【需要处理】{SHOWN + 5}项" in text
    assert "其余5项" in text
    assert "线索" not in text
    assert "倒填" not in text


def test_only_one_process_sends(office: Office) -> None:
    assert office.archive.take_lease("notify", "another", at=office.clock(), seconds=60)
    with pytest.raises(RefusedError, match="另一个进程"):
        notify(office, holder="test", sender=Post())


def test_a_unit_that_is_gone_does_not_stop_the_others(office: Office) -> None:
    changed = office.settings.model_copy(update={"notify": (*TO, NotifyTo(name="gone", to="没有的单位"))})
    found = notify(replace(office, settings=changed), holder="test", sender=Post())
    assert [one.outcome for one in found] == [Outcome.SENT, Outcome.SENT, Outcome.NO_UNIT]


def test_a_simulation_tells_nobody(tmp_path: Path) -> None:
    made = office_at(tmp_path, "2026-09-21 09:00")
    with made.archive:
        made.archive.mark_simulation()
        assert not due(made)
        with pytest.raises(RefusedError, match="模拟库不发通知"):
            notify(made, holder="test", sender=Post())


def received(site: Site) -> list[Any]:
    return [json.loads(asked.posted) for asked in site.asked]


def test_it_arrives_at_a_real_server_and_the_address_in_no_log(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    with Site() as site, caplog.at_level(logging.DEBUG):
        site.pages["/ban-S3CRET"] = Page(body="ok")
        base = site.url("/").removeprefix("http://").rstrip("/")
        addressed(
            office.settings.dir, {"ban": f"json://{base}/ban-S3CRET", "czj-ren": f"json://{base}/gone-S3CRET"}
        )
        found = notify(office, holder="test")
        assert [one.outcome for one in found] == [Outcome.SENT, Outcome.FAILED]
        assert "财政局“工作动态”" in received(site)[0]["message"]
        assert received(site)[0]["title"].endswith("监测情况（2026-09-21）")
    assert "S3CRET" not in caplog.text
    everything = [path.read_bytes() for path in (office.settings.dir / "data").iterdir()]
    assert not [data for data in everything if b"S3CRET" in data]
