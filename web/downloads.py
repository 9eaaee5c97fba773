"""Files handed out: named in Chinese, never opened by the browser as something else."""

from urllib.parse import quote

from fastapi import Response

TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pdf": "application/pdf", ".zip": "application/zip", ".png": "image/png", ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg", ".txt": "text/plain",
}  # fmt: skip


def download(name: str, data: bytes) -> Response:
    """The file to be saved under its name (RFC 6266, RFC 5987)."""
    suffix = name[name.rfind(".") :].lower() if "." in name else ""
    plain = f"download{suffix}" if suffix in TYPES else "download"
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    kind = TYPES.get(suffix, "application/octet-stream")
    return Response(data, media_type=kind, headers={"Content-Disposition": disposition})
