"""A real office with people to destroy, and pages over it as the desk makes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot

from privdesk.registers.desk import Desk
from privdesk.registers.destructions.view import DestructionPage
from privdesk.registers.destructions.view.case import CasePage
from privdesk.ui.page.context import PageContext
from privdesk.ui.page.page import RegisterPage
from privdesk.ui.tasks import Tasks
from privdesk.window.commands import commands_for
from tests.copies import copy_of, open_as
from tests.desks import make_desk
from tests.ui.fakes import InMemory

NAMES = ("홍길동", "김서연", "이도윤", "박하은", "최민준", "정지우", "Jane Example")
OLD, NEW = date(2023, 10, 2), date(2026, 9, 1)


@dataclass(frozen=True)
class People:
    """References of what ``office`` made."""

    due: tuple[str, ...]
    held: str
    young: str
    place: str
    file: str


def office(folder: Path) -> tuple[Desk, People]:
    """Return a desk with five people due, one of them twice held back, and one not yet due."""
    desk = open_as(copy_of(_office, folder))
    return desk, _made[0]


_made: list[People] = []


def _office(folder: Path) -> Desk:
    desk = make_desk(folder)
    purpose = desk.service("purposes").create(
        {
            "name": "이벤트 응모",
            "name_en": "Prize draw",
            "basis": "consent",
            "required_items": "name, phone",
            "optional_items": "email",
            "retention": "2 years",
            "refusal": "You may refuse; you cannot take part then.",
        }
    )
    web = {"name": "홈페이지 서버", "kind": "system", "medium": "electronic"}
    here = desk.ref("places", desk.service("places").this_vault())
    there = desk.service("places").create(web)
    file = desk.service("files").create(
        {
            "name": "이벤트 응모자 명단",
            "purpose": purpose.ref,
            "place": there.ref,
            "copies": here,
            "holds": "names",
        }
    )
    refs, holdings = [], []
    for number, name in enumerate(NAMES):
        phone, email = f"010-2345-67{number:02}", f"person{number}@example.net"
        person = desk.service("subjects").create({"name": name, "phone": phone, "email": email})
        collected = NEW if number == len(NAMES) - 1 else OLD
        held = {"subject": person.ref, "file": file.ref, "purpose": purpose.ref}
        made = desk.service("holdings").create({**held, "collected_on": collected})
        answer = {"subject": person.ref, "purpose": purpose.ref, "kind": "given"}
        desk.service("consents").create({**answer, "at": collected, "channel": "web"})
        refs.append(person.ref)
        holdings.append(made.ref)
    desk.service("holdings").act("hold", [holdings[5]], {"reason": "Lawsuit pending"})
    _made.append(People(tuple(refs[:5]), refs[5], refs[6], there.ref, file.ref))
    return desk


@dataclass
class Seat:
    """Somebody at the desk: pages over it, and where they led."""

    qtbot: QtBot
    tasks: Tasks
    desk: Desk
    went: list[tuple[str, str]] = field(default_factory=list)
    withdraw: Callable[[str], object] | None = None
    explain: Callable[[str, str], object] | None = None

    def context(self) -> PageContext:
        """Return the surroundings of a page."""
        return PageContext(
            tasks=self.tasks,
            today=self.desk.today,
            service_of=self.desk.service,
            preferences=InMemory(),
            role=self.desk.vault.role,
            go=lambda register, ref: self.went.append((register, ref)),
            issue=lambda *_what: None,
            withdraw=self.withdraw,
            explain=self.explain,
        )

    def page(self, register: str, width: int = 1232, height: int = 830) -> Any:
        """Return a register's own page, shown and loaded."""
        from privdesk.registers.subjects.view import SubjectsPage

        cls: Any = {"destructions": DestructionPage, "subjects": SubjectsPage}[register]
        service = self.desk.service(register)
        page: RegisterPage = cls(service, self.context(), commands_for(register, self.desk))
        self.qtbot.addWidget(page)
        page.resize(width, height)
        with self.qtbot.waitActive(page):
            page.show()
        with self.qtbot.waitSignal(page.list.loaded):
            page.activated()
        return page

    def destructions(self) -> DestructionPage:
        """Return the destruction page."""
        page: DestructionPage = self.page("destructions")
        return page

    def case(self, page: DestructionPage) -> CasePage:
        """Return the procedure on show."""
        assert page.case is not None
        return page.case

    def idle(self) -> None:
        """Wait until everything asked so far was answered."""
        self.qtbot.waitUntil(lambda: not self.tasks._open, timeout=60_000)
