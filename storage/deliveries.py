"""What messages told whom, so that nothing is told twice."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select

from storage.console_tables import DeliveredRow
from storage.part import Part, insert_for


class Deliveries(Part):
    def record_delivered(self, recipient: str, topics: Iterable[str], at: datetime) -> None:
        """The recipient heard of these; what it heard of before keeps its first moment."""
        rows = [{"recipient": recipient, "topic": topic, "at": at} for topic in dict.fromkeys(topics)]
        if rows:
            with self._db.write() as session:
                session.execute(insert_for(session, DeliveredRow).on_conflict_do_nothing(), rows)

    def delivered_topics(self, recipient: str) -> set[str]:
        """All the recipient ever heard of."""
        query = select(DeliveredRow.topic).where(DeliveredRow.recipient == recipient)
        with self._db.read() as session:
            return set(session.scalars(query))

    def last_delivered(self, recipient: str) -> datetime | None:
        """When the recipient got its newest message."""
        query = select(func.max(DeliveredRow.at)).where(DeliveredRow.recipient == recipient)
        with self._db.read() as session:
            return session.scalar(query)
