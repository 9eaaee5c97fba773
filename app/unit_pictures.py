"""The pictures of a unit's page: its year, and what it lost by months."""

from app.board import Board
from app.office import Office
from app.painting import Pictures
from app.timeline import timeline_of
from app.trend import lost_by_month, shown
from app.warnings import MOST_DAYS
from domain.scores import ScoreSheet
from domain.units import Unit
from pictures.figures import Drawing, Months, Part, Timeline
from pictures.months import NARROW, WIDE, months
from pictures.timeline import timeline


def unit_timeline(office: Office, board: Board, unit_id: str) -> Timeline:
    """The board's year. Raises InputError for an unknown unit."""
    return timeline_of(office, unit_id, board.due(MOST_DAYS, unit_id), board.year)


def timeline_svg(pictures: Pictures, office: Office, board: Board, unit_id: str, *, narrow: bool) -> str:
    """Raises InputError for an unknown unit, ZwgkError when it cannot be drawn."""
    unit = office.unit(unit_id)

    def make() -> Drawing:
        return timeline(unit_timeline(office, board, unit.id), narrow=narrow)

    return pictures.get(("timeline", unit.id, board.year, narrow), _version(office, board, unit), make)


def lost_svg(pictures: Pictures, office: Office, board: Board, unit_id: str, *, narrow: bool) -> str:
    """Raises InputError for an unknown unit, ZwgkError when it cannot be drawn."""
    unit = office.unit(unit_id)

    def make() -> Drawing:
        figure = _lost(unit.name, board.sheets.get(unit.id), board)
        return months(figure, NARROW if narrow else WIDE)

    return pictures.get(("lost", unit.id, board.year, narrow), _version(office, board, unit), make)


def _lost(unit: str, sheet: ScoreSheet | None, board: Board) -> Months:
    """An empty year where the unit is not assessed."""
    year = board.year
    title = f"{unit}{year}年各月扣分"
    until = board.day.month if board.day.year == year else 12
    if sheet is None:
        return Months(
            title=title, measure="扣分", year=year, until=until, causes=(), parts=(), note="这一年不考核"
        )
    lost = lost_by_month(sheet)
    causes = tuple(one.clause_id for one in sheet.clauses if any(c == one.clause_id for _, c in lost.parts))
    return Months(
        title=title, measure="扣分", year=year, until=until, causes=causes,
        parts=tuple(Part(month=m, cause=c, amount=points) for (m, c), points in lost.parts.items()),
        note=f"另扣 {shown(lost.aside)} 分不属于某一个月（人工评分等）。" if lost.aside else "",
    )  # fmt: skip


def _version(office: Office, board: Board, unit: Unit) -> object:
    """The unit's part of the board is another one as soon as something of it was seen or decided."""
    return office.archive, unit, board.day, board.parts.get(unit.id)
