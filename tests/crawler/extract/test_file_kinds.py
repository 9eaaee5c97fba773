from datetime import UTC, datetime

import pytest

from crawler.extract.document import read_document
from crawler.extract.file_kinds import file_kind
from crawler.extract.list_page import read_list
from domain.readings import PageState


@pytest.mark.parametrize("body", [b"%PDF-1.7\n...", b"PK\x03\x04....", b"\x89PNG\r\n", b"\xd0\xcf\x11\xe0"])
def test_a_file_in_a_page_s_place_is_no_page(body: bytes) -> None:
    assert file_kind(body)
    document, listed = read_document(body, ""), read_list(body, "", seen_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert {document.state, listed.state} == {PageState.FAILED}
    assert "不是网页" in document.why
    assert "不是网页" in listed.why


def test_a_page_is_no_file() -> None:
    assert file_kind(b"<!DOCTYPE html>") == ""
    assert file_kind(b"") == ""
