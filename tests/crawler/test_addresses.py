"""Which hosts may be reached, and which count as one."""

import asyncio

import pytest

from crawler.addresses import AddressBook, UnresolvedError, checked_host, host_of
from crawler.failures import LookRefusedError


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def address(url: str, *allowed: str) -> str:
    return asyncio.run(AddressBook(allowed).address_of(url))


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.9.9.9", "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "0.0.0.0",
     "[::1]", "[fe80::1]", "[::ffff:127.0.0.1]", "[fd00::1]", "224.0.0.1", "100.64.0.1", "localhost",
     "printer.local", "db.internal"],
)  # fmt: skip
def test_private_addresses_are_refused_unless_allowed_by_name(host: str) -> None:
    with pytest.raises(LookRefusedError):
        address(f"http://{host}/")


@pytest.mark.parametrize("host", ["1.1.1.1", "8.8.8.8", "[2606:4700::1111]"])
def test_public_addresses_stand_for_themselves(host: str) -> None:
    assert address(f"http://{host}:8080/") == host.strip("[]")


@pytest.mark.parametrize("allowed", ["localhost", "127.0.0.1"])
def test_allowed_by_host_name_or_by_address(allowed: str) -> None:
    assert address("http://localhost/", allowed) == "127.0.0.1"


def test_name_and_address_of_one_machine_share_a_line() -> None:
    book = AddressBook(["127.0.0.1"])

    async def lines() -> list[str]:
        return [await book.line_of(url) for url in ("http://localhost/", "http://127.0.0.1:81/a")]

    assert asyncio.run(lines()) == ["127.0.0.1", "127.0.0.1"]


def test_unknown_name_is_unresolved_and_keeps_a_line_of_its_own() -> None:
    with pytest.raises(UnresolvedError):
        address("http://nowhere.invalid/")
    assert asyncio.run(AddressBook().line_of("http://nowhere.invalid/a")) == "host:nowhere.invalid"


BROKEN = ["ftp://a/", "file:///etc/passwd", "data:,x", "javascript:;", "http://", "//a", "http://[::1",
          "http://a:99999999/", ""]  # fmt: skip


@pytest.mark.parametrize("url", BROKEN)
def test_other_schemes_and_broken_addresses_are_refused(url: str) -> None:
    with pytest.raises(LookRefusedError):
        checked_host(url)
    assert host_of(url) is None


def test_hosts_compare_without_case_or_final_dot() -> None:
    assert host_of("HTTP://WWW.Example.CN./a") == "www.example.cn"


def test_behind_a_proxy_names_are_not_resolved(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    assert address("http://nowhere.invalid/") == "nowhere.invalid"
    with pytest.raises(LookRefusedError):
        address("http://127.0.0.1/")
