"""Accounts that no source shows: a person looks at them, and is reminded to; no reminder is a verdict."""

from dataclasses import dataclass
from datetime import datetime

from app.office import Office
from domain.clock import local_day
from domain.looks import Look, LookKind
from domain.units import Account

DUE_DAYS = 7
"""So many days after a person's look the office is asked to look again."""

TASK = "by_hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHand:
    """An account a person must look at. `last`: the newest attested look, None: nobody looked yet."""

    account: Account
    last: Look | None
    days: int | None
    """Beijing days since that look."""

    @property
    def due(self) -> bool:
        return self.days is None or self.days >= DUE_DAYS

    @property
    def sentence(self) -> str:
        ask = f"请打开查看，再用 zwgk attest {self.account.subject_id} 登记"
        if self.last is None:
            return f"“{self.account.name}”只能人工查看，还没有登记过；{ask}"
        seen = f"上次由{self.last.attested_by}在{local_day(self.last.at)}登记（{self.last.why}）"
        return f"“{self.account.name}”只能人工查看，{seen}，已过{self.days}天；{ask}"


def by_hand(office: Office, at: datetime, unit_id: str | None = None) -> list[ByHand]:
    """The accounts valid on the day that only a person can look at, of one unit or all."""
    return [
        _stand(office, one, at)
        for one in office.registry.accounts
        if one.by_hand and unit_id in {None, one.unit_id} and one.valid_on(local_day(at))
        if office.registry.unit(one.unit_id).valid_on(local_day(at))
    ]


def _stand(office: Office, account: Account, at: datetime) -> ByHand:
    looks = [
        look
        for look in office.archive.looks_of(account.subject_id)
        if look.look is LookKind.ATTESTED and look.at <= at
    ]
    last = looks[-1] if looks else None
    days = (local_day(at) - local_day(last.at)).days if last else None
    return ByHand(account=account, last=last, days=days)


def remind_office(office: Office) -> None:
    """Open a task for every account due for a person's look; close those of accounts looked at or gone."""
    at = office.now()
    due = {one.account.subject_id: one for one in by_hand(office, at) if one.due}
    for one in due.values():
        account = one.account
        office.archive.open_task(
            TASK, account.subject_id, one.sentence, unit_id=account.unit_id, at=at
        )  # fmt: skip
    for task in office.archive.tasks():
        if task.kind == TASK and task.subject not in due:
            office.archive.close_task(TASK, task.subject, unit_id=task.unit_id, at=at)
