"""Reading a QR code in a picture from the web: small, of a plain format, or not at all."""

import io

import zxingcpp
from PIL import Image

MOST_BYTES = 1_000_000
MOST_PIXELS = 4_000_000
FORMATS = ("PNG", "JPEG", "GIF")


def read_qr(data: bytes) -> str:
    """The text of the picture's only QR code; "" where there is none, several, or no such picture."""
    if len(data) > MOST_BYTES:
        return ""
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return ""
            flat = _on_white(picture)
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        return ""  # what Pillow raises for broken pictures
    found = zxingcpp.read_barcodes(flat, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    texts = {one.text for one in found if one.valid}
    return texts.pop() if len(texts) == 1 else ""


def _on_white(picture: Image.Image) -> Image.Image:
    """In greys; what is transparent would be black, as the code itself."""
    coloured = picture.convert("RGBA")
    white = Image.new("RGBA", coloured.size, "white")
    return Image.alpha_composite(white, coloured).convert("L")
