"""Whatever order observations arrive in, the archive tells the same story."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.looks import Look, LookKind, Observation, SeenRow
from domain.readings import DatedBy, DateSource, ListRow, PageState
from storage.archive import Archive
from tests.storage.seen import night, record, row, seen, unmodified

NAMES = count()
DAYS = st.one_of(st.none(), st.dates(date(2026, 10, 1), date(2026, 10, 12)))


@st.composite
def list_rows(draw: st.DrawFn) -> ListRow:
    others = draw(st.lists(DAYS.filter(bool), max_size=1))
    return row(
        draw(st.sampled_from("abc")),
        draw(DAYS),
        title=draw(st.sampled_from(["甲", "乙", "a"])),
        others=tuple(DatedBy(on=on, source=DateSource.URL) for on in others if on),
    )


@st.composite
def looks(draw: st.DrawFn) -> list[Observation]:
    """Looks at one list on different moments: read, not modified, blocked."""
    minutes = draw(st.lists(st.integers(0, 20_000), min_size=1, max_size=6, unique=True))
    made = []
    for minute in minutes:
        at = night(0) + timedelta(minutes=minute)
        shape = draw(st.sampled_from(["read", "read", "unmodified", "blocked"]))
        if shape == "read":
            kind = draw(st.sampled_from([LookKind.OFFICIAL, LookKind.ATTESTED]))
            made.append(seen(at, draw(st.lists(list_rows(), max_size=4)), look=kind))
        elif shape == "unmodified":
            made.append(unmodified(at))
        else:
            made.append(seen(at, None, state=PageState.BLOCKED, http_status=412))
    return made


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_order_of_arrival_does_not_matter(archive: Archive, data: st.DataObject) -> None:
    made = data.draw(looks())
    shuffled = data.draw(st.permutations(made))
    assert _story(archive, made) == _story(archive, shuffled)


def _story(archive: Archive, arriving: Sequence[Observation]) -> tuple[list[Look], list[SeenRow]]:
    subject = f"column:{next(NAMES)}"
    for one in arriving:
        record(archive, replace(one, subject_id=subject))
    seen_so = archive.looks_of(subject)
    assert archive.last_look(subject) == seen_so[-1]
    for kind in LookKind:
        of_kind = [one for one in seen_so if one.look is kind]
        assert archive.last_look(subject, kind) == (of_kind[-1] if of_kind else None)
    told = [replace(look, id=0, run_id=0, subject_id="") for look in seen_so]
    return told, [replace(kept, subject_id="") for kept in archive.rows_of(subject)]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(list_rows(), max_size=6), data=st.data())
def test_rows_seen_at_one_moment_do_not_depend_on_their_order(
    archive: Archive, rows: list[ListRow], data: st.DataObject
) -> None:
    first, second = f"column:{next(NAMES)}", f"column:{next(NAMES)}"
    record(archive, seen(night(0), rows, first))
    for one in data.draw(st.permutations(rows)):
        record(archive, seen(night(0), [one], second))
    assert [replace(kept, subject_id=second) for kept in archive.rows_of(first)] == archive.rows_of(second)
