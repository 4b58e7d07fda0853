"""D7, D7a, D8 and their companions from a real vault; the page for the web team."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from privdesk.core.errors import DomainError
from privdesk.core.register import Query
from privdesk.documents.preview import page_texts
from privdesk.documents.stacks import NobodyReadsError
from privdesk.flows import issuing
from privdesk.flows.consigning import NobodyToNotifyError
from privdesk.flows.issuing import CopyGoneError
from privdesk.flows.posting import NoPictureError, PageDiffersError
from privdesk.registers.desk import Desk
from privdesk.registers.publications import findings, rules
from tests.copies import MANAGER, copy_office, open_as, switch_to
from tests.flows.folk import destroyed
from tests.registers.partners import Partners
from tests.scans import scanned

ADDRESS = "https://shop.example/processors"


@dataclass
class Consigned:
    """An office with two people in a file, and two works of processors."""

    desk: Desk
    calls: str
    letters: str
    folder: Path

    def text(self, code: str, ref: str | None, language: str = "en") -> str:
        """Issue a paper and return its words."""
        data = issuing.issue(self.desk, code, ref, language).data
        return " ".join(" ".join(page_texts(data)).split())

    def draw(self) -> str:
        """Draw up the list."""
        return str(self.desk.service("publications").create({"address": ADDRESS}).ref)

    def post(self, ref: str) -> None:
        """Have the list posted, with the page as proof."""
        page = self.folder / "page.html"
        publications = self.desk.service("publications")
        publications.act("html", [ref], {"file": str(page), "language": "ko"})
        publications.act("posted", [ref], {"file": str(page)})

    def findings(self) -> list[str]:
        """Return what rule 29 finds."""
        return [one.what for one in findings.judge(self.desk)]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Consigned]:
    made = Partners(open_as(copy_office(tmp_path))).fill()
    made.person(1)
    made.person(2)
    works = made.desk.service("consignments")
    told = {"since": date(2026, 3, 2), "items": "name,phone"}
    calls = works.create(
        {"processor": "Dasom Call", "work": "상담", "work_en": "Calls", "scope": "<Answers> & more",
         **told}
    )  # fmt: skip
    letters = works.create(
        {"processor": "Baram", "work": "소식지", "marketing": True, "files": made.file, **told}
    )
    yield Consigned(made.desk, calls.ref, letters.ref, tmp_path)
    made.desk.vault.close()


def test_the_list_is_drawn_up_posted_and_proved_by_its_own_page(office: Consigned) -> None:
    service = office.desk.service("publications")
    assert "never been posted" in office.findings()[0]
    first = office.draw()
    assert "not posted yet" in office.findings()[0]
    office.post(first)
    row = service.get(first)
    assert (row.state, row.values["works"], row.values["proved"]) == ("posted", 2, "page")
    assert office.findings() == []
    with pytest.raises(rules.SameListError):
        office.draw()

    office.desk.service("consignments").update(office.calls, {"scope": "Answers only"})
    assert "is not that of today" in office.findings()[0]
    second = office.draw()
    told = service.get(second).values
    assert (told["added"], told["removed"], told["changed"]) == (0, 0, 1)
    assert told["difference"] == "Changed: Dasom Call, “상담” (Scope)"
    with pytest.raises(rules.OtherListError):  # the page of the list before
        service.act("posted", [second], {"file": str(office.folder / "page.html")})
    assert service.get(first).state == "posted"
    office.post(second)
    assert (service.get(first).state, service.get(second).state) == ("replaced", "posted")
    changes = office.text("d7-changes", second)
    assert "Answers only" in changes


def test_a_list_cannot_be_posted_before_it_was_drawn_up(office: Consigned) -> None:
    ref = office.draw()
    service = office.desk.service("publications")
    for day in (date(2026, 11, 22), date(2026, 11, 24)):
        with pytest.raises(DomainError):
            service.act("posted", [ref], {"on": day})
    assert service.get(ref).state == "draft"


def test_the_page_for_the_web_team_escapes_what_people_wrote(office: Consigned) -> None:
    ref = office.draw()
    page = office.folder / "list"
    told = {"file": str(page), "language": "en"}
    office.desk.service("publications").act("html", [ref], told)
    text = page.with_name("list.html").read_text(encoding="utf-8")
    assert "&lt;Answers&gt; &amp; more" in text
    assert "<Answers>" not in text
    assert '<html lang="en">' in text
    assert "Calls" in text
    assert "<script" not in text
    assert "http://" not in text.replace("http://www.w3.org", "")


def test_a_saved_page_is_compared_cell_by_cell_whatever_frame_it_stands_in(
    office: Consigned,
) -> None:
    ref, service = office.draw(), office.desk.service("publications")
    page = office.folder / "page.html"
    service.act("html", [ref], {"file": str(page), "language": "ko"})
    text = page.read_text(encoding="utf-8")

    page.write_text(text.replace("2026-03-02", "2025-03-02", 1), encoding="utf-8")
    with pytest.raises(PageDiffersError, match="2025-03-02") as told:
        service.act("posted", [ref], {"file": str(page)})
    assert "2026-03-02" in told.value.sentence()
    added = text.replace("</tbody>", "<tr><th>Ghost</th><td>Work</td></tr></tbody>")
    page.write_text(added, encoding="utf-8")
    with pytest.raises(PageDiffersError, match="Ghost"):
        service.act("posted", [ref], {"file": str(page)})
    page.write_text("<table><tr><td>Something else</td></tr></table>", encoding="utf-8")
    with pytest.raises(rules.OtherListError):
        service.act("posted", [ref], {"file": str(page)})
    assert service.get(ref).state == "draft"

    table = text[text.index("<table>") : text.index("</table>") + 8]
    frame = f"<html><table><tr><td>Menu</td><td>{table}</td></tr></table></html>"
    page.write_text(frame, encoding="utf-8")
    service.act("posted", [ref], {"file": str(page)})
    assert service.get(ref).values["proved"] == "page"
    picture = office.folder / "screen.png"
    for size in ((1, 1), (800, 600)):
        scanned(picture, size, ink=False)
        with pytest.raises(NobodyReadsError):
            service.act("prove", [ref], {"file": str(picture)})
    scanned(picture)
    service.act("prove", [ref], {"file": str(picture)})
    assert service.get(ref).values["proved"] == "page"  # the better proof stays


@pytest.mark.parametrize(
    "around",
    [
        '<div style="display: none">{true}</div>{false}',
        "<template>{true}</template>{false}",
        "<div hidden>{true}</div><h1>404 Not found</h1>",
        "<script>{true}</script>",
    ],
)
def test_what_nobody_sees_of_a_page_proves_nothing(office: Consigned, around: str) -> None:
    ref, service = office.draw(), office.desk.service("publications")
    page = office.folder / "page.html"
    service.act("html", [ref], {"file": str(page), "language": "ko"})
    text = page.read_text(encoding="utf-8")
    table = text[text.index("<table>") : text.index("</table>") + 8]
    false = table.replace("2026-03-02", "2025-03-02", 1)
    page.write_text(f"<html>{around.format(true=table, false=false)}</html>", encoding="utf-8")

    with pytest.raises(rules.OtherListError):
        service.act("posted", [ref], {"file": str(page)})
    text_file = office.folder / "one.txt"
    text_file.write_text("x")
    with pytest.raises(NoPictureError):
        service.act("posted", [ref], {"file": str(text_file)})


def test_a_work_that_begins_later_says_so_in_the_list(office: Consigned) -> None:
    works = office.desk.service("consignments")
    works.create({"processor": "Baram", "work": "Later", "since": date(2026, 12, 18)})
    assert "(begins on 2026-12-18)" in office.text("d7", office.draw())


def test_the_public_list_prints_in_both_languages(office: Consigned) -> None:
    ref = office.draw()
    korean = office.text("d7", ref, "ko")
    assert all(part in korean for part in ("상담", "소식지", "홍보", "판매", "Dasom Call"))
    english = office.text("d7", ref, "en")
    assert "Calls" in english
    assert "(promotion or sales)" in english


def test_each_person_of_a_marketing_work_gets_a_letter(office: Consigned) -> None:
    data = issuing.issue(office.desk, "d7a", office.letters, "ko").data
    pages = page_texts(data)
    assert len(pages) == 2
    assert all("홍보" in page and "소식지" in page.replace(" ", "") for page in pages)
    assert all("발급일" in page for page in pages)  # each begins with the whole head
    assert not any("/ 2" in page for page in pages)  # and tells nobody how many there are
    assert all(f"D7A-2026-0001/{at}" in page for at, page in enumerate(pages, 1))
    assert {name for name in ("홍길동1", "홍길동2") for page in pages if name in page} == {
        "홍길동1",
        "홍길동2",
    }
    looked = office.desk.service("consignments").history(office.letters)
    assert "document.issued" in {one.action for one in looked}


def test_a_letter_speaks_the_language_of_its_person_and_the_words_of_the_office(
    office: Consigned,
) -> None:
    desk = office.desk
    with desk.change():
        desk.set_setting("company_en", "Garam Living Inc.")
    desk.service("consignments").update(office.letters, {"work_en": "Newsletters"})
    people = desk.service("subjects").find(Query())
    desk.service("subjects").update(people[-1].ref, {"language": "en"})
    texts = desk.service("templates")
    told = {
        "code": "marketing-notice",
        "language": "ko",
        "heading": "알림",
        "text": "{표}\n{성명}님께",
    }
    texts.act("use", [texts.create(told).ref], {})

    pages = [" ".join(page.split()) for page in page_texts(
        issuing.issue(desk, "d7a", office.letters, "ko").data)]  # fmt: skip
    (english,) = [page for page in pages if "Newsletters" in page]
    (korean,) = [page for page in pages if "소식지" in page]
    assert "Notice of a consignment of marketing" in english
    assert "Garam Living Inc." in english
    assert "홍보" not in english
    assert "Garam" not in korean
    assert "홍길동1님께" in korean
    assert korean.index("위탁업무") < korean.index("홍길동1님께")  # the table where it was put


def test_a_draft_shows_the_first_letters_and_says_how_many_there_are(office: Consigned) -> None:
    draft = issuing.draft(office.desk, "d7a", office.letters, "en")
    first, second = page_texts(draft.data)
    assert "1/2" in first
    assert "2/2" in second
    newest = office.desk.service("consignments").history(office.letters)[0]
    assert newest.action == "record.looked"
    assert not draft.ref


def test_nobody_is_told_of_a_work_without_people(office: Consigned) -> None:
    works = office.desk.service("consignments")
    works.update(office.letters, {"files": ""})
    with pytest.raises(NobodyToNotifyError):
        issuing.issue(office.desk, "d7a", office.letters, "ko")


def test_the_checklist_prints_what_was_found_and_what_became_of_it(office: Consigned) -> None:
    service, answers = (office.desk.service(n) for n in ("inspections", "inspection-answers"))
    ref = service.create({"processor": "Dasom Call", "planned_on": date(2026, 11, 20),
                          "manager": "Example Manager"}).ref  # fmt: skip
    asked = answers.of_inspection(service.number(ref))
    told = {"finding": "Shared account", "due": date(2026, 12, 1)}
    answers.act("no", [asked[9].ref], told)
    service.act("all-yes", [ref], {"evidence": "Seen"})
    service.act("finish", [ref], {"summary": "Nearly good"})
    answers.act("fixed", [asked[9].ref], {"remedy": "Split in two"})

    english = office.text("d8", ref)
    for part in ("Dasom Call", "Shared account", "2026-12-01", "Split in two", "Nearly good"):
        assert part in english
    assert "1 found, 1 put right, 0 open" in english
    assert "수탁자 점검표" in office.text("d8-blank", None, "ko")
    assert "Dasom Call" in office.text("d8-list", None)


def test_a_manager_reads_all_of_it_and_prints_the_letter_to_nobody(office: Consigned) -> None:
    office.draw()
    desk = office.desk = switch_to(office.desk, MANAGER)
    rows = desk.service("processors").find(Query())
    assert {row.values["name"] for row in rows} == {"Dasom Call", "Baram"}
    assert "Dasom" in office.text("d8-list", None)
    (letter,) = page_texts(issuing.issue(desk, "d7a", office.letters, "ko").data)
    assert "소식지" in letter
    assert "홍길동" not in letter
    with pytest.raises(DomainError):
        desk.service("processors").create({"name": "Another"})


def test_the_confirmation_at_the_end_is_filled_in_once_recorded(office: Consigned) -> None:
    service = office.desk.service("processors")
    ref = service.find(Query(where={"name": "Baram"}))[0].ref
    service.act("end", [ref], {})
    asked = office.text("disposal", ref)
    assert "We confirm the above" in asked
    assert "Copies, backups and sub-processors" in asked  # room for a hand
    service.act("confirm", [ref], {"disposal": "both", "by": "Kim Example", "count": 2})
    told = office.text("disposal", ref)
    assert "Kim Example" in told
    assert "Returned, copies destroyed" in told
    assert "Copies, backups and sub-processors" not in told


def test_the_kept_letters_go_with_the_next_people_destroyed(
    filled: Desk, vault: Path, key: Path
) -> None:
    """Who had a letter is not known by its record, so the copy of all of them goes."""
    files = [row.ref for row in filled.service("files").find(Query())]
    told = {"processor": "Baram", "work": "Letters", "marketing": True, "files": files}
    work = filled.service("consignments").create(told).ref
    issued = issuing.issue(filled, "d7a", work, "ko")
    desk, _done = destroyed(filled, vault, key)
    with pytest.raises(CopyGoneError):
        issuing.reprint(desk, issued.ref)
    assert desk.service("documents").get(issued.ref).state == "dropped"
    desk.vault.close()


def test_an_english_list_is_in_the_order_of_its_english_names(office: Consigned) -> None:
    for name, english in (("가온", "Zebra Carriers"), ("하늘", "Aardvark Printers")):
        office.desk.service("processors").create({"name": name, "name_en": english})
    english, korean = office.text("d8-list", None), office.text("d8-list", None, "ko")
    assert english.index("Aardvark") < english.index("Zebra")
    assert korean.index("가온") < korean.index("하늘")
