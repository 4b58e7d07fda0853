"""The answer to an access request: the very data, on paper and as an encrypted file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from privdesk.core.errors import InvalidValueError
from privdesk.core.register import Query
from privdesk.core.system.errors import PathMissingError
from privdesk.documents.inspection import inspect_pdf
from privdesk.documents.preview import page_texts
from privdesk.flows import answering, composing, handing, issuing
from privdesk.flows.composing import compose
from privdesk.registers import REGISTERS
from privdesk.registers.desk import Desk
from tests.copies import open_as
from tests.flows.asked import (
    EMAIL,
    NAME,
    PHONE,
    Office,
    act,
    office,
    orders,
    ref,
    reply,
    request,
    written,
)


@pytest.fixture
def at(vault: Path) -> Iterator[Office]:
    """Return the first officer's desk with one person in two files."""
    desk = open_as(vault)
    yield office(desk)
    desk.vault.close()


def looks(desk: Desk, person: str) -> list[str]:
    """Return the reasons for which a person was looked at."""
    return [e.reason for e in desk.service("subjects").history(person) if "looked" in e.action]


def test_the_very_data_is_told_with_purposes_periods_and_consents(at: Office) -> None:
    number = request(at, "access")
    told = compose(at.desk, number, "en")

    assert {h.item: h.value for h in told.held} == {
        "Name": NAME,
        "Telephone": PHONE,
        "E-mail": EMAIL,
    }
    by_item = {h.item: h for h in told.held}
    assert by_item["E-mail"].places == ("Web shop", "Call centre")
    assert by_item["Name"].purposes == ("Newsletter", "Contracts")
    assert [(p.purpose, p.retention, str(p.due_on)) for p in told.purposes] == [
        ("Newsletter", "10 years", "2036-01-05"),
        ("Contracts", "3 years", "2031-02-04"),  # another law: five years, through 2031-02-03
    ]
    assert [(c.purpose, c.answer, str(c.on), c.channel) for c in told.consents] == [
        ("Newsletter", "Given", "2026-01-05", "Web site")
    ]
    assert told.name == NAME


def test_composing_is_a_look_for_the_request(at: Office) -> None:
    number = request(at, "access")
    before = looks(at.desk, at.person.ref)
    compose(at.desk, number)

    assert looks(at.desk, at.person.ref) == [ref(at, number), *before]


def test_it_speaks_the_language_of_the_person(at: Office) -> None:
    number = request(at, "access")

    assert compose(at.desk, number).language == "ko"
    at.desk.service("subjects").update(at.person.ref, {"language": "en"})
    assert compose(at.desk, number).language == "en"
    assert compose(at.desk, number, "ko").language == "ko"


def test_what_the_places_replied_is_told_and_who_has_not(at: Office, tmp_path: Path) -> None:
    number = request(at, "copy")
    act(at, number, "orders")
    shop = orders(at, number)["Web shop"]
    reply(at, shop, holds=f"E-mail: {EMAIL}", data=written(tmp_path / "sent.csv", EMAIL))

    told = compose(at.desk, number, "en")
    replies = {one.place: one for one in told.replies}
    assert replies["Web shop"].holds == f"E-mail: {EMAIL}"
    assert replies["Web shop"].file == "1-sent.csv"
    assert {one.place for one in told.waiting} == {"Call centre", "Archive"}


def test_a_place_that_holds_nothing_is_named_with_no_data(at: Office) -> None:
    number = request(at, "access")
    act(at, number, "orders")
    reply(at, orders(at, number)["Web shop"], result="nothing")

    told = compose(at.desk, number, "en")
    assert {one.code for one in told.replies if one.place == "Web shop"} == {"nothing"}
    places = [one.places for one in told.held] + [one.places for one in told.purposes]
    assert all("Web shop" not in of for of in places)
    assert any("Call centre" in one.places for one in told.held)


def test_an_optional_item_without_a_value_is_not_told_as_held(at: Office) -> None:
    birth = at.desk.service("items").create({"name": "Birth date", "category": "ordinary"})
    newsletter = str(at.letters.values["purpose"])
    at.desk.service("purposes").update(newsletter, {"optional_items": (birth.ref,)})

    told = compose(at.desk, request(at, "access"), "en")
    assert not any("Birth date" in one.items for one in told.purposes)


def test_an_annex_that_names_items_says_that_it_tells_no_more(at: Office) -> None:
    (email,) = [n for n, f in at.desk.service("subjects").fields_of_items().items()
                if f.name == "email"]  # fmt: skip
    number = request(at, "access", items=(at.desk.ref("items", email),))
    data = issuing.draft(at.desk, "annex", ref(at, number), "en").data
    text = " ".join(" ".join(page_texts(data)).split())

    assert "only of the items that your request names: E-mail" in text
    assert "This is what we hold of you" not in text


def test_the_source_is_the_person_a_point_or_a_third_party_and_no_system(at: Office) -> None:
    number = request(at, "source")
    assert {one.origin for one in compose(at.desk, number, "en").sources} == {"from yourself"}

    named = {"name": "가입 화면", "name_en": "Sign-up", "channel": "web", "rights": ("web",)}
    point = at.desk.service("collection-points").create(named)
    line = {
        "point": point.ref,
        "purpose": str(at.letters.values["purpose"]),
        "required_items": "email",
    }
    at.desk.service("point-items").create(line)
    at.desk.service("files").update(at.contracts.ref, {"source": "Hanbit Partners"})

    told = {one.purpose: one.origin for one in compose(at.desk, number, "en").sources}
    assert told["Newsletter"] == "from yourself: Sign-up"
    assert told["Contracts"] == "from a third party: Hanbit Partners"


