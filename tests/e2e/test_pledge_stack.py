"""Sixty new hires sign on paper; the stack comes back from a poor scanner, in any order."""

from __future__ import annotations

import random
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from privdesk.core.clock import FixedClock
from privdesk.documents.preview import page_texts, pages_png
from privdesk.flows import issuing, pledgescans, pledging
from privdesk.flows.attached import damaged
from privdesk.registers.desk import Desk
from privdesk.registers.pledges.scans import NONE, READY
from privdesk.registers.sworn import sworn
from tests.copies import copy_office, open_as
from tests.desks import NOON

pytestmark = pytest.mark.e2e

PEOPLE, TORN, DPI = 60, (7, 23, 41), 150.0
SYLLABLES = "가나다라마바사아자차"


def hire(desk: Desk) -> None:
    """Enter sixty people who begin on the day of the story."""
    with desk.change() as change:
        for n in range(PEOPLE):
            name = f"{SYLLABLES[n // 10]}{SYLLABLES[n % 10]}온"
            told = {"name": name, "staff_no": f"G-{n:03}", "department": f"Team {n % 5}"}
            staff = {**told, "category": "a", "duty": "handler", "joined": "2026-11-23"}
            desk.service("staff").insert(change, staff)


def scanned(pdf: bytes, folder: Path) -> Path:
    """Return the sheets as a cheap scanner gives them: shuffled, askew, grey, JPEG, some torn."""
    dice = random.Random(7)
    pages = []
    for n, png in enumerate(pages_png(pdf, DPI)):
        page = Image.open(BytesIO(png)).convert("L")
        ImageDraw.Draw(page).line([(300, 1130), (420, 1090), (560, 1150)], fill=40, width=5)
        if n in TORN:
            page.paste(250, (0, 0, page.width, 260))
        page = page.rotate(dice.uniform(-2.5, 2.5), expand=True, fillcolor=235)
        pages.append(page.point(lambda grey: 30 + grey * 210 // 255))
    dice.shuffle(pages)
    path = folder / "stack.pdf"
    pages[0].save(path, save_all=True, append_images=pages[1:], resolution=DPI, quality=45)
    return path


def test_a_stack_of_sixty_finds_its_people(tmp_path: Path) -> None:
    desk = open_as(copy_office(tmp_path), clock=FixedClock(NOON))
    hire(desk)
    refs = pledging.draw(desk, "joining").refs
    path = scanned(pledging.sheets(desk, language="ko").data, tmp_path)

    stack = pledgescans.read(desk, [path])
    assert (stack.count(READY), stack.count(NONE)) == (PEOPLE - len(TORN), len(TORN))
    pledgescans.take(desk, stack.seen(stack.unseen()), desk.today())

    rest = stack.seen(stack.unseen()).unsettled()
    for page in rest.pages:  # an officer reads the name on the sheet
        (first, *_more) = pledgescans.candidates(desk, "온")
        found = pledgescans.by_hand(desk, page, first.ref)
        at = type(rest)(rest.names, rest.files, (found,))
        pledgescans.take(desk, at.seen([first.ref]), desk.today())

    service = desk.service("pledges")
    rows = [service.get(ref) for ref in refs]
    assert {(row.state, row.values["how"], row.values["in_time"]) for row in rows} == {
        ("signed", "paper", True)
    }
    numbers = [desk.service("staff").number(str(row.values["staff"])) for row in rows]
    assert len(sworn(desk, numbers, desk.today())) == PEOPLE
    unsigned = page_texts(issuing.issue(desk, "unsigned", None, "en").data)[0]
    assert "Nobody" in unsigned
    assert damaged(desk) == []
    desk.vault.close()
