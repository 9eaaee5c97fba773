import json
from datetime import UTC
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.clues import Clue, ClueKind
from domain.errors import StorageError
from domain.readings import (
    LABELS,
    AccountReading,
    DatedBy,
    DateSource,
    DocumentReading,
    LabelState,
    ListReading,
    PackageReading,
    PageState,
    Post,
    Reading,
)
from domain.units import SubjectKind
from storage.codec import decode, encode
from storage.types import canonical

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=8)
MAYBE = st.none() | TEXT
DAY = st.none() | st.dates()
MOMENT = st.datetimes(timezones=st.just(UTC))
SOURCE = st.none() | st.sampled_from(DateSource)

CLUES = st.builds(
    Clue, kind=st.sampled_from(ClueKind), text=TEXT, count=st.integers(1, 999), where=TEXT,
    weak=st.booleans(), note=TEXT,
)  # fmt: skip
DOCUMENTS = st.builds(
    DocumentReading,
    state=st.sampled_from(PageState),
    why=TEXT,
    title=MAYBE,
    published_on=DAY,
    published_time=MAYBE,
    date_source=SOURCE,
    publisher=MAYBE,
    source=MAYBE,
    doc_number=MAYBE,
    category=MAYBE,
    keywords=MAYBE,
    issued_on=DAY,
    index_number=MAYBE,
    labels=st.dictionaries(st.sampled_from(LABELS), st.sampled_from(LabelState)).map(MappingProxyType),
    conflicts=st.lists(TEXT, max_size=2).map(tuple),
    clues=st.lists(CLUES, max_size=2).map(tuple),
    others=st.lists(st.builds(DatedBy, on=st.dates(), source=st.sampled_from(DateSource)), max_size=2).map(
        tuple
    ),
)
POSTS = st.builds(
    Post,
    id=TEXT,
    title=TEXT,
    url=MAYBE,
    published_at=MOMENT,
    pinned=st.booleans(),
    is_repost=st.booleans(),
    id_given=st.booleans(),
    comments=st.none() | st.integers(0, 10**9),
)
ACCOUNTS = st.builds(
    AccountReading,
    reason=TEXT,
    why=TEXT,
    posts=st.lists(POSTS, max_size=3).map(tuple),
    source_synced_at=st.none() | MOMENT,
    coverage=st.sampled_from(["full", "partial", "unknown"]),
)
PACKAGES = st.builds(
    PackageReading,
    verdict=st.sampled_from(["ok", "broken", "unknown"]),
    why=TEXT,
    size_bytes=st.none() | st.integers(0, 2**40),
    hops=st.lists(TEXT, max_size=3).map(tuple),
    listing=st.booleans(),
)
READINGS = st.one_of(
    st.tuples(st.just(SubjectKind.DOCUMENT), DOCUMENTS),
    st.tuples(st.just(SubjectKind.ACCOUNT), ACCOUNTS),
    st.tuples(st.just(SubjectKind.APP), PACKAGES),
)


@given(READINGS)
def test_what_is_encoded_comes_back_the_same(pair: tuple[SubjectKind, Reading]) -> None:
    kind, reading = pair
    assert decode(kind, json.loads(canonical(encode(kind, reading)))) == reading


def test_nothing_stays_nothing_and_lists_stand_elsewhere() -> None:
    reading = ListReading(state=PageState.OK, why="")
    assert encode(SubjectKind.COLUMN, reading) is None
    assert all(decode(kind, encode(kind, None)) is None for kind in SubjectKind)
    assert decode(SubjectKind.COLUMN, {}) is None


def test_a_reading_of_another_kind_is_refused() -> None:
    with pytest.raises(StorageError, match="ListReading"):
        encode(SubjectKind.DOCUMENT, ListReading(state=PageState.OK, why=""))


def test_a_document_stored_before_clues_were_kept_still_comes_back() -> None:
    reading = DocumentReading(state=PageState.OK, why="")
    stored = encode(SubjectKind.DOCUMENT, reading) or {}
    del stored["clues"]
    assert decode(SubjectKind.DOCUMENT, stored) == reading


def test_a_post_stored_before_it_told_more_still_comes_back() -> None:
    post = {"id": "1", "title": "t", "url": None, "published_at": "2026-11-20T01:00:00+00:00"}
    stored = {"reason": "ok", "why": "", "coverage": "full", "source_synced_at": None, "posts": [post]}
    reading = decode(SubjectKind.ACCOUNT, stored)
    assert isinstance(reading, AccountReading)
    [one] = reading.posts
    assert (one.pinned, one.is_repost, one.id_given, one.comments) == (False, False, False, None)
