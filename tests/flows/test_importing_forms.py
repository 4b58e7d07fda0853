"""Lists of points, items and consents: read by their names, refused by sentences with a column."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from privdesk.core.register import Query
from privdesk.exchange.mapping import plan, recogniser
from privdesk.exchange.reading import open_source
from privdesk.exchange.report import Report
from privdesk.flows.importing.importers import importer_of
from privdesk.registers.desk import Desk
from privdesk.ui.progress import Progress
from tests.copies import open_as
from tests.registers.fillings import purpose, wording


@pytest.fixture
def desk(vault: Path) -> Iterator[Desk]:
    """Return a desk with a purpose that rests on consent."""
    made = open_as(vault)
    purpose(made, optional_items="name")
    yield made
    made.vault.close()


def take(desk: Desk, register: str, text: str, *, dry: bool = False) -> Report:
    path = desk.vault.folder.parent / "list.csv"
    path.write_text(text, encoding="utf-8")
    importer = importer_of(desk, register)
    fields = importer.fields()
    with open_source(path, known=recogniser(fields)) as source:
        run = importer.dry_run if dry else importer.run
        return run(source, plan(source, fields), {}, Progress())


def test_points_and_what_they_collect_come_in_by_name(desk: Desk) -> None:
    report = take(
        desk,
        "collection-points",
        "수집 창구,종류,수집 방법,권리 행사 방법,아동 대상\n가입 화면,웹 양식,홈페이지,"
        '"홈페이지, 전화",아니오\n',
    )
    assert (report.new, report.rejected) == (1, 0), report.text()
    (row,) = desk.service("collection-points").find(Query())
    assert (row.values["kind"], row.values["rights"]) == ("form", ("web", "phone"))

    lines = (
        "수집 창구,처리 목적,필수 항목,선택 항목\n"
        "가입 화면,Newsletter,전자우편,이름\n"
        "가입 화면,Newsletter,전자우편,이름\n"
    )
    report = take(desk, "point-items", lines.replace("전자우편", "E-mail").replace("이름", "Name"))
    assert (report.new, report.duplicate, report.rejected) == (1, 1, 0), report.text()
    refused = take(desk, "point-items", "창구,목적,필수 항목\n가입 화면,Newsletter,Telephone\n")
    assert refused.rejected == 1
    assert "does not name “Telephone”" in refused.text()


def test_consents_come_in_with_the_version_they_were_given_to(desk: Desk) -> None:
    of = desk.service("purposes").find(Query())[0]
    used = wording(desk, of, on="2025-01-02")
    people = [desk.service("subjects").create({"name": "김가나"}).ref for _ in range(4)]
    told = (("v1", 0), (str(used.values["digest"]), 1), ("v1.2", 2), (used.ref, 3))
    lines = [f"{people[n]},Newsletter,given,2026-03-0{n + 1},{text}" for text, n in told]

    report = take(
        desk, "consents", "\n".join(["subject,purpose,동의 여부,동의일,동의서 버전", *lines])
    )

    assert (report.new, report.rejected) == (3, 1), report.text()
    assert "no wording with that version" in report.text()
    found = desk.service("consents").find(Query(sort="at"))
    assert [row.values["wording"] for row in found] == [used.ref] * 3
    assert [row.values["subject"] for row in found] == [people[0], people[1], people[3]]


def test_the_same_list_of_wordings_makes_no_second_drafts(desk: Desk) -> None:
    told = "Newsletter,{box},News by e-mail{end},E-mail,Three years,You may refuse,{size}\n"
    text = "purpose,box,purpose_en,items_en,retention_en,refusal_en,size\n" + "".join(
        (told.format(box="use", end="", size=""), told.format(box="use", end=" ", size="11"))
    )
    first = take(desk, "wordings", text)
    assert (first.new, first.duplicate, first.rejected) == (1, 1, 0), first.text()
    service = desk.service("wordings")
    (row,) = service.find(Query())

    again = take(desk, "wordings", text, dry=True)
    assert (again.new, again.unchanged, again.duplicate) == (0, 1, 1), again.text()
    service.act("use", [row.ref], {"on": "2026-03-02"})
    again = take(desk, "wordings", text)
    assert (again.new, again.unchanged, again.rejected) == (0, 1, 0), again.text()
    other = take(desk, "wordings", text.replace("e-mail ,", "e-mail and post,"))
    assert (other.new, other.unchanged) == (1, 1), other.text()
    assert [one.values["version"] for one in service.find(Query(sort="id"))] == [1, 2]
