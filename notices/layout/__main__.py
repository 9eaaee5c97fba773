"""Writes the shipped templates anew."""

from pathlib import Path

from notices.layout.letters import TEMPLATES

FOLDER = Path(__file__).parent.parent / "templates"

if __name__ == "__main__":
    for name, build in TEMPLATES.items():
        build().document.save(str(FOLDER / name))
