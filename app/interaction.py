"""有效互动功能 (A1-21, A2-11): what sources show of comments, to help the person who marks; never a lapse.

That people comment shows that they can. Nothing shown says nothing: most sources give no numbers.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.office import Office
from domain.clock import local_day
from domain.readings import AccountReading
from domain.units import Account


@dataclass(frozen=True, slots=True, kw_only=True)
class Interaction:
    """An account whose posts have comments. `counted`: posts whose number of comments the source gives;
    `commented`: those with any; `last_on`: the newest of them; `seen_on`: the day of the look."""

    unit_id: str
    subject_id: str
    subject: str
    counted: int
    commented: int
    last_on: date
    seen_on: date
    sentence: str


def interactions(office: Office, unit_id: str | None = None) -> list[Interaction]:
    """In the registry's order; accounts of which nothing speaks for interaction are left out."""
    accounts = (one for one in office.registry.subjects if isinstance(one, Account))
    return [
        found
        for account in accounts
        if unit_id is None or account.unit_id == unit_id
        for found in _of_account(office, account)
    ]


def _of_account(office: Office, account: Account) -> Iterator[Interaction]:
    for look in reversed(office.archive.looks_of(account.subject_id)):
        reading = look.reading
        if not isinstance(reading, AccountReading) or not reading.posts:
            continue
        counted = [post for post in reading.posts if post.comments is not None]
        commented = [local_day(post.published_at) for post in counted if post.comments]
        if commented:
            last_on, seen_on = max(commented), local_day(look.at)
            sentence = (
                f"{account.platform}“{account.name}”：{seen_on}看到的{len(counted)}条中{len(commented)}条有评论"
                f"（最近一条发布于{last_on}），公众可以评论；是否回复请人工查看"
            )
            yield Interaction(
                unit_id=account.unit_id, subject_id=account.subject_id, subject=account.name,
                counted=len(counted), commented=len(commented), last_on=last_on, seen_on=seen_on,
                sentence=sentence,
            )  # fmt: skip
        return
