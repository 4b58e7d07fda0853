"""The tables that belong to the vault itself, and the base of all others in register.db.

Models are declared with SQLAlchemy and used through Core. Keys files are a frozen
format and are made by the statements here, not by migrations.
"""

from __future__ import annotations

from sqlalchemy import Integer, LargeBinary, MetaData, Table, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """All tables of register.db."""

    metadata = MetaData(naming_convention=NAMING)


class Meta(Base):
    """Single values: vault id, next record number, state of the roll, digest of the header."""

    __tablename__ = "meta"

    name: Mapped[str] = mapped_column(Text, primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class FileCounter(Base):
    """The last counter and epoch of each of the other files, as of the last transaction."""

    __tablename__ = "file_counters"

    name: Mapped[str] = mapped_column(Text, primary_key=True)
    epoch: Mapped[int]
    counter: Mapped[int]


class Payload(Base):
    """The sealed values of one owner (record), packed; see ``payloads``."""

    __tablename__ = "payloads"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class Custody(Base):
    """A numbered copy of the epoch secret outside account and vault."""

    __tablename__ = "custody_copies"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    epoch: Mapped[int]
    kind: Mapped[str] = mapped_column(Text)  # sheet, file
    place: Mapped[str] = mapped_column(Text, default="")
    issued_at: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)  # making, held, replaced, to-replace, lost
    keeper: Mapped[int | None]  # the number under which its keeper and destroyer are sealed
    seen_on: Mapped[str | None] = mapped_column(Text)  # when somebody saw it in its place
    destroyed_on: Mapped[str | None] = mapped_column(Text)


class CustodyLoss(Base):
    """An officer's signature that a copy or an account is lost; her reason is sealed under ``id``.

    ``what`` is ``copy`` (a custody copy) or ``holder`` (an account), ``copy`` its number.
    """

    __tablename__ = "custody_losses"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    what: Mapped[str] = mapped_column(Text, default="copy")
    copy: Mapped[int] = mapped_column(Integer, index=True)
    person: Mapped[int]
    signature: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[str] = mapped_column(Text)


class Holder(Base):
    """An account on a workstation that keeps the epoch secret, or kept it."""

    __tablename__ = "holders"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    workstation: Mapped[str] = mapped_column(Text)
    account: Mapped[str] = mapped_column(Text)
    epoch: Mapped[int]
    seen_at: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text, default="held")  # held, retired, lost
    key: Mapped[bytes] = mapped_column(LargeBinary)  # X25519; the private half is in the account
    back_at: Mapped[str | None] = mapped_column(Text)  # when it opened though it was called lost
    back_from: Mapped[str | None] = mapped_column(Text)  # by whom it had been: persons, by number


class Handover(Base):
    """The present secret, sealed to an account that keeps an older one."""

    __tablename__ = "handovers"

    holder: Mapped[int] = mapped_column(Integer, primary_key=True)
    epoch: Mapped[int]
    box: Mapped[bytes] = mapped_column(LargeBinary)


class BackupMade(Base):
    """A backup that was written, test-opened and found good."""

    __tablename__ = "backups"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    made_at: Mapped[str] = mapped_column(Text)
    epoch: Mapped[int]
    target: Mapped[str] = mapped_column(Text)  # the file's name, without folders
    bytes: Mapped[int]
    digest: Mapped[str] = mapped_column(Text)
    folder: Mapped[str | None] = mapped_column(Text)  # where the keep-rule looks after it
    removed_at: Mapped[str | None] = mapped_column(Text)  # by the keep-rule


class Attachment(Base):
    """A sealed file in ``attachments/``: its random name, whose key opens it, and its kind."""

    __tablename__ = "attachments"

    name: Mapped[str] = mapped_column(Text, primary_key=True)
    owner: Mapped[int] = mapped_column(Integer, index=True)
    slot: Mapped[int]
    keys: Mapped[str] = mapped_column(Text)  # keys_people or keys_office
    kind: Mapped[str] = mapped_column(Text)  # media type
    bytes: Mapped[int]


class Setting(Base):
    """A choice of the office: language of papers, idle lock, backup folder, closures and so on."""

    __tablename__ = "settings"

    name: Mapped[str] = mapped_column(Text, primary_key=True)
    value: Mapped[str] = mapped_column(Text)


def table(model: type[Base]) -> Table:
    """Return the Core table of a model."""
    found = model.__table__
    assert isinstance(found, Table)
    return found


KEYS_SCHEMA = (
    "CREATE TABLE {schema}.meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID",
    "CREATE TABLE {schema}.keys (id INTEGER PRIMARY KEY, body BLOB NOT NULL)",
)
