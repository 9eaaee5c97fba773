"""The tables of the console: users, sessions, tokens, messages, units' reports, joint decisions."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables import Base, Json


class ConsoleUserRow(Base):
    """A user of the console (“user” is a word of PostgreSQL's own)."""

    __tablename__ = "console_user"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    person: Mapped[str]
    role: Mapped[str]
    unit_id: Mapped[str | None]
    password_hash: Mapped[str]
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]


class ConsoleSessionRow(Base):
    """A log-in; `key` is the hash of the cookie's random id."""

    __tablename__ = "console_session"
    key: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("console_user.id"), index=True)
    csrf: Mapped[str]
    made_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    until: Mapped[datetime] = mapped_column("over_at")


class AccessTokenRow(Base):
    """A user's token for programs; `key` is the hash of what was shown once."""

    __tablename__ = "access_token"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("console_user.id"), index=True)
    key: Mapped[str] = mapped_column(unique=True)
    scope: Mapped[str]
    label: Mapped[str]
    made_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class DeliveredRow(Base):
    """A topic that a message told a recipient."""

    __tablename__ = "delivered"
    recipient: Mapped[str] = mapped_column(primary_key=True)
    topic: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class LoginFailureRow(Base):
    """Failed log-ins of a name or an address since a moment, and until when it is locked out."""

    __tablename__ = "login_failure"
    key: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column("failures")
    since: Mapped[datetime] = mapped_column("counted_since")
    locked_until: Mapped[datetime | None]


class FeedbackRow(Base):
    """What a unit reports of an item of a notice; only ever added to, the newest of each item counts."""

    __tablename__ = "feedback"
    __table_args__ = (Index("feedback_of_event", "event_id", "id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"))
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    unit_id: Mapped[str]
    cause: Mapped[str]
    done: Mapped[str]
    done_on: Mapped[date]
    person: Mapped[str]
    phone: Mapped[str]
    files: Mapped[Json]
    by: Mapped[str] = mapped_column("given_by")
    at: Mapped[datetime] = mapped_column("given_at")


class JointStepRow(Base):
    """A step of a deed that takes two persons; only ever added to, the newest counts."""

    __tablename__ = "joint_step"
    __table_args__ = (Index("steps_of_deed", "deed", "subject", "id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    deed: Mapped[str]
    subject: Mapped[str]
    step: Mapped[str]
    what: Mapped[Json]
    reason: Mapped[str]
    user: Mapped[str] = mapped_column("user_name")
    by: Mapped[str] = mapped_column("signed_by")
    at: Mapped[datetime] = mapped_column("signed_at")
