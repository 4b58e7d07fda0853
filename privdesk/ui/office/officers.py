"""The page of who may open the vault."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from privdesk.core.i18n import _
from privdesk.journal.telling import ROLE_NAMES
from privdesk.ui.office.dialog import AskDialog
from privdesk.ui.office.frame import Columns, Notice, OfficePage, Section
from privdesk.ui.office.kitdialog import KitDialog
from privdesk.ui.office.persondialogs import (
    AddDialog,
    OwnDialog,
    RemoveDialog,
    ResetDialog,
    RoleDialog,
)
from privdesk.ui.office.ports import Member, Membership, People
from privdesk.ui.office.roles import DUTIES, ICONS
from privdesk.ui.office.successiondialog import HandOverDialog
from privdesk.ui.tasks import Tasks
from privdesk.ui.widgets import (
    Chip,
    IconButton,
    IconLabel,
    PlainLabel,
    button,
    column,
    link_button,
    primary_button,
    row,
)

_NAMES = 260  # pixels


class OfficersPage(OfficePage):
    """Everybody with role; ``to_safety`` leads to where the epoch secret is changed.

    Managers and auditors see everybody's name, as the unlock page does, and change their own
    passphrase alone.
    """

    help_topic = "roles"

    def __init__(self, people: People, tasks: Tasks, to_safety: Callable[[], object]) -> None:
        super().__init__()
        self._people, self._tasks = people, tasks
        self.known: Membership | None = None
        self.dialog: AskDialog | None = None
        self.menu: QMenu | None = None
        self.add = primary_button("", self.ask_add, icon="plus")
        self.own = button("", self.ask_own, icon="edit")
        self.kit = button("", self.ask_kit, icon="kit")
        self.change = link_button("", to_safety)
        self.notice = Notice("soon")
        self.notice.body.addWidget(self.change)
        self.list = Section(self.kit, self.own, self.add)
        self.members = Columns(stretch=2)
        self.list.card.body.addWidget(self.members)
        self.duties = Section()
        self.roles = Columns(stretch=2)
        self.duties.card.body.addWidget(self.roles)
        self.build(self.notice, self.list, self.duties)
        self.add.hide()
        self.kit.hide()
        self.retranslate()

    def refresh(self) -> None:
        """Ask again who may open the vault."""
        self._tasks.run(
            self, self._people.members, done=self._show, failed=self.flash.refuse, latest="members"
        )

    def begin(self, action: str) -> None:
        """Begin what a task asks for: ``new`` enrols somebody, ``kit`` prints a new kit."""
        if action == "kit":
            self.ask_kit()
        if action == "new":
            self._tasks.run(
                self, self._people.members, done=self._show_and_add, failed=self.flash.refuse
            )

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        self.title.setText(_("Who may open the vault"))
        self.why.setText(
            _("Each person has a passphrase of their own; the role decides which keys it opens.")
        )
        self.add.setText(_("Enrol a person…"))
        self.own.setText(_("Change your passphrase…"))
        self.kit.setText(_("New recovery kit…"))
        self.change.setText(_("Go to the epoch secret"))
        self.list.tell(_("People with access"))
        self.duties.tell(_("What each role may do"))
        self.roles.fill((), [_duty(role) for role in ROLE_NAMES])
        if self.known is not None:
            self._show(self.known)

    # -- asking

    def ask_add(self) -> None:
        """Enrol a person."""
        if self.known is not None and self.known.may_give:
            roles = self.known.may_give
            self._open(AddDialog(self._people, roles, self._told, self._tasks, self))

    def ask_kit(self) -> None:
        """Put a new recovery kit in the place of the one there is."""
        self._open(KitDialog(self._people, self._new_kit, self._tasks, self))

    def ask_own(self) -> None:
        """Change one's own passphrase."""
        self._open(OwnDialog(self._people, self._told, self._tasks, self))

    def ask_role(self, member: Member) -> None:
        """Give a person another role."""
        assert self.known is not None
        roles = self.known.may_give
        self._open(RoleDialog(self._people, member, roles, self._moved, self._tasks, self))

    def ask_reset(self, member: Member) -> None:
        """Give somebody else a new passphrase."""
        self._open(ResetDialog(self._people, member, self._told, self._tasks, self))

    def ask_remove(self, member: Member) -> None:
        """Take a person's access away."""
        self._open(RemoveDialog(self._people, member, self._removed, self._tasks, self))

    def ask_hand_over(self, member: Member) -> None:
        """Put a successor in a person's place."""
        assert self.known is not None
        others = [m.name for m in self.known.members if not m.former and m.name != member.name]
        self._open(HandOverDialog(self._people, member, others, self._succeeded, self._tasks, self))

    def offer(self, member: Member, at: QPoint) -> None:
        """Show what can be done about a person."""
        menu = self.menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("Change the role…"), partial(self.ask_role, member))
        menu.addAction(_("New passphrase…"), partial(self.ask_reset, member))
        menu.addSeparator()
        if self.known is not None and "officer" in self.known.may_give:
            menu.addAction(_("Hand over to a successor…"), partial(self.ask_hand_over, member))
        menu.addAction(_("Take the access away…"), partial(self.ask_remove, member))
        menu.popup(at)

    # -- answers

    def _show(self, known: Membership) -> None:
        self.known = known
        self.add.setVisible(bool(known.may_give))
        self.kit.setVisible("officer" in known.may_give)
        present = [member for member in known.members if not member.former]
        former = [member for member in known.members if member.former]
        heads = ("", _("Name"), _("Role"), "")
        self.members.fill(heads, [self._row(member) for member in [*present, *former]])

    def _show_and_add(self, known: Membership) -> None:
        self._show(known)
        self.ask_add()

    def _row(self, member: Member) -> Sequence[QWidget]:
        ink = "muted" if member.former else "accent"
        icon = IconLabel(ICONS.get(member.role, "user"), ink, 18)
        name = PlainLabel(member.name, "muted" if member.former else "strong")
        who = QWidget()
        who.setMinimumWidth(_NAMES)
        line = row(who, name, gap=8)
        if member.mine:
            line.addWidget(PlainLabel(_("you"), "caption"))
        line.addStretch(1)
        role: QWidget = PlainLabel(_(ROLE_NAMES.get(member.role, member.role)))
        if member.former:
            role = Chip(_("Access removed"), "destroyed", "minus")
        more = IconButton("more", _("What can be done about {name}").format(name=member.name))
        more.clicked.connect(lambda: self.offer(member, more.mapToGlobal(more.rect().bottomLeft())))
        holder = QWidget()
        holder.setFixedWidth(34)
        column(holder, *((more,) if member.managed else ()))
        return icon, who, role, holder

    def _open(self, dialog: AskDialog) -> None:
        self.dialog = dialog
        dialog.open()

    def _told(self, sentence: str) -> None:
        self.flash.tell(sentence)
        self.refresh()

    def _moved(self, name: str, role: str) -> None:
        before = next((m.role for m in self.known.members if m.name == name and not m.former), "") \
            if self.known else ""  # fmt: skip
        sentence = _("{name} is {role} now.").format(name=name, role=_(ROLE_NAMES[role]))
        self._told(sentence)
        if before == "officer" != role:
            self._warn(name)

    def _succeeded(self, name: str, to: str, record: str) -> None:
        told = _("{to} has taken over from {name}.").format(to=to, name=name)
        if record:
            paper = _("Print the handover {ref} (D17), for both and a witness to sign.")
            told += " " + paper.format(ref=record)
        self._told(told)
        self._warn(name)

    def _new_kit(self, number: str) -> None:
        told = _("Recovery kit {number} was written and opened. Shred the old one.")
        self._told(told.format(number=number))
        self.notice.tell(
            _(
                "The old kit still opens older copies of the vault. Change the epoch secret soon, "
                "above all where somebody may have read it."
            )
        )

    def _removed(self, name: str) -> None:
        self._told(_("{name} can no longer open the vault.").format(name=name))
        self._warn(name)

    def _warn(self, name: str) -> None:
        self.notice.tell(
            _(
                "An old copy of the folder still opens to {name} what it opened before. "
                "Change the epoch secret soon."
            ).format(name=name)
        )


def _duty(role: str) -> Sequence[QWidget]:
    return (
        IconLabel(ICONS[role], "muted", 16),
        PlainLabel(_(ROLE_NAMES[role]), "strong"),
        PlainLabel(_(DUTIES[role]), "muted", wrap=True),
    )
