"""What an office sets up once, and how much of it is done: apart from breaches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from privdesk.core.findings import Finding, Severity
from privdesk.core.i18n import N_
from privdesk.registers.desk import Desk

Found = Sequence[Finding]
EPOCH_FOLDER, SKIPPED = "epoch_folder_excluded", "setup_not_needed"  # settings
# Findings of registers that a step of the list says already.
SAID_BY_STEPS = frozenset(("D6", "S5.1", "S1.3"))
INCOMPLETE = frozenset(("S1.1", "S1.3", "S2.1"))  # of a purpose that nothing is held for yet


@dataclass(frozen=True)
class Step:
    """A line of the set-up list; texts are message ids.

    ``register`` and ``action`` say where it is done; ``skipped`` is set where the office
    recorded that it does not need the step.
    """

    key: str
    title: str
    why: str
    clause: str
    register: str
    action: str
    label: str
    done: bool = False
    skipped: bool = False


@dataclass(frozen=True)
class SetUpList:
    """All steps, and how many of them are settled."""

    steps: tuple[Step, ...]

    @property
    def total(self) -> int:
        """How many steps there are."""
        return len(self.steps)

    @property
    def done(self) -> int:
        """How many are done or not needed."""
        return sum(step.done or step.skipped for step in self.steps)

    @property
    def open(self) -> tuple[Step, ...]:
        """The steps still to do."""
        return tuple(step for step in self.steps if not (step.done or step.skipped))


STEPS = (
    Step(
        "officer",
        N_("Enrol a second officer"),
        N_("Without one, no destruction can be approved."),
        "S2.3",
        "officers",
        "new",
        N_("Enrol"),
    ),
    Step(
        "cpo",
        N_("Enter the chief privacy officer"),
        N_("The office has to name one; papers are signed in that name."),
        "S5.1",
        "staff",
        "new",
        N_("Enter"),
    ),
    Step(
        "profile",
        N_("Say how large the company is"),
        N_("Sales, number of people and kinds of data decide which duties apply."),
        "S0.1",
        "profile",
        "edit",
        N_("Fill in"),
    ),
    Step(
        "purposes",
        N_("Enter the first purpose"),
        N_("Personal data may be kept for a purpose only."),
        "S1.3",
        "purposes",
        "new",
        N_("Enter"),
    ),
    Step(
        "policy",
        N_("Enter the purposes that the policy names"),
        N_("S1.3 to S1.5; templates are at hand."),
        "S1.3",
        "purposes",
        "templates",
        N_("Choose"),
    ),
    Step(
        "complete",
        N_("Complete every purpose"),
        N_("Items, legal basis and retention period; until then it is a draft."),
        "S2.1",
        "purposes",
        "list",
        N_("Complete"),
    ),
    Step(
        "places",
        N_("Enter where personal data is kept"),
        N_("Systems, archives, processors: each gets its order when data is destroyed."),
        "S8.2⑤",
        "places",
        "new",
        N_("Enter"),
    ),
    Step(
        "files",
        N_("Enter the first personal information file"),
        N_("Purpose, place, medium and number of people of each file."),
        "S1.1",
        "files",
        "new",
        N_("Enter"),
    ),
    Step(
        "people",
        N_("Import the first list of people"),
        N_("Or enter a file by its number of people alone."),
        "S2.1",
        "subjects",
        "import",
        N_("Import"),
    ),
    Step(
        "backup_folder",
        N_("Choose where backups go"),
        N_("A drive that is kept elsewhere survives a fire; the vault’s own disk does not."),
        "S8.1",
        "safety",
        "backup-folder",
        N_("Choose"),
    ),
    Step(
        "backup",
        N_("Make the first backup"),
        N_("It is opened and checked before it counts."),
        "S8.1",
        "safety",
        "backup",
        N_("Back up"),
    ),
    Step(
        "epoch_folder",
        N_("Keep the epoch secret out of other backups"),
        N_(
            "Its folder must be left out of profile backup and roaming, or destroyed people "
            "can come back."
        ),
        "S2.3",
        "safety",
        "epoch-folder",
        N_("Confirm"),
    ),
)


def steps(desk: Desk, found: Iterable[Finding]) -> SetUpList:
    """Return the list with what is done; ``found`` are the findings of the registers."""
    open_ones = [one for one in found if one.severity is Severity.SETUP]
    skipped = frozenset(desk.setting(SKIPPED, []))
    return SetUpList(
        tuple(
            replace(step, done=_DONE[step.key](desk, open_ones), skipped=step.key in skipped)
            for step in STEPS
        )
    )


def findings(todo: SetUpList) -> list[Finding]:
    """Return the open steps as findings, for lists that know nothing else.

    Incomplete purposes are findings of their own.
    """
    return [
        Finding(
            rule=step.clause,
            clause=step.clause,
            article="",
            severity=Severity.SETUP,
            due=None,
            register=step.register,
            ref="",
            what=step.title,
            do=step.why,
            values={"step": step.action},
        )
        for step in todo.open
        if step.key != "complete"
    ]


def some(desk: Desk, table: str, where: str = "state <> 'void'") -> bool:
    """Whether a table has any such row."""
    sql = f"SELECT 1 FROM {table} WHERE {where} LIMIT 1"
    return desk.vault.raw.execute(sql).fetchone() is not None


def _policy(_desk: Desk, found: Found) -> bool:
    return not any(one.register == "purposes" and not one.ref for one in found)


def _complete(desk: Desk, found: Found) -> bool:
    incomplete = any(one.register == "purposes" and one.ref for one in found)
    return (
        some(desk, "purposes") and not incomplete and not some(desk, "purposes", "state = 'draft'")
    )


def _has_people(desk: Desk, _found: Found) -> bool:
    counted = "holds = 'count' AND people > 0 AND state <> 'void'"
    return some(desk, "subjects") or some(desk, "files", counted)


_DONE: Mapping[str, Callable[[Desk, Found], bool]] = {
    "officer": lambda desk, _found: len(desk.vault.header.active("officer")) > 1,
    "cpo": lambda desk, _found: desk.service("staff").cpo(desk.today()) is not None,
    "profile": lambda desk, _found: desk.setting("profile") is not None,
    "purposes": lambda desk, _found: some(desk, "purposes"),
    "policy": _policy,
    "complete": _complete,
    "places": lambda desk, _found: some(desk, "places", "state <> 'void' AND kind <> 'vault'"),
    "files": lambda desk, _found: some(desk, "files"),
    "people": _has_people,
    "backup_folder": lambda desk, _found: bool(desk.setting("backup_folder")),
    "backup": lambda desk, _found: some(desk, "backups", "1"),
    "epoch_folder": lambda desk, _found: bool(desk.setting(EPOCH_FOLDER)),
}
