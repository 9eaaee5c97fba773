"""What waits for a second person, and what became of what was proposed."""

from fastapi import APIRouter, Response

from app.contract.proposals import JointProposal, ProposalList, proposal_json
from app.proposals import proposal, proposals, proposed_file
from web.access import DECIDERS, allow
from web.api.answers import PREFIX, Paged, ProposalId, Sha256, given
from web.api.published import gives, reads
from web.deps import Asked
from web.downloads import download

routes = APIRouter(prefix=PREFIX, tags=["两人共同决定"])


@routes.get(
    "/proposals", operation_id="listProposals", responses=reads(ProposalList, 422, paged=True),
    summary="等第二人会签的：拟作什么，等谁",
)  # fmt: skip
@allow(*DECIDERS)
def waiting(ask: Asked, at: Paged) -> Response:
    rows = proposals(ask.office, ask.user)
    shown = ProposalList(proposals=[proposal_json(ask.office, one.step) for one in at.of(rows)])
    return given(shown, headers=at.headers(ask.request, len(rows)))


@routes.get(
    "/proposals/{proposal_id}", operation_id="getProposal", responses=reads(JointProposal, 404, 422),
    summary="一个拟定的决定：还在等，还是已经会签、不同意、收回",
)  # fmt: skip
@allow(*DECIDERS)
def one(ask: Asked, proposal_id: ProposalId) -> Response:
    return given(proposal_json(ask.office, proposal(ask.office, proposal_id, ask.user)))


@routes.get(
    "/proposals/{proposal_id}/files/{sha256}", operation_id="getProposalFile", response_class=Response,
    responses=gives("附件的内容", 404, 422), summary="下载一个拟定的决定的附件",
)  # fmt: skip
@allow(*DECIDERS)
def file(ask: Asked, proposal_id: ProposalId, sha256: Sha256) -> Response:
    first = proposal(ask.office, proposal_id, ask.user)
    return download(*proposed_file(ask.office, first, sha256))
