"""Recomputed breaches and the stored events they continue: identity, decisions and notices stay with them."""

from collections.abc import Sequence
from dataclasses import replace

from domain.events import DecisionKind, Event

SPLIT = "由人撤销或豁免过的事件因补到的监测记录分成两段，后一段须人工判断"


def matched(stored: Sequence[Event], folded: Sequence[Event]) -> tuple[tuple[Event, ...], tuple[Event, ...]]:
    """Give folded breaches the identity, decisions and notices of the stored events they continue.

    Two are the same when they share a sighting or their spans overlap. Returns (events now, stored
    events that no longer stand, to be withdrawn with the reason, never deleted).
    """
    left = list(stored)
    now: list[Event] = []
    for event in folded:
        same = next((old for old in left if _continues(old, event)), None)
        if same is not None:
            left.remove(same)
            event = identified(event, same)
        if (same is not None and same.held == SPLIT) or (same is None and _was_excused(event, stored)):
            event = replace(event, held=event.held or SPLIT)
        now.append(event)
    return tuple(now), tuple(left)


def _was_excused(event: Event, stored: Sequence[Event]) -> bool:
    """Whether its looks were part of an event when a person withdrew or exempted that one."""
    return any(
        {s.observation_id for s in old.sightings} & {s.observation_id for s in event.sightings}
        and any(d.kind is not DecisionKind.CONFIRM and d.at >= event.opened_at for d in old.decisions[-1:])
        for old in stored
    )


def identified(event: Event, stored: Event) -> Event:
    """The event with what people did to the stored one it continues."""
    return replace(
        event, id=stored.id, decisions=stored.decisions, appeals=stored.appeals, notified=stored.notified,
        notified_at=stored.notified_at, deadline=stored.deadline,
    )  # fmt: skip


def _continues(old: Event, new: Event) -> bool:
    if old.period != new.period:
        return False
    if {s.observation_id for s in old.sightings} & {s.observation_id for s in new.sightings}:
        return True
    starts_before_old_ends = old.closed_at is None or new.opened_at < old.closed_at
    return starts_before_old_ends and (new.closed_at is None or old.opened_at < new.closed_at)
