"""Digests sent: one a recipient a day at most, by day only, again after a failure, each topic once."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from app.digests import digest
from app.office import Office
from app.processes import alive
from app.sending import Send, send
from app.told import BY_MACHINE, OUTBOX, remind
from config.secrets import load_addresses
from domain.clock import BEIJING, local_day
from domain.errors import RefusedError
from domain.looks import RunKind
from domain.notify import NOTIFIED, Digest, Outcome, Recipient

TASK = "notify"
LEASE, LEASE_S = "notify", 600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What became of one recipient's digest. `digest` None: not made, or nothing to say."""

    recipient: Recipient
    outcome: Outcome
    digest: Digest | None = None


def preview(office: Office) -> list[Report]:
    """What would go where now; nothing is sent or recorded. Raises ConfigError."""
    addresses = load_addresses(office.settings)
    return [_previewed(office, one, addresses) for one in _recipients(office)]


def notify(office: Office, *, holder: str, sender: Send = send) -> list[Report]:
    """Send what is due. `holder`: who sends; one process at a time does.

    A failure is a task for the office, and tried again at the next call. A process that dies between
    sending and recording tells a digest twice at worst, never not at all.
    Raises RefusedError for a simulation or while another process sends, ConfigError.
    """
    if office.archive.simulation:
        raise RefusedError("模拟库不发通知：里面的问题都是模拟的。可以用 --dry-run 预览。")
    addresses = load_addresses(office.settings)
    with _alone(office, holder):
        if not _quiet(office) and any(one.to not in NOTIFIED for one in _recipients(office)):
            remind(office, out=office.settings.dir / OUTBOX, by=BY_MACHINE)
        return [_told(office, one, addresses, sender) for one in _recipients(office)]


def due(office: Office) -> bool:
    """Whether somebody may have to be told: by day, no night at work, not everybody told today."""
    if not office.settings.notify or office.archive.simulation or _quiet(office):
        return False
    night = office.archive.unfinished_run(RunKind.NIGHTLY)
    if night is not None and alive(night, office.clock()):
        return False
    return any(not _today(office, one) for one in _recipients(office))


@contextmanager
def _alone(office: Office, holder: str) -> Iterator[None]:
    if not office.archive.take_lease(LEASE, holder, at=office.clock(), seconds=LEASE_S):
        raise RefusedError("另一个进程正在发通知。请稍后再试。")
    try:
        yield
    finally:
        office.archive.release_lease(LEASE, holder)


def _recipients(office: Office) -> list[Recipient]:
    """Each once, in the order of the settings."""
    return list(dict.fromkeys(Recipient(name=one.name, to=one.to) for one in office.settings.notify))


def _previewed(office: Office, one: Recipient, addresses: Mapping[str, tuple[str, ...]]) -> Report:
    held = _held(office, one, addresses)
    if held is Outcome.NO_UNIT:
        return Report(recipient=one, outcome=held)
    made = digest(office, one, office.archive.delivered_topics(one.key), preview=True)
    outcome = held or (Outcome.WOULD if made else Outcome.NOTHING)
    return Report(recipient=one, outcome=outcome, digest=made)


def _told(office: Office, one: Recipient, addresses: Mapping[str, tuple[str, ...]], sender: Send) -> Report:
    held = _held(office, one, addresses)
    if held is not None:
        return Report(recipient=one, outcome=held)
    made = digest(office, one, office.archive.delivered_topics(one.key))
    if made is None:
        return Report(recipient=one, outcome=Outcome.NOTHING)
    now = office.clock()
    if not sender(addresses[one.name], made.title, made.text):
        why = f"给“{one.name}”（{one.to}）的通知没有发出：网络不通，或地址、密钥不对；随后再试。"
        office.archive.open_task(TASK, one.name, why, at=now)
        return Report(recipient=one, outcome=Outcome.FAILED, digest=made)
    office.archive.record_delivered(one.key, made.topics, now)
    office.archive.close_task(TASK, one.name, at=now)
    return Report(recipient=one, outcome=Outcome.SENT, digest=made)


def _held(office: Office, one: Recipient, addresses: Mapping[str, tuple[str, ...]]) -> Outcome | None:
    if one.to not in NOTIFIED and one.to not in {unit.id for unit in office.registry.units}:
        return Outcome.NO_UNIT
    if not addresses.get(one.name):
        return Outcome.NO_ADDRESS
    if _today(office, one):
        return Outcome.TODAY
    return Outcome.QUIET if _quiet(office) else None


def _today(office: Office, one: Recipient) -> bool:
    last = office.archive.last_delivered(one.key)
    return last is not None and local_day(last) == local_day(office.clock())


def _quiet(office: Office) -> bool:
    """By night nobody is woken; a window over midnight is understood, one of no length is the whole day."""
    first, last = office.settings.notify_from, office.settings.notify_until
    return not _within(f"{office.clock().astimezone(BEIJING):%H:%M}", first, last)


def _within(hour: str, first: str, last: str) -> bool:
    return first <= hour < last if first < last else hour >= first or hour < last
