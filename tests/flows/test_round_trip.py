"""What goes out of a register comes in again by itself: every column, in either language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from privdesk.core import i18n
from privdesk.core.register import Query
from privdesk.exchange.mapping import Mapping, plan, recogniser
from privdesk.exchange.reading import open_source
from privdesk.exchange.report import Report
from privdesk.flows.exporting import RegisterExporter
from privdesk.flows.importing.importers import importer_of
from privdesk.flows.importing.listed import listed
from privdesk.registers import REGISTERS
from privdesk.registers.desk import Desk
from privdesk.ui.importing.ports import ExportOptions
from privdesk.ui.progress import Progress
from tests.desks import NOON
from tests.invented import copy_invented, open_invented

IMPORTABLE = [register.name for register in REGISTERS if register.importable]
OUT_AND_IN = [("ko", "ko"), ("en", "en"), ("ko", "en"), ("en", "ko")]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An invented office whose registers all have rows, shared by the tests of this module."""
    return copy_invented(tmp_path_factory, tmp_path_factory.mktemp("sample"))


@pytest.fixture
def desk(office: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """The desk of the first officer."""
    monkeypatch.setenv("PRIVDESK_EPOCH_DIR", str(office.parent / "epochs"))
    opened = open_invented(office)
    yield opened
    opened.vault.close()


def written(desk: Desk, register: str, path: Path, language: str, *, reveal: bool = True) -> Path:
    """Export a register in a language."""
    i18n.use(language)
    how = ExportOptions((), reveal, "yearly check", NOON.date())
    RegisterExporter(desk, register).export(path, Query(), how, Progress())
    return path


def rehearsed(desk: Desk, register: str, path: Path, language: str) -> tuple[Mapping, Report]:
    """Rehearse an import with the screen in a language."""
    i18n.use(language)
    importer = importer_of(desk, register)
    fields = importer.fields()
    with open_source(path, known=recogniser(fields)) as source:
        mapping = plan(source, fields)
        return mapping, importer.dry_run(source, mapping, {}, Progress())


@pytest.mark.parametrize(("out", "back"), OUT_AND_IN)
@pytest.mark.parametrize("register", IMPORTABLE)
def test_every_column_finds_its_field_and_nothing_is_changed(
    desk: Desk, tmp_path: Path, register: str, out: str, back: str
) -> None:
    ending = ".csv" if out == back else ".xlsx"
    path = written(desk, register, tmp_path / f"list{ending}", out)
    mapping, report = rehearsed(desk, register, path, back)

    every = RegisterExporter(desk, register).fields()
    expected = [field.name if field.enterable else "" for field in every]
    collected = register == "subjects"  # “Collected” fills the day of an intake, if it is one
    beside = {field.name for field in listed(register).fields}  # may read what is worked out
    fields = ["" if f in beside else f for f in mapping.fields]
    assert [f for f in fields if not collected or f != "collected_on"] == [
        name for name, field in zip(expected, every, strict=True) if field.name != "collected"
    ]
    assert report.rows > 0
    assert (report.rejected, report.changed, report.new) == (0, 0, 0), report.text()
    assert report.unchanged + report.blocked == report.rows
    assert set(report.left_out) - set(report.worked_out) <= {"Collected", "수집일"}


@pytest.mark.parametrize("language", ["ko", "en"])
def test_heads_are_the_words_of_the_screen(desk: Desk, tmp_path: Path, language: str) -> None:
    path = written(desk, "places", tmp_path / "list.csv", language)
    say = i18n.words(language)

    head = path.read_text("utf-8-sig").splitlines()[0].split(",")
    assert head[:2] == [say("Reference"), say("Place")]
    assert head[-1] == say("State")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_an_item_called_like_a_field_is_told_apart(
    desk: Desk, tmp_path: Path, language: str
) -> None:
    items = desk.service("items")
    for name, english, key in (("비고", "Note", "remark"), ("목적", "Purpose", "aim")):
        if not items.by_key(key):
            items.create({"name": name, "name_en": english, "key": key})
    desk.service("subjects").forget_items()
    path = written(desk, "subjects", tmp_path / "list.csv", language)
    mapping, report = rehearsed(desk, "subjects", path, language)

    for field in ("note", "remark", "aim"):
        assert mapping.column_of(field) is not None, (field, mapping.header)
    assert report.unchanged + report.blocked == report.rows


def test_a_masked_list_that_comes_back_masks_nothing_in_the_vault(
    desk: Desk, tmp_path: Path
) -> None:
    path = written(desk, "staff", tmp_path / "staff.csv", "en", reveal=False)
    assert rehearsed(desk, "staff", path, "en")[1].changed == 0

    path = tmp_path / "list.csv"
    personal = tuple(f.name for f in desk.service("subjects").item_fields())
    how = ExportOptions((*personal, "source_ids"), False, "yearly check", NOON.date())
    RegisterExporter(desk, "subjects").export(path, Query(), how, Progress())
    report = rehearsed(desk, "subjects", path, "en")[1]
    assert "*" in path.read_text("utf-8-sig")
    assert (report.changed, report.new, report.rejected) == (0, 0, 0), report.text()
    assert "Masked values left as they are" in report.text()


def test_the_mask_of_another_value_is_refused_by_its_column(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    how = ExportOptions(("phone",), False, "yearly check", NOON.date())
    RegisterExporter(desk, "subjects").export(path, Query(), how, Progress())
    text = path.read_text("utf-8-sig")
    shown = next(cell for cell in text.replace("\n", ",").split(",") if cell.startswith("010-*"))
    path.write_text(text.replace(shown, "010-****-00", 1), "utf-8-sig")

    report = rehearsed(desk, "subjects", path, "en")[1]
    assert (report.changed, report.rejected) == (0, 1)
    assert "The value is masked" in report.text()


def test_people_exported_and_worked_on_are_corrected_not_doubled(
    desk: Desk, tmp_path: Path
) -> None:
    path = written(desk, "subjects", tmp_path / "list.csv", "ko")
    text = path.read_text("utf-8-sig")
    phone = next(cell for cell in text.replace("\n", ",").split(",") if cell.startswith("010-"))
    path.write_text(text.replace(phone, "010-9999-0000"), "utf-8-sig")

    report = rehearsed(desk, "subjects", path, "ko")[1]
    assert (report.new, report.changed) == (0, text.count(phone))
