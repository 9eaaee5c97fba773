"""Work of seconds, waited for: a program does not look at a page that says it is going on."""

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec

from app.office import Office
from app.works import WAIT_S, Done, Going
from web.deps import Ask
from web.refusals import Refused
from web.working import asked_for

P = ParamSpec("P")
PATIENCE_S = 20.0


def waited(ask: Callable[[], Done | Going]) -> Done:
    """The result; while the archive goes on changing, the newest there is. Raises Refused (503), ZwgkError.

    `ask` itself waits for app.works.WAIT_S.
    """
    found = ask()
    for _ in range(int(PATIENCE_S / WAIT_S)):
        if isinstance(found, Done) and found.fresh:
            return found
        found = ask()
    if isinstance(found, Going):
        raise Refused(503, f"已经生成了 {found.seconds:.0f} 秒，还没有完成。请过一会儿再取，不用从头再来。")
    return found


def kept(
    ask: Ask, work: Callable[Concatenate[Office, P], Any], *args: P.args, **named: P.kwargs
) -> Any:  # fmt: skip
    """What `work` makes of the archive as it is now: made once for all pages of a list, and for everybody.

    Raises what `work` raises, Refused (503).
    """
    name = ("api", work.__name__, args, tuple(sorted(named.items())))
    return waited(lambda: asked_for(ask, name, work, *args, **named)).result
