"""Looks that only a person may turn into a breach: mass changes of a host (design.md §4.8)."""

from collections.abc import Mapping

from sqlalchemy import select

from storage.part import Part, insert_for
from storage.tables import HoldRow


class Holds(Part):
    def save_holds(self, run_id: int, why: Mapping[str, str]) -> None:
        """Hold these subjects' looks of the run, each with its reason; those held already are renewed."""
        if not why:
            return
        with self._db.write() as session:
            statement = insert_for(session, HoldRow)
            session.execute(
                statement.on_conflict_do_update(
                    index_elements=[HoldRow.run_id, HoldRow.subject_id],
                    set_={"why": statement.excluded.why},
                ),
                [{"run_id": run_id, "subject_id": subject, "why": said} for subject, said in why.items()],
            )

    def holds(self, subject_id: str) -> dict[int, str]:
        """Run id -> why the run's look at the subject waits for a person."""
        with self._db.read() as session:
            rows = session.execute(
                select(HoldRow.run_id, HoldRow.why).where(HoldRow.subject_id == subject_id)
            )
            return {run_id: why for run_id, why in rows}
