"""Looks that count by two persons, for the office's own units: checks adopted, subjects attested."""

from datetime import date

from app.attachments import attachments
from app.decisions import Attestation, adopt, attest, attest_seen, refuse_adoption, refuse_attestation
from app.joint import Matter, agree, propose
from app.joint_deeds import proposed_files, takes_two
from app.office import Office
from domain.records import Deed, DeedStep
from domain.users import User
from storage.files import refs_json


def adoption_of(check_id: int) -> Matter:
    return Matter(deed=Deed.ADOPTION, subject=f"check:{check_id}", name=f"第 {check_id} 次即时检查的采用")


def attestation_of(subject_id: str) -> Matter:
    return Matter(deed=Deed.ATTESTATION, subject=f"look:{subject_id}", name=f"{subject_id} 的人工核实")


def adopt_check(office: Office, check_id: int, *, user: User, reason: str) -> bool:
    """Adopt it, or propose that to a second person: then False.

    Raises what `adopt` raises, RefusedError where it is proposed already.
    """
    check = refuse_adoption(office, check_id)
    if not takes_two(office, check.unit_id):
        adopt(office, check_id, by=user.person, reason=reason)
        return True
    propose(office, adoption_of(check_id), {}, user=user, reason=reason)
    return False


def attest_subject(office: Office, subject_id: str, seen: Attestation, *, user: User) -> int | None:
    """Record what the user saw, or propose it to a second person: then None. `by` of `seen`: the user's.

    Raises what `attest` raises, RefusedError where one is proposed already.
    """
    subject = refuse_attestation(office, subject_id, seen, office.now())
    if not takes_two(office, subject.unit_id or ""):
        return attest(office, subject.subject_id, seen)
    kept, contents = attachments(seen.files)
    what = {
        "newest_on": str(seen.newest_on) if seen.newest_on is not None else None, "works": seen.works,
        "link": seen.link.strip(), "files": refs_json(kept),
    }  # fmt: skip
    matter = attestation_of(subject.subject_id)
    propose(office, matter, what, user=user, reason=seen.reason, contents=contents)
    return None


def sign_adoption(office: Office, check_id: int, seen: int, *, user: User) -> None:
    """Sign the proposed adoption. Raises what `agree` and `adopt` do."""

    def do(first: DeedStep) -> None:
        adopt(office, check_id, by=first.by, reason=first.reason, second=user.person)

    agree(office, adoption_of(check_id), seen, do, user=user)


def sign_attestation(office: Office, subject_id: str, seen: int, *, user: User) -> int:
    """Sign what another saw: a look of the moment it was proposed, for later the page may be another.

    Raises what `agree` and `attest` do.
    """

    def do(first: DeedStep) -> int:
        newest = first.what["newest_on"]
        whole = Attestation(
            by=first.by, second=user.person, reason=first.reason, works=first.what["works"],
            newest_on=date.fromisoformat(newest) if newest is not None else None,
            link=first.what["link"], files=proposed_files(office, first),
        )  # fmt: skip
        return attest_seen(office, subject_id, whole, first.at)

    return agree(office, attestation_of(subject_id), seen, do, user=user)
