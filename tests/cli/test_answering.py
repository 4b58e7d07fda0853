"""A request answered without a window: orders, replies, the annex, the encrypted file."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from privdesk.documents.preview import page_texts
from privdesk.flows.opening import open_desk
from tests.cli.office import Office
from tests.desks import ALICE, PASSPHRASE
from tests.flows import asked


@pytest.fixture
def case(office: Office) -> tuple[Office, str, str]:
    """Return the office with an access and a correction, both identified, by reference."""
    desk = open_desk(office.vault, ALICE, PASSPHRASE)
    at = asked.office(desk)
    refs = tuple(asked.ref(at, asked.request(at, kind)) for kind in ("copy", "correction"))
    desk.vault.close()
    return office, refs[0], refs[1]


Case = tuple[Office, str, str]


def order_at(office: Office, place: str) -> str:
    """Return the newest order of a place."""
    rows = office.run(
        "list", office.vault, "retrievals", "--where", f"place={place}", "--json"
    ).json
    return str(rows[-1]["ref"])


def test_an_access_from_the_orders_to_the_encrypted_file(case: Case, tmp_path: Path) -> None:
    office, access, _correction = case
    drawn = office.run("act", office.vault, "requests", access, "orders", "--json").json
    assert len(drawn["refs"]) == 3
    order = order_at(office, "Web shop")
    paper = tmp_path / "order.pdf"
    office.run("print", office.vault, "retrieval", order, "--lang", "en", "--out", paper)
    assert order in " ".join(page_texts(paper.read_bytes()))

    sent = asked.written(tmp_path / "sent.csv", asked.EMAIL)
    told = ("by=IT team", "result=done", f"holds=E-mail: {asked.EMAIL}", "--file", sent)
    office.run("act", office.vault, "retrievals", order, "reply", *told)
    (row,) = office.run(
        "list", office.vault, "retrievals", "--where", f"ref={order}", "--json"
    ).json
    assert row["state"] == "answered"

    target = tmp_path / "answer.pdf"
    done = office.run(
        "act", office.vault, "requests", access, "encrypt", "--file", target, "--json"
    )
    with pikepdf.open(BytesIO(target.read_bytes()), password=done.json["passphrase"]) as pdf:
        assert {"1-sent.csv", f"{access}.json"} <= set(pdf.attachments)


def test_a_correction_is_ordered_done_and_accepted(case: Case) -> None:
    office, _access, correction = case
    act = ("act", office.vault, "requests", correction)
    office.run(*act, "correct", f"after=email: {asked.NEW_EMAIL}")
    office.run(*act, "amend")
    shop, centre = (order_at(office, place) for place in ("Web shop", "Call centre"))
    reply = ("act", office.vault, "retrievals")
    office.run(*reply, shop, "reply", "by=IT team", "result=done")
    told = office.run(
        *reply, centre, "reply", "by=Team", "result=done", "holds=email: x@example.net"
    )
    assert "not what was ordered" in told.out

    assert office.run(*reply, centre, "accept").refused
    office.run(*reply, centre, "accept", "reason=typed by hand, goes on Friday")
    rows = office.run("list", office.vault, "retrievals", "--json").json
    assert {row["state"] for row in rows} == {"answered", "accepted"}


def test_only_what_fits_the_kind_is_done(case: Case) -> None:
    office, access, correction = case

    told = office.run(
        "act", office.vault, "requests", access, "correct", "after=email: a@b.example"
    )
    assert "is not for a record of the kind" in told.refused
    assert office.run("act", office.vault, "requests", correction, "orders").refused
    assert office.run("list", office.vault, "retrievals", "--json").json == []
