"""Events as an Atom feed (RFC 4287)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from app.contract.plain import utc
from app.event_list import EventPage, Listed
from app.office import Office
from domain.events import Event

ATOM = "http://www.w3.org/2005/Atom"
XML_LEAST = 32
"""Control characters below are no XML, but for tab and line ends."""

register_namespace("", ATOM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Where the console is reached (no / at its end), and the feed's own page, without any token."""

    console: str
    own: str
    older: str | None


def atom(office: Office, found: EventPage, links: Links) -> bytes:
    """A page of events, newest first; an entry is renewed when its event is."""
    mark = "〔模拟〕" if office.archive.simulation else ""
    feed = Element(f"{{{ATOM}}}feed")
    _text(feed, "id", _identity(office, "events"))
    _text(feed, "title", f"{mark}{office.settings.office_name}：监测事件")
    _text(feed, "updated", utc(_newest(office, found.rows)))
    _text(SubElement(feed, f"{{{ATOM}}}author"), "name", office.settings.office_name)
    _link(feed, "self", links.own)
    if links.older is not None:
        _link(feed, "next", links.older)
    for one in found.rows:
        _entry(feed, office, one, links)
    made: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return made


def _entry(feed: Element, office: Office, one: Listed, links: Links) -> None:
    event = one.event
    entry = SubElement(feed, f"{{{ATOM}}}entry")
    _text(entry, "id", _identity(office, f"event/{event.id}"))
    _text(entry, "title", f"〔{event.state.value}〕{one.unit}“{one.subject}”{one.item}")
    _text(entry, "published", utc(event.opened_at))
    _text(entry, "updated", utc(changed(event)))
    _link(entry, "alternate", f"{links.console}/events/{event.id}")
    limit = f"（要求：{event.limit}）" if event.limit else ""
    waits = f"{one.needs}。" if one.needs else ""
    _text(entry, "summary", f"{event.why}{limit}。{waits}")


def changed(event: Event) -> datetime:
    """When something about the event last changed."""
    moments = [event.opened_at, event.last_seen_at, event.confirmed_at, event.closed_at]
    moments += [made.at for made in event.decisions]
    moments += [at for one in event.appeals for at in (one.filed_at, one.decided_at)]
    return max(moment for moment in moments if moment is not None)


def _newest(office: Office, rows: Sequence[Listed]) -> datetime:
    return max((changed(one.event) for one in rows), default=office.now())


def _identity(office: Office, what: str) -> str:
    """The same for ever, wherever the console is reached."""
    return uuid5(NAMESPACE_URL, f"zwgk:{office.settings.office_name}/{what}").urn


def _text(parent: Element, name: str, text: str) -> None:
    element = SubElement(parent, f"{{{ATOM}}}{name}")
    element.text = "".join(char for char in text if ord(char) >= XML_LEAST or char in "\t\n\r")


def _link(parent: Element, rel: str, href: str) -> None:
    SubElement(parent, f"{{{ATOM}}}link", {"rel": rel, "href": href})
