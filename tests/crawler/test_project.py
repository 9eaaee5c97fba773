"""The Scrapy project as an operator meets it: `scrapy list`, `scrapy crawl NAME -a url=…`, no database."""

import json
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from crawler.stamp import Stamp
from tests.crawler.pages import days_back, document, listing
from tests.site import Page, Site

ROOT = Path(__file__).parents[2]
FEED = Page(
    body="<rss version='2.0'><channel><item><title>一</title><pubDate>2026-11-19</pubDate></item>"
    "</channel></rss>",
    kind="application/rss+xml",
)


def scrapy(*arguments: str, quiet: bool = True) -> str:
    command = [sys.executable, "-m", "scrapy", *arguments, "-s", "ZWGK_ALLOW_PRIVATE=127.0.0.1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert not (quiet and done.stderr), done.stderr
    return done.stdout


def test_spiders_are_listed() -> None:
    assert scrapy("list").split() == ["accounts", "columns", "documents"]


@pytest.mark.parametrize(
    ("spider", "page", "state"),
    [
        ("columns", listing(days_back(date(2026, 11, 20), 8)), "ok"),
        ("documents", document(date(2026, 11, 20)), "ok"),
        ("accounts", FEED, "ok"),
        ("columns", Page(status=503), "failed"),
    ],
)
def test_one_look_is_shown_not_stored(spider: str, page: Page, state: str) -> None:
    with Site() as site:
        site.pages["/here/"] = page
        [line] = scrapy("crawl", spider, "-a", f"url={site.url('/here/')}").splitlines()
    assert json.loads(line)["state"] == state


def self_signed(folder: Path) -> tuple[Path, Path]:
    """A certificate nobody vouches for."""
    key, now = ec.generate_private_key(ec.SECP256R1()), Stamp().wall()
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(now + timedelta(days=1)).sign(key, hashes.SHA256())
    )  # fmt: skip
    pem = serialization.Encoding.PEM
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "key.pem").write_bytes(key.private_bytes(pem, *plain))
    (folder / "cert.pem").write_bytes(made.public_bytes(pem))
    return folder / "cert.pem", folder / "key.pem"


def test_certificate_that_fails_is_named(tmp_path: Path) -> None:
    with Site(certificate=self_signed(tmp_path)) as site:
        url = f"url=https://127.0.0.1:{site.port}/"
        [line] = scrapy("crawl", "columns", "-a", url, quiet=False).splitlines()  # Twisted logs it
    look = json.loads(line)
    assert (look["state"], look["http_status"]) == ("failed", None)
    assert "证书" in look["why"]
