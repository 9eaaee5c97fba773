"""New-media accounts through their source's adapter, and apps through their download link or store."""

from crawler.accounts.base import SourceSaid, state_of
from crawler.accounts.catalog import KEYED, SOURCES
from crawler.accounts.client import quiet_fetch
from crawler.accounts.said import no_keys
from crawler.answers import Answer
from crawler.apps.listing import try_listing
from crawler.apps.offer_page import try_page
from crawler.apps.package import try_package
from crawler.looking import LookSpider
from crawler.observe import Read, observed, unanswered
from crawler.visit import Visit
from domain.credentials import Credential
from domain.looks import Observation
from domain.stores import Store
from domain.units import Account, App, SubjectKind


async def see_account(visit: Visit) -> list[Observation]:
    """One account. The look's address is what its source reads."""
    account = visit.subject if isinstance(visit.subject, Account) else _unregistered(visit)
    said = await _said(visit, account)
    if said.reading is None:
        failed = unanswered(visit.look, said.answer)
        return [failed] if failed else []
    read = Read(state=state_of(said.reading), why=said.reading.why, reading=said.reading)
    return [observed(visit.look, said.answer, read)]


async def _said(visit: Visit, account: Account) -> SourceSaid:
    keyed = KEYED.get(visit.look.source)
    if keyed is None:
        return await SOURCES[visit.look.source].read(account, visit.fetch, urgent=visit.urgent)
    keys = visit.credentials.get(account.credential or "", Credential())
    if keys.complete:
        return await keyed.read(account, quiet_fetch(visit), keys, urgent=visit.urgent)
    judged, wall = visit.stamp.moments()
    answer = Answer(url=account.url, fetched_at=judged, wall_at=wall, elapsed_s=0.0)
    return SourceSaid(answer=answer, reading=no_keys(account))


async def see_app(visit: Visit) -> list[Observation]:
    """One app: can its package be had from its link or by its page, is it in its store?"""
    app = visit.subject
    if isinstance(app, App) and app.page_url:
        answer, read = await try_page(visit, app)
    elif isinstance(app, App) and app.store is not Store.APK:
        answer, read = await try_listing(visit, app)
    else:
        answer, read = await try_package(visit)
    return [observed(visit.look, answer, read)]


def _unregistered(visit: Visit) -> Account:
    """An address from the command line: nothing is known of its coverage."""
    look = visit.look
    return Account(id="adhoc", unit_id="", platform="", name="", source=look.source, url=look.url)


class AccountsSpider(LookSpider):
    """Looks at one account's source, `-a source=rss` by default."""

    name = "accounts"
    kind = SubjectKind.ACCOUNT

    async def see(self, visit: Visit) -> list[Observation]:
        return await see_account(visit)
