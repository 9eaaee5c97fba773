"""What one person proposed and a second one signs: as it waits, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from app.decisions import stamp
from app.joint import Matter, waiting
from app.office import Office
from app.proposals import about, event_of, files_of, matter_parts, signers, told, unit_id_of, what_came
from domain.errors import RefusedError
from domain.records import Deed, DeedStep, FileRef, JointStep


@dataclass(frozen=True, slots=True, kw_only=True)
class HowItEnded:
    step: Annotated[JointStep, "会签（已执行）、不同意或收回"]
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JointProposal:
    """A deed about one of the office's own units."""

    id: Annotated[int, "会签时写在地址里"]
    deed: Annotated[
        Deed,
        "appeal 申诉，decision 认定、撤销、豁免，mark 评分，adoption 采用即时检查，attestation 人工核实",
    ]
    unit: str
    about: Annotated[str, "关于什么"]
    what: Annotated[str, "拟作什么"]
    event: Annotated[int | None, "事件编号；null：不是关于事件的"]
    check: Annotated[int | None, "即时检查的编号"]
    subject: Annotated[str | None, "人工核实的监测对象"]
    clause: Annotated[str | None, "评分的条款"]
    year: Annotated[int | None, "评分的考核年度"]
    files: Annotated[Sequence[FileRef], "附件；内容用 /proposals/{proposal_id}/files/{sha256} 下载"]
    reason: str
    by: Annotated[str, "谁拟定的：只能收回，不能会签"]
    at: datetime
    signers: Annotated[Sequence[str], "等谁：能会签的人；已经办结的为空"]
    stamp: Annotated[str, "事件现在的样子：会签时写在 seen 里，其间有了变化的不作数；空：不是关于事件的"]
    ended: Annotated[HowItEnded | None, "null：还在等第二人"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalList:
    proposals: Annotated[Sequence[JointProposal], "等第二人会签的，先拟定的在前"]


def waiting_json(office: Office, matter: Matter) -> JointProposal:
    """What waits of a matter. Raises RefusedError where it was settled in the meantime."""
    first = waiting(office, matter)
    if first is None:
        raise RefusedError(f"{matter.name}刚刚有了变化。请看过新的情况再决定。")
    return proposal_json(office, first)


def proposal_json(office: Office, first: DeedStep) -> JointProposal:
    ended, event, parts = what_came(office, first), event_of(office, first), matter_parts(first)
    return JointProposal(
        id=first.id or 0, deed=first.deed, unit=unit_id_of(office, first), about=about(office, first),
        what=told(first), event=parts.event, check=parts.check, subject=parts.subject, clause=parts.clause,
        year=parts.year, files=files_of(first), reason=first.reason, by=first.by, at=first.at,
        signers=[one.person for one in signers(office, first)] if ended is None else (),
        stamp=stamp(event) if event is not None else "",
        ended=HowItEnded(step=ended.step, by=ended.by, at=ended.at, reason=ended.reason) if ended else None,
    )  # fmt: skip
