"""What programs may do for a user, by the rules of the pages; recorded under the user's own name."""

from fastapi import APIRouter, Response

from app.checks import start_check
from app.contract.events import event_row
from app.contract.scores import mark_json
from app.decisions import Attestation, attest, decide
from app.marks import Said, mark
from domain.errors import RefusedError
from web.access import CHECKERS, DECIDERS, allow
from web.api.answers import PREFIX, AttestationBody, DecisionBody, MarkBody, given, points_of
from web.deps import Ask, Asked

routes = APIRouter(prefix=PREFIX)


@routes.post("/units/{unit_id}/checks", summary="现在检查一个单位；结论到 Location 去取")
@allow(*CHECKERS)
def ask_check(ask: Asked, unit_id: str) -> Response:
    number = start_check(ask.office, unit_id)
    return given({"check": number}, 202, {"Location": f"{PREFIX}/checks/{number}"})


@routes.post("/events/{event_id}/decisions", summary="认定、撤销、豁免（同 zwgk decide）")
@allow(*DECIDERS)
def decision(ask: Asked, event_id: int, body: DecisionBody) -> Response:
    event = ask.office.archive.event(event_id)
    if event is not None:
        _refuse_joint(ask, event.unit_id)
    made = decide(
        ask.office, event_id, body.kind, by=ask.user.person, reason=body.reason,
        points=points_of(body.points), until=body.until,
    )  # fmt: skip
    return given(event_row(ask.office, made))


@routes.post("/subjects/{subject_id}/attestations", summary="登记人工核实（同 zwgk attest），不带附件")
@allow(*DECIDERS)
def attestation(ask: Asked, subject_id: str, body: AttestationBody) -> Response:
    seen = Attestation(
        by=ask.user.person, reason=body.reason, newest_on=body.newest, works=body.works, link=body.link
    )
    return given({"look": attest(ask.office, subject_id, seen)}, 201)


@routes.post("/units/{unit_id}/marks", summary="人工评分（同 zwgk mark），不带附件")
@allow(*DECIDERS)
def enter_mark(ask: Asked, unit_id: str, body: MarkBody) -> Response:
    _refuse_joint(ask, ask.office.unit(unit_id).id)
    said = Said(points=points_of(body.points), by=ask.user.person, reason=body.reason)
    return given(mark_json(mark(ask.office, unit_id, body.clause, said, year=body.year)), 201)


def _refuse_joint(ask: Ask, unit_id: str) -> None:
    """A token is one person; the office's own units take two."""
    unit = ask.office.unit(unit_id)
    if unit.office_own:
        raise RefusedError(f"{unit.name}由本办自管，须两人共同决定，请在控制台办理。")
