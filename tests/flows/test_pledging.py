"""From who lacks a pledge to the stack of scans: drawn up, printed, signed, found again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from privdesk.core.clock import FixedClock
from privdesk.core.strokes import NothingWrittenError
from privdesk.documents import stacks
from privdesk.documents.preview import page_texts, pages_png
from privdesk.flows import fromrun, issuing, pledgescans, pledging
from privdesk.flows.attached import damaged
from privdesk.registers.desk import Desk
from privdesk.registers.pledges.proof import AsPrintedError, OtherSheetCodeError
from privdesk.registers.pledges.rules import (
    PledgedAlreadyError,
    SignedEarlierError,
    SignedLaterError,
)
from privdesk.registers.pledges.scans import Stack
from privdesk.registers.pledges.tags import make, read
from tests.copies import open_as
from tests.desks import NOON

ON = date(2026, 11, 23)  # the sheets are printed on that day too
HAND = (((0.1, 0.1), (0.3, 0.2), (0.5, 0.1)), ((0.6, 0.1), (0.9, 0.3)))
PEOPLE = ("가온", "나래", "다솜")


@pytest.fixture
def desk(vault: Path) -> Iterator[Desk]:
    """An office with three people who handle data, one who does not, and one who left."""
    made = open_as(vault, clock=FixedClock(NOON))
    service = made.service("staff")
    common = {"category": "a", "department": "콜센터", "joined": "2026-11-02"}
    for number, name in enumerate(PEOPLE, 1):
        service.create({"name": name, "staff_no": f"G-{number}", **common})
    service.create({"name": "라온", "duty": "none", "department": "총무팀"})
    service.create({"name": "마루", **common, "left": "2026-11-10"})
    yield made
    made.vault.close()


@pytest.fixture
def drawn(desk: Desk) -> list[str]:
    """The pledges of the three."""
    return list(pledging.draw(desk, "joining").refs)


def printed(desk: Desk) -> bytes:
    return pledging.sheets(desk, language="ko").data


def scanned(pdf: bytes, folder: Path, *, dpi: float = 150.0, turned: float = 0.0) -> Path:
    """Return a stack as an office scanner writes it: pictures in a PDF, askew."""
    pages = [Image.open(BytesIO(png)).convert("L") for png in pages_png(pdf, dpi)]
    pages = [page.rotate(turned, expand=True, fillcolor=255) for page in pages]
    path = folder / "stack.pdf"
    pages[0].save(path, save_all=True, append_images=pages[1:], resolution=dpi)
    return path


def seen(desk: Desk, path: Path) -> Stack:
    """Read a stack of which an officer looked at every page and saw the signature."""
    stack = pledgescans.read(desk, [path])
    return stack.seen(stack.unseen())


def inked(pdf: bytes) -> bytes:
    """Return a PDF with a stroke of a pen on each page."""
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as sheets:
        for page in sheets.pages:
            page.contents_add(sheets.make_stream(b"q"), prepend=True)
            page.contents_add(sheets.make_stream(b"Q 2 w 300 300 m 420 330 l S"))
        sheets.save(out)
    return out.getvalue()


def test_pledges_are_drawn_up_for_whoever_lacks_one_and_only_once(desk: Desk) -> None:
    outcome = pledging.draw(desk, "joining")
    titles = [row.values["title"] for row in desk.service("pledges").rows(_numbers(desk, outcome))]

    assert titles == [f"{name} · Joining" for name in PEOPLE]
    with pytest.raises(pledging.NobodyLacksError):
        pledging.draw(desk, "joining")
    desk.service("pledges").act("sign-paper", outcome.refs, {"on": ON})
    with pytest.raises(pledging.NobodyLacksError):
        pledging.draw(desk, "joining")


def _numbers(desk: Desk, outcome: object) -> list[int]:
    return [desk.service("pledges").number(ref) for ref in outcome.refs]  # type: ignore[attr-defined]


def test_a_department_alone_and_the_other_kinds(desk: Desk, drawn: list[str]) -> None:
    with pytest.raises(pledging.NobodyLacksError):
        pledging.draw(desk, "joining", department="총무팀")
    with pytest.raises(pledging.UnknownPledgeError):
        pledging.draw(desk, "outside")
    desk.service("pledges").act("sign-paper", drawn, {"on": date(2026, 11, 20)})
    assert len(pledging.draw(desk, "yearly").refs) == 3  # the office set no time
    desk.service("staff").act("leave", [_staff(desk, "가온")], {"on": "2026-11-23"})
    (leaving,) = pledging.draw(desk, "leaving").refs
    assert desk.service("pledges").get(leaving).values["due_on"] == date(2026, 11, 23)


def _staff(desk: Desk, name: str) -> str:
    return desk.ref("staff", desk.service("staff").called(name)[0])


def test_the_yearly_pledge_waits_for_its_time_where_one_is_set(
    desk: Desk, drawn: list[str]
) -> None:
    desk.service("pledges").act("sign-paper", drawn, {"on": ON})
    pledging.renew_every(desk, 12)

    with pytest.raises(pledging.NobodyLacksError):
        pledging.draw(desk, "yearly")
    with pytest.raises(pledging.MonthsError):
        pledging.renew_every(desk, 121)


def test_a_run_is_one_document_and_every_sheet_knows_its_number(
    desk: Desk, drawn: list[str]
) -> None:
    issued = pledging.sheets(desk, language="ko")
    rows = [desk.service("pledges").get(ref) for ref in drawn]
    texts = page_texts(issued.data)

    assert [row.values["sheet"] for row in rows] == [f"{issued.number}/{n}" for n in (1, 2, 3)]
    assert {row.state for row in rows} == {"printed"}
    assert len(texts) == 3
    for name, row, text in zip(PEOPLE, rows, texts, strict=True):
        assert name in text
        assert row.ref in text
    assert len(desk.service("documents").rows([_number(desk, issued.ref)])) == 1
    assert issuing.reprint(desk, issued.ref).data == issued.data
    assert damaged(desk) == []


def _number(desk: Desk, ref: str) -> int:
    return int(desk.service("documents").number(ref))


def test_sheets_of_some_pledges_only(desk: Desk, drawn: list[str]) -> None:
    assert len(page_texts(pledging.sheets(desk, drawn[1:2], "en").data)) == 1
    desk.service("pledges").act("sign-paper", drawn, {"on": ON})
    with pytest.raises(pledging.NoSheetWaitsError):
        printed(desk)


@pytest.mark.parametrize("turned", [0.0, 1.5, 90.0, 180.0])
def test_a_stack_finds_its_people_again(
    desk: Desk, drawn: list[str], tmp_path: Path, turned: float
) -> None:
    path = scanned(printed(desk), tmp_path, turned=turned)

    outcome = pledgescans.take(desk, seen(desk, path), ON, "사공수")

    assert list(outcome.refs) == drawn
    for ref in drawn:
        row = desk.service("pledges").get(ref)
        assert (row.state, row.values["how"], row.values["pages"]) == ("signed", "paper", 1)
        assert row.values["signed_on"] == ON
        assert row.values["head"] == "사공수"
    assert damaged(desk) == []


def test_a_sheet_that_lacks_a_page_waits_for_it(
    desk: Desk, drawn: list[str], tmp_path: Path
) -> None:
    path, first = scanned(printed(desk), tmp_path), desk.service("pledges").get(drawn[0])
    run = str(first.values["sheet"]).partition("/")[0]  # the whole run as one sheet of three pages
    with desk.vault.transaction():
        desk.vault.raw.execute("UPDATE pledges SET sheet = ? WHERE id = ?", (run, first.id))
    outcome = pledgescans.take(desk, seen(desk, path), ON)

    assert list(outcome.refs) == drawn[1:]
    assert f"a page is missing of 1 sheet ({drawn[0]} (1/3))" in outcome.message
    assert desk.service("pledges").get(drawn[0]).state == "printed"
    with pytest.raises(pledgescans.PagesLackError):
        pledgescans.take(desk, seen(desk, path), ON)


def test_a_file_that_was_signed_by_a_program_is_taken_as_plain_pages(
    desk: Desk, drawn: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "signed.pdf"
    sheet = issuing.issue(desk, "d11", drawn[0], "en").data  # carries a signature field
    path.write_bytes(inked(sheet))
    pledgescans.take(desk, seen(desk, path), ON)

    kept = desk.service("pledges").act("show-sheet", drawn[:1], {}).shown.data
    with pikepdf.open(BytesIO(kept)) as pdf:
        assert "/AcroForm" not in pdf.Root
        assert "/Annots" not in pdf.pages[0]
    assert "가온" in page_texts(kept)[0]


def test_each_pledge_keeps_its_own_page(desk: Desk, drawn: list[str], tmp_path: Path) -> None:
    path = tmp_path / "turned-over.pdf"
    with pikepdf.open(BytesIO(inked(printed(desk)))) as pdf:
        pdf.pages.reverse()
        pdf.save(path)
    pledgescans.take(desk, seen(desk, path), ON)

    for name, ref in zip(PEOPLE, drawn, strict=True):
        (text,) = page_texts(desk.service("pledges").act("show-sheet", [ref], {}).shown.data)
        assert name in text


def test_pictures_are_read_too_and_what_has_no_code_waits_for_a_hand(
    desk: Desk, drawn: list[str], tmp_path: Path
) -> None:
    first, second, third = (
        Image.open(BytesIO(png)).convert("L") for png in pages_png(printed(desk), 150)
    )
    first.save(tmp_path / "one.png")
    second.paste(255, (0, 0, second.width, 260))  # torn off at the top, code and all
    second.save(tmp_path / "two.tif", save_all=True, append_images=[third])
    Image.new("L", first.size, 255).save(tmp_path / "three.jpg")

    paths = [tmp_path / name for name in ("one.png", "two.tif", "three.jpg")]
    stack = pledgescans.read(desk, paths)
    verdicts = [page.verdict for page in stack.pages]
    assert verdicts == ["ready", "none", "ready", "blank"]
    stack = stack.seen(stack.unseen())
    outcome = pledgescans.take(desk, stack, ON)
    assert outcome.refs == (drawn[0], drawn[2])
    assert "two.tif:1" in outcome.message
    assert desk.service("pledges").get(drawn[1]).state == "printed"

    (candidate,) = pledgescans.candidates(desk, "나래")
    torn = pledgescans.by_hand(desk, stack.pages[1], candidate.ref)
    again = Stack(stack.names, stack.files, (torn,))
    pledgescans.take(desk, again.seen(drawn), ON)
    assert desk.service("pledges").get(drawn[1]).values["how"] == "paper"


def test_sheets_that_are_not_awaited_are_told_apart(
    desk: Desk, drawn: list[str], tmp_path: Path
) -> None:
    path = scanned(printed(desk), tmp_path)
    service = desk.service("pledges")
    service.void(drawn[:1], reason="left before joining")
    service.act("sign-paper", drawn[1:2], {"on": ON})  # the scan comes later

    stack = seen(desk, path)
    assert [page.verdict for page in stack.pages] == ["gone", "file-only", "ready"]
    pledgescans.take(desk, stack, ON)
    assert service.get(drawn[1]).values["signed_on"] == ON
    assert [p.verdict for p in pledgescans.read(desk, [path]).pages][1:] == ["filed", "filed"]
    with pytest.raises(pledgescans.NothingMatchedError):
        pledgescans.take(desk, pledgescans.read(desk, [path]), ON)


def test_a_sheet_of_another_vault_signs_nothing_here(desk: Desk, drawn: list[str]) -> None:
    ours = desk.vault.header.vault
    page = stacks.ScannedPage(0, (f"{make('0' * 32, drawn[0])}/1",))
    assert pledgescans._judged(desk, 0, page).verdict == "other"
    page = stacks.ScannedPage(0, ("https://example.com", f"{make(ours, drawn[0])}/1"))
    assert pledgescans._judged(desk, 0, page).verdict == "ready"
    page = stacks.ScannedPage(0, (f"{make(ours, 'G-999999-1')}/1",))
    assert pledgescans._judged(desk, 0, page).verdict == "unknown"
    assert read("PDG/XYZ") is None


def test_nothing_is_signed_on_a_day_to_come_and_a_bad_file_is_refused(
    desk: Desk, drawn: list[str], tmp_path: Path
) -> None:
    stack = seen(desk, scanned(printed(desk), tmp_path))
    with pytest.raises(SignedLaterError):
        pledgescans.take(desk, stack, date(2026, 11, 24))
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7 but no more")
    with pytest.raises(stacks.UnreadableScanError):
        pledgescans.read(desk, [tmp_path / "bad.pdf"])


def test_a_signature_on_the_screen_stands_on_the_sheet_that_is_kept(
    desk: Desk, drawn: list[str]
) -> None:
    with pytest.raises(NothingWrittenError):
        pledging.sign(desk, drawn[0], [[(0.5, 0.5), (0.51, 0.5)]], "ko")
    outcome = pledging.sign(desk, drawn[0], HAND, "ko", "사공수")
    row = desk.service("pledges").get(drawn[0])

    assert (row.state, row.values["how"], row.values["signed_on"]) == (
        "signed",
        "screen",
        desk.today(),
    )
    assert desk.service("pledges").strokes_of(row.id) == HAND
    assert outcome.shown is not None
    text = page_texts(outcome.shown.data)[0]
    assert "2026-11-23 12:00" in text
    assert "사공수" in text
    with pytest.raises(PledgedAlreadyError):
        pledging.sign(desk, drawn[0], HAND, "ko")


def test_the_text_that_was_signed_stays_with_the_pledge(desk: Desk, drawn: list[str]) -> None:
    pledging.sign(desk, drawn[0], HAND, "en")
    texts = desk.service("templates")
    told = {"code": "pledge-joining", "language": "en", "text": "I stay silent at {company}."}
    texts.act("use", [texts.create({**told, "heading": "Silence"}).ref], {})

    desk.set_setting("company_en", "Haneul Parcel Ltd.")
    again = page_texts(issuing.draft(desk, "d11", drawn[0], "en").data)[0]
    now = page_texts(issuing.draft(desk, "d11", drawn[1], "en").data)[0]

    assert "Pledge of confidentiality" in again
    assert "I stay silent at Haneul Parcel Ltd." in now
    assert "Silence" in now


def test_a_leaver_signs_another_sheet(desk: Desk) -> None:
    (leaving,) = pledging.draw(desk, "leaving").refs if _started(desk) else ("",)
    desk.service("pledges").update(leaving, {"returned": "노트북 1대"})
    text = page_texts(issuing.draft(desk, "d12", leaving, "en").data)[0]

    assert "노트북 1대" in text
    assert "Devices and media returned" in text
    from privdesk.flows.pledgepapers import OtherSheetError

    with pytest.raises(OtherSheetError):
        issuing.draft(desk, "d11", leaving, "en")


def _started(desk: Desk) -> bool:
    """Let there be a pledge from before somebody left, so that the register has begun."""
    told = {"staff": _staff(desk, "가온"), "signed_on": "2026-11-02"}
    return bool(desk.service("pledges").create(told).ref)


def test_who_has_not_signed_is_one_paper(desk: Desk, drawn: list[str]) -> None:
    desk.service("pledges").act("sign-paper", drawn[:1], {"on": "2026-11-02"})
    text = " ".join(page_texts(issuing.issue(desk, "unsigned", None, "en").data))

    assert "나래" in text
    assert "다솜" in text
    assert "마루" in text  # left without the leaver's pledge
    assert "가온" not in text
    assert "라온" not in text
    assert drawn[1] in text
    assert "21" in text  # days since the second of November


def test_each_sheet_of_a_run_is_reached_from_its_pledge(desk: Desk, drawn: list[str]) -> None:
    service = desk.service("pledges")
    with pytest.raises(fromrun.NotPrintedError):
        fromrun.sheet(desk, drawn[:1])
    printed(desk)

    for ref, name in zip(drawn, PEOPLE, strict=True):
        shown = service.act("show-printed", [ref], {}).shown
        (text,) = page_texts(shown.data)
        assert name in text
        assert str(service.get(ref).values["sheet"]) in text


def test_a_page_that_was_scanned_twice_is_kept_once_and_told(
    desk: Desk, drawn: list[str], tmp_path: Path
) -> None:
    pages = [Image.open(BytesIO(png)).convert("L") for png in pages_png(printed(desk), 150)]
    pages += [pages[1], Image.new("L", pages[0].size, 255)]
    path = tmp_path / "stack.tif"
    pages[0].save(path, save_all=True, append_images=pages[1:])

    outcome = pledgescans.take(desk, seen(desk, path), ON)

    assert outcome.message == "3 signatures recorded · 1 blank page, 1 page came twice"
    service = desk.service("pledges")
    assert [service.get(ref).values["pages"] for ref in drawn] == [1, 1, 1]


def test_pages_given_by_hand_are_all_kept(desk: Desk, drawn: list[str], tmp_path: Path) -> None:
    pages = [Image.new("L", (1240, 1754), 255) for _turn in range(2)]
    for page in pages:
        page.paste(0, (200, 400, 900, 600))  # written on, and no code to be read
    path = tmp_path / "stack.tif"
    pages[0].save(path, save_all=True, append_images=pages[1:])
    stack = pledgescans.read(desk, [path])
    for at, one in enumerate(stack.pages):
        stack = stack.with_page(at, pledgescans.by_hand(desk, one, drawn[0]))

    pledgescans.take(desk, stack.with_page(1, replace(stack.pages[1], signed=True)), ON)

    assert desk.service("pledges").get(drawn[0]).values["pages"] == 2


def test_a_code_alone_signs_nothing(desk: Desk, drawn: list[str], tmp_path: Path) -> None:
    stack = pledgescans.read(desk, [scanned(printed(desk), tmp_path)])
    with pytest.raises(pledgescans.NobodySawError, match=drawn[0]):
        pledgescans.take(desk, stack, ON)

    outcome = pledgescans.take(desk, stack.seen(drawn[1:2]), ON)

    assert outcome.refs == (drawn[1],)
    assert "2 sheets are not marked as signed" in outcome.message
    service = desk.service("pledges")
    assert [service.get(ref).state for ref in drawn] == ["printed", "signed", "printed"]
    assert [page.ref for page in stack.seen(drawn[1:2]).unsettled().pages] == [drawn[0], drawn[2]]


def test_the_sheet_as_it_was_printed_is_signed_by_nobody(
    desk: Desk, drawn: list[str], tmp_path: Path
) -> None:
    path, service = tmp_path / "run.pdf", desk.service("pledges")
    path.write_bytes(printed(desk))
    stack = seen(desk, path)
    assert [page.verdict for page in stack.pages] == ["as-printed"] * 3
    with pytest.raises(pledgescans.NothingMatchedError):
        pledgescans.take(desk, stack, ON)

    told = {"on": ON, "file": str(path)}
    path.write_bytes(stacks.pick(printed(desk), "", [0]))
    with pytest.raises(AsPrintedError):
        service.act("sign-paper", drawn[:1], told)
    path.write_bytes(inked(path.read_bytes()))
    with pytest.raises(OtherSheetCodeError, match=drawn[0]):
        service.act("sign-paper", drawn[1:2], told)
    service.act("sign-paper", drawn[:1], told)
    service.act("sign-paper", drawn[1:2], {"on": ON})
    with pytest.raises(OtherSheetCodeError):
        service.act("attach", drawn[1:2], {"file": str(path)})
    assert [service.get(ref).values["how"] for ref in drawn] == ["paper", "entered", ""]


def test_a_hand_does_not_say_otherwise_than_the_code(
    desk: Desk, drawn: list[str], tmp_path: Path
) -> None:
    stack = pledgescans.read(desk, [scanned(printed(desk), tmp_path)])
    with pytest.raises(pledgescans.CodeSaysOtherError):
        pledgescans.by_hand(desk, stack.pages[0], drawn[1])


def test_a_sheet_is_not_filed_for_a_signature_from_before_it(
    desk: Desk, drawn: list[str], tmp_path: Path
) -> None:
    path, service = scanned(printed(desk), tmp_path), desk.service("pledges")
    for act, told in (("sign-paper", {}), ("correct-day", {"reason": "x"})):
        with pytest.raises(SignedEarlierError):
            service.act(act, drawn[:1], {"on": "2026-11-02", **told})
        service.act("sign-paper", drawn[:1], {"on": ON}) if act == "sign-paper" else None
    with desk.change() as change:  # as a list from elsewhere might have it
        service.put(change, service.number(drawn[0]), signed_on=date(2026, 11, 2))
        change.note("record.changed", "pledges", service.number(drawn[0]))

    stack = seen(desk, path)

    assert [page.verdict for page in stack.pages] == ["earlier", "ready", "ready"]
    assert pledgescans.take(desk, stack, ON).refs == tuple(drawn[1:])
    assert service.get(drawn[0]).values["how"] == "entered"


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_page_is_shown_upright(desk: Desk, drawn: list[str], tmp_path: Path, turned: int) -> None:
    stack = pledgescans.read(desk, [scanned(printed(desk), tmp_path, turned=turned)])
    shown = Image.open(BytesIO(pledgescans.picture(stack, stack.pages[0])))

    assert shown.height > shown.width
    half = shown.height // 2
    upper, lower = shown.crop((0, 0, shown.width, half)), shown.crop((0, half, *shown.size))
    assert sum(upper.histogram()[:128]) > sum(lower.histogram()[:128])  # the text begins on top
