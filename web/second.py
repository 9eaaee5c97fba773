"""Four eyes: the second person vouches with his own user name and password; his name is never just typed."""

from app.logins import vouched
from domain.errors import RefusedError
from web.access import DECIDERS
from web.deps import Ask, address_of


def second_person(ask: Ask, name: str, password: str) -> str:
    """The second person's name for the log, "" where none was given.

    Raises LoginRefusedError (counted towards the lockout), RefusedError for one who may not decide or is
    the first.
    """
    if not name.strip():
        return ""
    other = vouched(ask.office, name, password, address_of(ask.request))
    if other.role not in DECIDERS or other.id == ask.user.id or other.person == ask.user.person:
        raise RefusedError("第二人须是另一个有权作决定的人（办公室或审核）。")
    return other.person
