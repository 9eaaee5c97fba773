"""QR codes in pictures: read, or nothing; never an error whatever the bytes."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from crawler.apps.qr import MOST_BYTES, read_qr
from tests.crawler.apps.codes import qr, saved

URL = "http://127.0.0.1/app/zwgk.apk"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF"])
def test_a_code_is_read(kind: str) -> None:
    assert read_qr(qr(URL, kind)) == URL


def test_a_code_on_a_transparent_ground_is_read() -> None:
    black = Image.open(io.BytesIO(qr(URL))).convert("L")
    clear = Image.new("RGBA", black.size, (0, 0, 0, 0))
    clear.paste((0, 0, 0, 255), mask=black.point(lambda level: 255 - level))
    assert read_qr(saved(clear)) == URL


def test_two_codes_in_a_picture_say_nothing() -> None:
    one, other = (Image.open(io.BytesIO(qr(text))) for text in (URL, f"{URL}?2"))
    both = Image.new("L", (one.width + other.width, max(one.height, other.height)), 255)
    both.paste(one, (0, 0))
    both.paste(other, (one.width, 0))
    assert read_qr(saved(both)) == ""


@pytest.mark.parametrize(
    "data",
    [
        b"", b"GIF89a", qr(URL)[:200], b"<html></html>", qr(URL) + b"\0" * MOST_BYTES, qr(URL, "BMP"),
        saved(Image.new("L", (300, 300), 255)), saved(Image.new("1", (5000, 5000), 1)),
        saved(Image.new("1", (14000, 14000), 1)),
    ],
    ids=["empty", "head", "cut", "html", "long", "bmp", "blank", "large", "bomb"],
)  # fmt: skip
def test_other_pictures_say_nothing(data: bytes) -> None:
    assert read_qr(data) == ""


@given(st.binary(max_size=400), st.integers(0, 60))
def test_broken_pictures_are_no_errors(noise: bytes, at: int) -> None:
    code = qr(URL)
    assert read_qr(code[:at] + noise + code[at + len(noise) :]) in {"", URL}
