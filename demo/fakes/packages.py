"""Direct download links: whole, cut off, without ranges, behind redirects, a page instead (§4.4)."""

from demo import files
from demo.reply import PACKAGE_TYPE, Asked, Reply
from demo.world import Answer, Fault, Package

HOPS = 3
"""Redirects before the package; a link without end redirects to itself with another number for ever."""


def download(package: Package, asked: Asked, whole: bytes, answer: Answer) -> Reply:
    if answer is Answer.HTML:
        return Reply(200, files.DOWNLOAD_PAGE.encode())
    hop = int(asked.query.get("hop", "0"))
    if package.fault is Fault.APP_ENDLESS or (package.fault is Fault.APP_REDIRECTED and hop < HOPS):
        return Reply(302, b"", headers={"Location": f"{package.path}?hop={hop + 1}"})
    if package.fault is Fault.APP_NO_RANGES:
        return Reply(200, whole, "application/octet-stream")
    body = whole[: len(whole) * 3 // 4] if package.fault is Fault.APP_CUT_OFF else whole
    return Reply(200, body, PACKAGE_TYPE)


def is_asked(package: Package, asked: Asked) -> bool:
    return asked.path == package.path
