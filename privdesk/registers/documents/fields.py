"""The declaration of the issued documents."""

from __future__ import annotations

from dataclasses import replace

from privdesk.core.fields import Audience, Choice, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Action, Document, Register, State

SLOT_BY, SLOT_NAME = 1, 2
EXPORTED = "exported"
LIST = "list"
"""The code of a printed register's list."""
OF_MANY = (LIST, "d7a")
"""Papers on which many people stand, nobody knows who: their copies go with the next who go."""


def _fact(name: str, label: str, kind: Kind = Kind.TEXT, *, table: bool = True) -> Field:
    return Field(name, label, kind=kind, computed=True, in_table=table, in_form=False, width=130)


LANGUAGES = (Choice("ko", N_("Korean")), Choice("en", N_("English")))


REGISTER = Register(
    name="documents",
    title=N_("Documents issued"),
    singular=N_("Document"),
    prefix="N",
    group="documents",
    why=N_("Whatever was handed out can be shown again as it was, and proved unchanged."),
    clause="S0.2",
    fields=(
        _fact("number", N_("Document number")),
        _fact("code", N_("Form"), table=False),
        _fact("title", N_("Title")),
        _fact("about", N_("About")),
        replace(_fact("language", N_("Language"), Kind.CHOICE), choices=LANGUAGES),
        _fact("issued_on", N_("Issued on"), Kind.DATE),
        _fact("destroy_by", N_("Destroy print by"), Kind.DATE),
        _fact("destroyed_on", N_("Destroyed on"), Kind.DATE),
        Field(
            "destroyed_by",
            N_("Destroyed by"),
            audience=Audience.OFFICE,
            slot=SLOT_BY,
            computed=True,
            in_table=False,
            in_form=False,
        ),
        Field(
            "file_name",
            N_("Exported as"),
            audience=Audience.OFFICE,
            slot=SLOT_NAME,
            computed=True,
            in_table=False,
            in_form=False,
        ),
        _fact("digest", N_("SHA-256"), table=False),
        _fact("file", N_("Sealed copy"), table=False),
    ),
    model="privdesk.registers.documents.model:IssuedDocument",
    service="privdesk.registers.documents.service:Documents",
    states=(
        State("issued", N_("Issued"), "kept"),
        State(EXPORTED, N_("Exported"), "plain"),
        State("dropped", N_("Copy destroyed"), "destroyed"),
    ),
    actions=(
        Action(
            "destroyed",
            N_("Confirm that it was destroyed"),
            "confirm_destroyed",
            asks=(
                Field(
                    "by", N_("Destroyed by"), audience=Audience.OFFICE, slot=SLOT_BY, required=True
                ),
                Field("on", N_("Destroyed on"), Kind.DATE, required=True),
            ),
            bulk=True,
            help=N_("For a print or an exported file that had to be destroyed by a day."),
        ),
    ),
    documents=(
        Document("keys", N_("Sheet of public keys"), "privdesk.flows.keys:sheet", of_list=True),
    ),
    rules="privdesk.registers.documents.findings:judge",
    creatable=False,
    importable=False,
    issued=True,
    title_field="number",
    sort="id",
    descending=True,
)
