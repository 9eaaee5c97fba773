"""Pictures of QR codes for tests."""

import io

import zxingcpp
from PIL import Image


def qr(text: str, kind: str = "PNG", scale: int = 4) -> bytes:
    """A picture of the text's code, with its white border."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
    drawn = zxingcpp.write_barcode_to_image(code, scale=scale)
    return saved(Image.fromarray(drawn), kind)  # type: ignore[arg-type]


def saved(picture: Image.Image, kind: str = "PNG") -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind)
    return buffer.getvalue()
