"""Answer and reading put together into the Observation of a look."""

from dataclasses import dataclass

from crawler.answers import Answer
from domain.looks import LookKind, Observation, PlannedLook
from domain.readings import PageState, Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What a reader made of an answer."""

    state: PageState
    why: str
    reading: Reading | None = None
    window_covered: bool = False


def observed(look: PlannedLook, answer: Answer, read: Read) -> Observation:
    """The observation of a look: facts and their moment."""
    why = f"{read.why}（{answer.note}）" if answer.note else read.why
    return Observation(
        subject_id=look.subject_id,
        kind=look.kind,
        look=LookKind.OFFICIAL if look.check_id is None else LookKind.ON_DEMAND,
        url=look.url,
        fetched_at=answer.fetched_at,
        wall_at=answer.wall_at,
        state=read.state,
        why=why,
        unit_id=look.unit_id,
        parent_id=look.parent_id,
        reading=read.reading,
        http_status=answer.status,
        final_url=answer.final_url,
        conditional=answer.conditional,
        elapsed_s=answer.elapsed_s,
        headers=answer.headers,
        body=answer.body or None,
        window_covered=read.window_covered,
        check_id=look.check_id,
    )


def unanswered(look: PlannedLook, answer: Answer) -> Observation | None:
    """The observation of a look without a page to read: failed, or unmodified since; None: there is one."""
    if answer.failure is not None:
        return observed(look, answer, Read(state=answer.failure.state, why=answer.failure.why))
    if answer.unmodified:
        return observed(look, answer, Read(state=PageState.OK, why="页面自上次查看以来没有改动（HTTP 304）"))
    return None
