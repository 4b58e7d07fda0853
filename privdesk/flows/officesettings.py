"""The office's own settings by name, as the page *Rules of the office* has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from privdesk.core.errors import DomainError, InvalidValueError
from privdesk.core.fields import Choice, Field, Kind
from privdesk.core.i18n import LANGUAGES, N_, _
from privdesk.flows import sender
from privdesk.flows.told import OBJECTION_SETTINGS
from privdesk.registers import checking
from privdesk.registers.demands.service import KEEP_YEARS
from privdesk.registers.desk import Desk
from privdesk.registers.requests.findings import ALL_CHANNELS, CHANNELS

BETWEEN = N_("it is a number from {least} to {most}.")
TOO_LONG = N_("it has at most {most} letters.")
NO_WAY = N_("at least one way is needed.")
_NAMES = {"ko": N_("Korean"), "en": N_("English")}
LANGUAGE_CHOICES = tuple(Choice(key, _NAMES[key]) for key in LANGUAGES)
_LONG, _LONGEST = 200, 400


class UnknownSettingError(DomainError):
    """There is no setting “{name}”. Nothing was changed; choose one of: {known}."""


@dataclass(frozen=True)
class Setting:
    """A setting: its field, what it is where nobody has set it, and the span of a number."""

    field: Field
    usual: Any = ""
    span: tuple[int, int] = (0, 0)

    @property
    def name(self) -> str:
        """The name by which the vault keeps it."""
        return self.field.name


SETTINGS = (
    Setting(
        Field("language", N_("Language of papers"), Kind.CHOICE, required=True,
              choices=LANGUAGE_CHOICES),
        "ko",
    ),
    Setting(Field("contact", N_("Contact line"))),
    Setting(Field(sender.COMPANY_EN, N_("Company, in English papers"))),
    Setting(Field(sender.DEPARTMENT_EN, N_("Department, in English papers"))),
    Setting(Field(sender.CONTACT_EN, N_("Contact line, in English papers"))),
    Setting(
        Field("print_days", N_("Prints are destroyed after"), Kind.INTEGER, required=True),
        5,
        (1, 90),
    ),
    Setting(Field(CHANNELS, N_("Ways requests are taken"), Kind.CHOICES), list(ALL_CHANNELS)),
    Setting(Field(OBJECTION_SETTINGS["ko"], N_("Way to object, in Korean letters"), Kind.NOTE)),
    Setting(Field(OBJECTION_SETTINGS["en"], N_("Way to object, in English letters"), Kind.NOTE)),
    Setting(
        Field(KEEP_YEARS, N_("Files of demands are kept for"), Kind.INTEGER, required=True),
        None,
        (1, 10),
    ),
    Setting(Field("two_officers", N_("Two-officer rule"), Kind.FLAG, required=True), True),
    Setting(
        Field("block_reimport", N_("Block destroyed people on import"), Kind.FLAG, required=True),
        True,
    ),
    Setting(
        Field("reply_days", N_("Places answer an order within"), Kind.INTEGER, required=True),
        7,
        (1, 60),
    ),
)  # fmt: skip


def fields(desk: Desk) -> tuple[Field, ...]:
    """Return the settings as fields, with what each may hold."""
    return tuple(_field(desk, one) for one in SETTINGS)


def values(desk: Desk) -> dict[str, Any]:
    """Return what each setting is, in the order of the page."""
    return {one.name: _value(desk, one) for one in SETTINGS}


def put(desk: Desk, told: Mapping[str, str]) -> None:
    """Change settings, typed as people write them: all or none, each journalled.

    Raises:
        UnknownSettingError: there is no setting of that name.
        InvalidValueError: a value does not fit.
        ForbiddenError: only a privacy officer changes them.
    """
    desk.require("officer")
    by_name = {one.name: one for one in SETTINGS}
    for name in told:
        if name not in by_name:
            raise UnknownSettingError(name=name, known=", ".join(by_name))
    checked = checking.checked(desk, fields(desk), dict(told), whole=False)
    for name, value in checked.items():
        _check(by_name[name], value)
    with desk.change():
        for name, value in checked.items():
            kept = list(value) if isinstance(value, tuple) else value
            if kept != _value(desk, by_name[name]):
                desk.set_setting(name, kept)


def _check(setting: Setting, value: Any) -> None:
    """Refuse a number out of its span, a text that no paper has room for, no way at all."""
    least, most = setting.span
    cause = ""
    if most and not least <= value <= most:
        cause = _(BETWEEN).format(least=least, most=most)
    elif isinstance(value, str) and len(value) > (room := _room(setting.field)):
        cause = _(TOO_LONG).format(most=room)
    elif setting.field.kind is Kind.CHOICES and not value:
        cause = _(NO_WAY)
    if cause:
        raise InvalidValueError(value=value, field=_(setting.field.label), cause=cause)


def _room(field: Field) -> int:
    return _LONGEST if field.kind is Kind.NOTE else _LONG


def _field(desk: Desk, setting: Setting) -> Field:
    if setting.name != CHANNELS:
        return setting.field
    return replace(setting.field, choices=desk.service("requests").field("channel").choices)


def _value(desk: Desk, setting: Setting) -> Any:
    if setting.name == KEEP_YEARS:
        return desk.service("demands").keep_years()
    return desk.setting(setting.name, setting.usual)
