"""A processor from contract to inspection, finding and re-inspection; the list of it posted."""

from __future__ import annotations

import pytest
from PIL import Image

from privdesk.registers.processors.rules import CLAUSE_LABELS
from tests.e2e.hands import Hand

pytestmark = pytest.mark.e2e

ALL = list(CLAUSE_LABELS)
ADDRESS = "https://haneul.example/processors"


def test_a_processor_is_contracted_inspected_re_inspected_and_published(hand: Hand) -> None:
    work = contract(hand)
    first, again = inspect(hand)
    published(hand, work)
    check(hand, first, again)


def contract(hand: Hand) -> str:
    """Enter a processor and its work; tick the clauses of its contract, then of a better one."""
    firm = hand.enter("processors", name="Dasom Call", since="2026-03-02")
    work = hand.enter(
        "consignments", processor=firm, work="Call centre", since="2026-03-02", items="phone"
    )
    assert "No contract with Dasom Call" in hand.tasks()[work]
    hand.cannot("consignments", work, "tick", clauses=ALL)
    for name, found in (("draft.pdf", ALL[:-1]), ("signed.pdf", ALL)):
        paper = hand.folder / name
        Image.new("L", (60, 80), len(name)).save(paper, "PDF")
        hand.act("consignments", work, "attach", what="contract", file=str(paper))
        hand.act("consignments", work, "tick", clauses=found)
        if len(found) < len(ALL):
            assert "lacks 1 of the seven clauses" in hand.tasks()[work]
    assert work not in hand.tasks()
    return work


def inspect(hand: Hand) -> tuple[str, str]:
    """Hold an inspection with one finding, and ask again until it is put right."""
    firm = hand.row("consignments", newest(hand, "consignments")).values["processor"]
    first = hand.enter("inspections", processor=firm, planned_on="2026-11-20")
    assert "was planned for 2026-11-20" in hand.tasks()[first]
    told = {"finding": "Two people share an account.", "due": "2026-12-01"}
    hand.act("inspection-answers", answer(hand, first, 10), "no", **told)
    hand.cannot("inspections", first, "finish")
    hand.act("inspections", first, "all-yes", evidence="Seen on site")
    hand.cannot("inspections", first, "finish")
    hand.act("inspections", first, "finish", summary="Nearly good", unproved="Nobody was there.")
    hand.at("2026-12-02 10:00")
    late = hand.tasks()[answer(hand, first, 10)]
    assert "Question 10 of Dasom Call has not been put right." in late
    hand.act("inspections", first, "reinspect", on="2026-12-02")
    again = newest(hand, "inspections")
    hand.act("inspection-answers", answer(hand, again, 10), "yes", evidence="Two accounts now")
    hand.act("inspections", again, "finish", unproved="Looked at the accounts only.")
    return first, again


def published(hand: Hand, work: str) -> None:
    """Draw up the list, give the page to the web team, and prove by it that it was posted."""
    ref = hand.enter("publications", address=ADDRESS)
    assert "not posted yet" in hand.tasks()[ref]
    page = hand.folder / "list.html"
    hand.act("publications", ref, "html", file=str(page), language="en")
    assert "Call centre" in page.read_text(encoding="utf-8")
    hand.act("publications", ref, "posted", file=str(page))
    assert ref not in hand.tasks()
    assert "Dasom Call" in hand.paper("publications", "d7", ref)
    assert work


def check(hand: Hand, first: str, again: str) -> None:
    """The same whichever way it was played."""
    assert (hand.state("inspections", first), hand.state("inspections", again)) == (
        "closed",
        "closed",
    )
    found = hand.row("inspection-answers", answer(hand, first, 10)).values
    assert (found["answer"], found["remedy"]) == ("no", "Two accounts now")
    told = hand.paper("inspections", "d8", first)
    for part in ("Two people share an account.", "Two accounts now", "Nearly good"):
        assert part in told


def answer(hand: Hand, inspection: str, no: int) -> str:
    """Return the answer to a question of an inspection."""
    with hand.desk() as desk:
        number = desk.service("inspections").number(inspection)
        rows = desk.service("inspection-answers").of_inspection(number)
        return str(next(row.ref for row in rows if row.values["no"] == no))


def newest(hand: Hand, register: str) -> str:
    """Return the newest record of a register."""
    with hand.desk() as desk:
        table = desk.service(register).table.name
        last = desk.vault.raw.execute(f"SELECT max(id) FROM {table}").fetchone()[0]
        return str(desk.ref(register, last))
