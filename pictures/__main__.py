"""Drawing in a process of its own: `python -m pictures`. A line of stdin is a wish, one of stdout its answer.

A wish: {"what": "svg" or "png", "drawing": the fields of a Drawing}; the answer: {"svg": text} or
{"png": base64}. It ends with its stdin.
"""

import base64
import json
import sys
from collections.abc import Mapping
from typing import Any

from pictures.draw import png, svg
from pictures.figures import Drawing


def main() -> int:
    for line in sys.stdin:
        sys.stdout.write(json.dumps(answer(json.loads(line)), ensure_ascii=False) + "\n")
        sys.stdout.flush()
    return 0


def answer(wish: Mapping[str, Any]) -> dict[str, str]:
    drawing = Drawing(**wish["drawing"])
    if wish["what"] == "png":
        return {"png": base64.b64encode(png(drawing)).decode("ascii")}
    return {"svg": svg(drawing)}


if __name__ == "__main__":
    sys.exit(main())
