"""Sending a message: the only place that knows apprise. Addresses are secrets: never in a log or an error."""

import logging
import warnings
from collections.abc import Callable, Sequence
from typing import TypeAlias

import apprise

Send: TypeAlias = Callable[[Sequence[str], str, str], bool]
"""Addresses, title, text -> whether all of them took it."""

QUIET = ("apprise", "urllib3", "requests")
"""Loggers that may write addresses, or what the other side answered."""


def send(urls: Sequence[str], title: str, text: str) -> bool:
    """Hand the message to every address; False where one is not understood or does not take it."""
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    asset = apprise.AppriseAsset(app_id="zwgk", app_desc="政务公开监测", app_url="", async_mode=False)
    taken = []
    for url in urls:
        one = apprise.Apprise(asset=asset)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of modules that its many plugins try
            understood = one.add(url)
        taken.append(
            bool(understood and one.notify(body=text, title=title, body_format=apprise.NotifyFormat.TEXT))
        )
    return bool(taken) and all(taken)
