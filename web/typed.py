"""What people typed into a form: read field by field; what is wrong is said at its field."""

import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation


def plain_digits(text: str) -> str:
    """Numbers as typed with a Chinese keyboard: ２．５ is 2.5."""
    return unicodedata.normalize("NFKC", text).strip()


class Typed:
    """`values`: as typed, to be shown again; `wrong`: by field, a sentence. Empty when all is well."""

    def __init__(self, values: Mapping[str, str] | None = None) -> None:
        self.values = dict(values or {})
        self.wrong: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")

    def words(self, name: str, label: str, most: int = 1000) -> str:
        """Something must be there."""
        text = self[name].strip()
        if not text:
            self.wrong[name] = f"请填写{label}。"
        elif len(text) > most:
            self.wrong[name] = f"{label}最多 {most} 字。"
        return text

    def day(self, name: str, label: str, *, needed: bool = True) -> date | None:
        """A date like 2026-11-04; None where it is empty or wrong."""
        text = self[name].strip()
        if not text:
            if needed:
                self.wrong[name] = f"请填写{label}。"
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.wrong[name] = f"“{text}”不是日期，请写成 2026-11-04。"
            return None

    def whole(self, name: str, label: str) -> int:
        """A whole number from 1 on; 0 where it is wrong."""
        text = self[name].strip()
        if not text.isdecimal() or len(text) > 6 or int(text) < 1:
            self.wrong[name] = f"{label}应是从 1 开始的整数。"
            return 0
        return int(text)

    def points(self, name: str, label: str, full: Decimal) -> Decimal | None:
        """Points from 0 to `full`, like 2 or 0.5; None where they are wrong."""
        text = plain_digits(self[name])
        try:
            value = Decimal(text)
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite() or not 0 <= value <= full or len(text) > 8:
            self.wrong[name] = f"{label}请写 0 至 {full.normalize():f} 的数，如 2 或 0.5。"
            return None
        return value