def test_the_annex_is_issued_and_kept_with_the_peoples_keys(at: Office) -> None:
    number = request(at, "access")
    issued = issuing.issue(at.desk, "annex", ref(at, number), "ko")

    text = " ".join(page_texts(issued.data))
    for wanted in (NAME, PHONE, EMAIL, "Newsletter", ref(at, number), at.person.ref):
        assert wanted in text, wanted
    row = at.desk.service("documents").get(issued.ref)
    assert (row.values["about"], row.values["number"]) == (ref(at, number), issued.number)
    sql = "SELECT keys FROM attachments WHERE name = ?"
    assert at.desk.vault.raw.execute(sql, (row.values["file"],)).fetchall() == [("keys_people",)]


def test_a_draft_of_the_annex_is_a_look_and_changes_nothing_else(at: Office) -> None:
    number = request(at, "access")
    papers = at.desk.service("documents").open_view
    before = len(looks(at.desk, at.person.ref))

    count = papers(Query()).count
    issuing.draft(at.desk, "annex", ref(at, number), "en")

    assert len(looks(at.desk, at.person.ref)) == before + 1
    assert papers(Query()).count == count


def test_the_encrypted_file_opens_with_the_passphrase_alone(at: Office) -> None:
    number = request(at, "copy")
    done = handing.hand_out(at.desk, number, "en")

    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(BytesIO(done.data))
    for part in (NAME, PHONE, EMAIL):
        assert part.encode() not in done.data
    with pikepdf.open(BytesIO(done.data), password=done.passphrase) as pdf:
        assert (pdf.encryption.R, pdf.encryption.bits) == (6, 256)
        assert set(pdf.attachments) == {f"{done.number}.pdf", f"{ref(at, number)}.json"}
        original = pdf.attachments[f"{done.number}.pdf"].get_file().read_bytes()
        told = json.loads(pdf.attachments[f"{ref(at, number)}.json"].get_file().read_bytes())
    found = inspect_pdf(original)
    assert (found.document_number, found.intact) == (done.number, True)
    assert told["form"] == composing.FORM
    assert {one["key"]: one["value"] for one in told["held"]} == {
        "name": NAME,
        "phone": PHONE,
        "email": EMAIL,
    }


def test_access_alone_has_no_file_for_machines(at: Office, tmp_path: Path) -> None:
    number = request(at, "access")
    act(at, number, "orders")
    shop = orders(at, number)["Web shop"]
    reply(at, shop, data=written(tmp_path / "sent.csv", EMAIL))
    done = handing.hand_out(at.desk, number)

    assert done.inside == (f"{done.number}.pdf", "1-sent.csv")


def test_the_passphrase_is_kept_nowhere_and_never_twice_the_same(
    at: Office, tmp_path: Path
) -> None:
    number = request(at, "access")
    target = tmp_path / "answer.pdf"
    outcome = act(at, number, "encrypt", file=str(target))
    again = act(at, number, "encrypt", file=str(tmp_path / "again.pdf"))

    assert outcome.once != again.once
    assert len(outcome.once.replace("-", "")) == 20
    assert outcome.once not in outcome.message
    assert target.stat().st_mode & 0o077 == 0
    for event in at.desk.service("requests").history(ref(at, number)):
        assert outcome.once not in event.reason
    sql = "SELECT details FROM journal WHERE action = 'answer.encrypted'"
    (owner,) = at.desk.vault.raw.execute(sql).fetchone()
    details = at.desk.vault.payloads.read("keys_office", owner)
    assert outcome.once not in str(details)


def test_it_is_written_as_pdf_into_a_folder_that_is_there(at: Office, tmp_path: Path) -> None:
    number = request(at, "access")

    with pytest.raises(handing.HandoutEndingError):
        act(at, number, "encrypt", file=str(tmp_path / "answer.txt"))
    with pytest.raises(PathMissingError):
        act(at, number, "encrypt", file=str(tmp_path / "nowhere" / "answer.pdf"))


def test_a_request_without_a_person_is_not_composed(at: Office) -> None:
    number = request(at, "access")
    at.desk.vault.raw.execute("UPDATE requests SET subject = NULL WHERE id = ?", (number,))

    with pytest.raises(answering.NobodyAskedForError):
        compose(at.desk, number)


def test_the_preview_is_not_offered_before_the_identity_is_checked(at: Office) -> None:
    number = request(at, "access", identified=False)

    with pytest.raises(InvalidValueError):
        act(at, number, "compose")


def test_the_rehearsal_counts_and_shows_no_value(at: Office) -> None:
    number = request(at, "access")
    act(at, number, "orders")
    message = act(at, number, "compose").message

    assert "items 3, purposes 2, replies 0, waiting 3" in message
    assert NAME not in message


@pytest.mark.skipif(
    not any(register.name == "provisions" for register in REGISTERS),
    reason="the register of provisions is not there",
)
def test_what_third_parties_received_is_told(at: Office) -> None:
    at.desk.service("provisions").create(
        {
            "recipient": "Sample Couriers",
            "scope": "person",
            "subject": at.person.ref,
            "file": at.contracts.ref,
            "ground": "statute",
            "law": "Sample Act",
            "article": "art. 7",
            "document_no": "2026-17",
            "items": "name,phone",
            "provided_on": "2026-03-02",
            "aim": "Delivery on behalf of a court",
            "form": "paper",
            "approver": "Chief Example",
        }
    )
    told = compose(at.desk, request(at, "access"), "en").passed

    assert told is not None
    assert [(one.recipient, str(one.on), one.purpose, one.items) for one in told] == [
        ("Sample Couriers", "2026-03-02", "Delivery on behalf of a court", ("Name", "Telephone"))
    ]
