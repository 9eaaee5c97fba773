from crawler.frontier import Frontier
from domain.looks import PlannedLook
from domain.units import SubjectKind


def look(name: str, parent: str | None = None) -> PlannedLook:
    return PlannedLook(subject_id=name, kind=SubjectKind.COLUMN, url=f"http://{name}/", parent_id=parent)


def test_looks_leave_in_the_order_they_came_each_address_by_itself() -> None:
    frontier = Frontier()
    for name, address in (("a", "1"), ("b", "2"), ("c", "1")):
        assert frontier.add(look(name), address)
    assert [one.subject_id for one in (frontier.take("1"), frontier.take("1")) if one] == ["a", "c"]
    assert frontier.take("1") is None
    assert frontier.take("nowhere") is None


def test_subject_is_looked_at_once_a_run() -> None:
    frontier = Frontier(seen=["b"])
    assert frontier.add(look("a"), "1")
    assert not frontier.add(look("a"), "2")
    assert not frontier.add(look("b"), "1")


def test_finished_hands_over_each_subject_once_documents_under_their_column() -> None:
    frontier = Frontier()
    for one in (look("a"), look("d1", parent="a"), look("b")):
        frontier.add(one, "1")
        frontier.take("1")
    assert frontier.finished("1") == ["a", "b"]
    assert frontier.finished("1") == []
    assert frontier.finished("nowhere") == []
