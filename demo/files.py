"""Packages and the pages that stand where something should be: bytes of the simulated portal."""

import io
import zipfile
from random import Random

CHALLENGE = (
    "<html><head><script>document.cookie=('_')+('_')+('j')+('s')+('l')+('_clearance=1.1|0|x;');"
    "location.href=location.pathname+location.search</script></head><body></body></html>"
)
"""What a firewall sends in place of the page, often with status 200 or 521."""

DOWNLOAD_PAGE = (
    "<!DOCTYPE html><html><head><title>下载中心</title></head><body><h1>应用下载</h1>"
    "<p>该应用正在升级，敬请期待。</p></body></html>"
)
MISSING = "<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1></body></html>"
BROKEN = "<html><head><title>503 Service Unavailable</title></head><body>503</body></html>"
ROBOTS = "User-agent: *\nDisallow: /closed/\n"


def package(seed: int) -> bytes:
    """A small whole Android package: over 100 KB, with a manifest."""
    filling = Random(seed).randbytes(120_000)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, body in (
            ("AndroidManifest.xml", b"\x03\x00\x08\x00" + filling[:400]),
            ("classes.dex", b"dex\n035\x00" + filling),
        ):
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), body)
    return out.getvalue()
