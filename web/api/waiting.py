"""Work of seconds, waited for: a program does not look at a page that says it is going on."""

from collections.abc import Callable

from app.works import WAIT_S, Done, Going
from web.refusals import Refused

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
