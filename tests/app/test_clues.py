"""Clues reach the people named in the settings, and nothing else: no event, point, letter or notice."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.clues import announce, clues
from app.crawls import run_crawl
from app.interaction import interactions
from app.naming import subject_named
from app.office import open_office
from app.scores import score_unit
from app.told import remind
from domain.clues import Clue, ClueKind, Word
from domain.errors import InputError, RefusedError
from domain.looks import LookKind, Observation
from domain.readings import AccountReading, DocumentReading, ListReading, ListRow, PageState, Post
from domain.units import Account, Registry, SubjectKind
from tests.app.bureau import CZJ, NOTES, Bureau, listed, read
from tests.app.deployment import deploy, notes
from tests.builders import at
from tests.crawler.extract.test_clues import ID, PAGE
from tests.crawler.pages import days_back, listing
from tests.site import Page, Site

OWN_WORDS = "words:\n  - {word: 请社会各界监督, category: 试验, reason: 试验}\n"
NIGHT = at("2026-09-25")
DAY = timedelta(days=1)
ON = date(2026, 9, 24)
WORD = Word(word="机密★", category="涉密标志", reason="不应公开")
FOUND = Clue(kind=ClueKind.ID_NUMBER, text="152*************23", count=2, where="正文")
WEAK = Clue(
    kind=ClueKind.BANK_CARD, text="622**************12", count=1, where="正文", weak=True, note="对公"
)
WEIBO = Account(
    id="wb", unit_id="czj", platform="微博", name="财政局", source="weibo", url="http://w.test/u/1"
)


@pytest.fixture
def office(bureau: Bureau) -> Bureau:
    bureau.settings = bureau.settings.model_copy(update={"clue_readers": ("张三",)})
    return bureau


def document(*found: Clue) -> DocumentReading:
    return DocumentReading(state=PageState.OK, why="", title="公示", published_on=ON, clues=found)


def posted(when: int, *posts: Post) -> Observation:
    return Observation(
        subject_id=WEIBO.subject_id, kind=SubjectKind.ACCOUNT, look=LookKind.OFFICIAL, url=WEIBO.url,
        unit_id="czj", fetched_at=NIGHT + when * DAY, wall_at=NIGHT + when * DAY, state=PageState.OK, why="",
        reading=AccountReading(reason="ok", why="读到", posts=posts, coverage="full"), http_status=200,
    )  # fmt: skip


def post(key: str, comments: int | None, title: str = "动态") -> Post:
    return Post(id=key, title=title, url=f"http://w.test/{key}", published_at=NIGHT - DAY, comments=comments)


def test_a_clue_is_listed_once_for_those_who_may_see_it(office: Bureau) -> None:
    for night in (NIGHT, NIGHT + DAY):
        office.see(listed(NOTES, night, ON), read(NOTES, ON, night, document(WEAK, FOUND)))
    first, second = clues(office.office, "张三")
    assert (first.clue, first.on, first.unit_id, first.url) == (
        FOUND,
        date(2026, 9, 25),
        "czj",
        f"{NOTES.url}{ON}.html",
    )
    assert first.look is not None
    assert second.clue == WEAK
    assert clues(office.office, "张三", "jyj") == []


@pytest.mark.parametrize(("by", "error"), [("李四", RefusedError), (" ", InputError)])
def test_others_are_refused(office: Bureau, by: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        clues(office.office, by)


def test_nobody_is_named_at_first(bureau: Bureau) -> None:
    with pytest.raises(RefusedError, match="clue_readers"):
        clues(bureau.office, "张三")


def test_titles_and_posts_are_searched_with_the_words_of_today(office: Bureau) -> None:
    rows = (ListRow(key="k", title="机密★通知", url=None, published_on=ON),)
    seen = replace(listed(NOTES, NIGHT), reading=ListReading(state=PageState.OK, why="", rows=rows))
    office.registry = Registry(units=(CZJ,), columns=(NOTES,), accounts=(WEIBO,))
    office.see(seen, posted(0, post("1", 0, "机密★"), post("2", 0)))
    assert clues(office.office, "张三") == []
    with_words = replace(office.office, words=(WORD,))
    found = [(one.subject_id, one.clue.text, one.clue.note) for one in clues(with_words, "张三")]
    told = "涉密标志：不应公开"
    assert sorted(found) == [("account:wb", "机密★", told), ("column:" + NOTES.id, "机密★", told)]


def test_the_task_names_no_particulars_and_is_done_when_read(office: Bureau) -> None:
    def night(number: int, *found: Clue) -> list[str]:
        when = NIGHT + number * DAY
        office.see(listed(NOTES, when, ON), read(NOTES, ON, when, document(*found)))
        office.archive.advance(when)
        announce(office.office)
        return [task.detail for task in office.archive.tasks()]

    told = ["有新的安全、泄密线索，请张三用 zwgk clues --by 姓名 查看"]
    assert night(0, WEAK) == []
    assert night(1, WEAK, FOUND) == told
    assert night(2, WEAK, FOUND) == told
    clues(office.office, "张三", "czj")
    assert len(office.archive.tasks()) == 1
    clues(office.office, "张三")
    assert office.archive.tasks() == []
    assert night(3, FOUND) == []
    assert night(4, FOUND, replace(FOUND, text="150*************31")) == told


def test_titles_and_posts_are_announced_too(office: Bureau) -> None:
    office.registry = Registry(units=(CZJ,), columns=(NOTES,), accounts=(WEIBO,))
    with_words = replace(office.office, words=(WORD,))
    office.see(posted(0, post("1", 0, "机密★")))
    office.archive.advance(NIGHT)
    announce(with_words)
    assert [task.kind for task in office.archive.tasks()] == ["clue"]
    clues(with_words, "张三")
    rows = (ListRow(key="k", title="机密★通知", url=None, published_on=ON),)
    seen = replace(listed(NOTES, NIGHT + DAY), reading=ListReading(state=PageState.OK, why="", rows=rows))
    office.see(posted(1, post("1", 0, "机密★")))
    office.archive.advance(NIGHT + DAY)
    announce(with_words)
    assert office.archive.tasks() == []
    office.see(seen)
    announce(with_words)
    assert [task.kind for task in office.archive.tasks()] == ["clue"]


def test_clues_touch_no_event_no_score_and_no_letter(office: Bureau) -> None:
    def outcome() -> object:
        office.judge()
        sheet = score_unit(office.office, "czj")
        letters = [letter.text for letter in remind(office.office)]
        return office.story(), sheet.total, sheet.deducted, letters

    office.see(listed(NOTES, NIGHT, ON), read(NOTES, ON, NIGHT, document()))
    before = outcome()
    office.see(listed(NOTES, NIGHT, ON), read(NOTES, ON, NIGHT, document(FOUND)))
    assert outcome() == before


def test_a_crawl_finds_clues_with_the_deployments_own_words(tmp_path: Path) -> None:
    days = days_back(date(2026, 9, 24), 4)
    with Site() as site:
        site.pages["/tz/"] = listing(days, folder="/tz")
        for n in range(1, 5):
            number = ID if n == 1 else "152***********23"
            site.pages[f"/tz/{n}.html"] = Page(body=PAGE.format(number=number))
        folder = tmp_path / "office"
        deploy(folder, [notes("tz", site.url("/tz/"))]).archive.close()
        (folder / "words.yaml").write_text(OWN_WORDS, encoding="utf-8")
        with (folder / "zwgk.yaml").open("a", encoding="utf-8") as settings:
            settings.write("clue_readers: [张三]\n")
        office = open_office(folder)
        with office.archive:
            for night in ("2026-09-25", "2026-09-26"):
                run_crawl(office, as_of=at(night))
            assert [task.kind for task in office.archive.tasks()] == ["clue"]
            found = [
                (one.url, one.clue.kind.value, one.clue.text, one.clue.count) for one in clues(office, "张三")
            ]
            assert ID not in str(office.archive.looks_under("column:tz"))
    first = site.url("/tz/1.html")
    words = [(site.url(f"/tz/{n}.html"), "敏感词", "请社会各界监督", 1) for n in range(1, 5)]
    assert sorted(found) == sorted([(first, "身份证号", f"152{'*' * 13}{ID[-2:]}", 1), *words])


def test_a_title_is_shown_without_the_number_it_gives_away(office: Bureau) -> None:
    titled = replace(document(), title=f"关于对{ID}予以补贴的公示", publisher="财政局")
    office.see(listed(NOTES, NIGHT, ON), read(NOTES, ON, NIGHT, titled))
    office.judge()
    [event] = office.archive.events(test_id="A1-12")
    hidden = f"《关于对152{'*' * 13}{ID[-2:]}予以补贴的公示》"
    assert hidden in event.why
    assert subject_named(office.office, event.subject_id)[0] == hidden


def test_comments_speak_for_interaction_and_silence_says_nothing(office: Bureau) -> None:
    office.registry = Registry(units=(CZJ,), columns=(NOTES,), accounts=(WEIBO,))
    assert interactions(office.office) == []
    office.see(posted(0, post("1", None), post("2", 0)))
    assert interactions(office.office) == []
    office.see(posted(1, post("1", None), post("2", 0), post("3", 4)))
    [found] = interactions(office.office, "czj")
    assert (found.counted, found.commented, found.last_on) == (2, 1, date(2026, 9, 24))
    assert "2条中1条有评论" in found.sentence
    assert interactions(office.office, "jyj") == []
