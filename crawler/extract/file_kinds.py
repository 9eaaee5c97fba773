"""What is no page, told by its first bytes: a file that came, or was saved, in a page's place. Pure."""

_SIGNATURES = {
    b"%PDF": "PDF", b"PK\x03\x04": "压缩包", b"\x89PNG": "图片", b"\xff\xd8\xff": "图片",
    b"GIF8": "图片", b"\xd0\xcf\x11\xe0": "Office 文件", b"Rar!": "压缩包",
}  # fmt: skip


def file_kind(body: bytes) -> str:
    """The kind of file these bytes begin, or "" where they may be a page."""
    return next((kind for start, kind in _SIGNATURES.items() if body.startswith(start)), "")
