"""Somebody else's reader opens vaults that the program made, with what FORMAT.md says alone."""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from privdesk.core import system
from tests.copies import MANAGER, copy_of
from tests.desks import ALICE
from tests.flows import folk
from tests.formats import office, reader
from tests.formats.opened import Read, open_read

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """Return the folder of the closed office; papers and custody lie in ``out`` beside it."""
    return copy_of(office.make, tmp_path)


@pytest.fixture
def read(vault: Path) -> Iterator[Read]:
    """Return what the reader opened with a passphrase and the account's epoch secret."""
    held = system.account_folder() / "epochs"
    (current,) = held.glob("*/current")
    found = open_read(vault, ALICE, office.PASSPHRASES[ALICE], current.read_bytes())
    yield found
    found.close()


def test_the_reader_knows_nothing_of_the_program() -> None:
    tree = ast.parse(Path(reader.__file__).read_text(encoding="utf-8"))

    names = {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    names |= {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    roots = {name.partition(".")[0] for name in names}
    assert roots - sys.stdlib_module_names == {"cryptography", "sqlcipher3"}


def test_a_persons_values_are_read(read: Read) -> None:
    found = {one["name"]: one for one in read.people().values()}

    assert set(found) == {p.name for p in folk.LIVING}
    known = found[office.KNOWN.name]
    assert known["phone"] == office.KNOWN.phone
    place, _tab, number = known["sources"].partition("\t")
    assert (place[:2], number) == ("L-", office.KNOWN.source_id)


def test_an_attachment_is_read(read: Read) -> None:
    sql = "SELECT name, owner, slot, keys, bytes FROM attachments WHERE bytes = ?"
    register = read.files["register.db"]
    name, owner, slot, keys, size = register.execute(sql, (len(office.SCAN),)).fetchone()

    assert keys == "keys_people"
    sealed = (read.folder / "attachments" / name).read_bytes()
    assert len(sealed) == 4 + size + 2 * 16
    assert reader.attachment(read.vault, owner, slot, read.rows(owner)[0], sealed) == office.SCAN


def test_a_draft_is_read(read: Read) -> None:
    sql = "SELECT value FROM meta WHERE name = 'drafts:1'"
    (number,) = read.files["register.db"].execute(sql).fetchone()

    assert json.loads(read.values(int(number))[1]) == office.DRAFT


def test_the_journal_and_a_printed_checkpoint_are_proved(read: Read, vault: Path) -> None:
    register = read.files["register.db"]
    entries = list(reader.journal(register))
    leaves = [leaf for _row, leaf in entries]
    printed = (vault.parent / "out" / "checkpoint.txt").read_text(encoding="utf-8")

    reader.checkpoint(read.head, printed, leaves)
    heads = register.execute("SELECT size, root, person, signature FROM journal_heads").fetchall()
    for size, root, person, signature in heads:
        assert reader.tree_hash(leaves[:size]) == root
        (key,) = (reader.b64(p["signing"]) for p in read.head["people"] if p["id"] == person)
        reader.signed(key, signature, reader.head_body(read.vault, size, root))
    assert max(size for size, *_rest in heads) == len(leaves)
    (frontier,) = register.execute("SELECT body FROM journal_frontier").fetchone()
    assert int.from_bytes(frontier[:8], "big") == len(leaves)


def test_the_reason_of_an_entry_is_read_and_its_digest_holds(read: Read) -> None:
    row, _leaf = list(reader.journal(read.files["register.db"]))[-1]
    details, digest = row[12], row[13]

    told = read.values(details, "keys-office.db")
    assert row[4] == "record.looked"
    assert json.loads(told[1]) == {"reason": office.REASON}
    assert sha256(read.rows(details, "keys-office.db")[1]).hexdigest() == digest


def test_an_entry_that_was_altered_is_found(read: Read, vault: Path) -> None:
    entries = list(reader.journal(read.files["register.db"]))
    leaves = [leaf for _row, leaf in entries]
    printed = (vault.parent / "out" / "checkpoint.txt").read_text(encoding="utf-8")
    other = [*entries[3][0]]
    other[2] = 99
    leaves[3] = reader.leaf_hash(reader.canonical(other))

    with pytest.raises(ValueError, match="does not contain it"):
        reader.checkpoint(read.head, printed, leaves)


def test_pages_are_read_without_sqlcipher(read: Read) -> None:
    path, key = read.folder / "register.db", read.keys["register.db"]

    first = reader.page(path, key, 1)
    assert first.startswith(b"SQLite format 3\0")
    assert first[16:18] == (4096).to_bytes(2, "big")
    assert first[20] == 80
    assert first[60:64] == (1).to_bytes(4, "big")
    assert first[68:72] == b"prdv"
    assert len(reader.page(path, key, 2)) == 4016
    with pytest.raises(ValueError, match="page 2"):
        reader.page(path, read.keys["keys-office.db"], 2)


def test_files_say_what_the_register_says_of_them(read: Read) -> None:
    register = read.files["register.db"]
    told = {
        name: (epoch, counter)
        for name, epoch, counter in register.execute(
            "SELECT name, epoch, counter FROM file_counters"
        )
    }

    for file in ("keys-office.db", "keys-people.db"):
        meta = dict(read.files[file].execute("SELECT name, value FROM meta"))
        assert meta["vault"] == read.vault
        assert (int(meta["epoch"]), int(meta["counter"])) == told[file[:-3].replace("-", "_")]
    links = {
        f"{link['number']}:{sha256(reader.link_message(read.vault, link)).hexdigest()}"
        for link in read.head["links"]
    }
    assert meta["line"].decode() in links
    meta = dict(register.execute("SELECT name, value FROM meta"))
    assert meta["header"] == sha256((read.folder / "vault.json").read_bytes()).hexdigest()
    assert (meta["roll"], int(meta["epoch"])) == ("done", read.epoch[0])
    assert read.head["epoch"] == read.epoch[0]


def test_the_epoch_secret_is_handed_over(read: Read) -> None:
    sql = "SELECT holder, epoch, box FROM handovers"
    ((holder, epoch, box),) = read.files["register.db"].execute(sql).fetchall()

    old = reader.former_key(
        read.vault,
        "REGISTER:1",
        read.roles["REGISTER:2"],
        reader.b64(read.head["former"]["REGISTER:1"]),
    )
    assert old != read.roles["REGISTER:2"]
    told = (read.vault, epoch, holder, office.OTHER)
    assert (epoch, reader.handed_over(*told, read.roles["REGISTER:2"], box)) == read.epoch
    with pytest.raises(ValueError, match="do not belong together"):
        reader.handed_over(*told, old, box)


def test_a_manager_reads_the_office_and_nobody_else(vault: Path) -> None:
    secret = (vault.parent / "out" / "custody-2.key").read_bytes()

    read = open_read(vault, MANAGER, office.PASSPHRASES[MANAGER], secret)
    assert set(read.files) == {"register.db", "keys-office.db"}
    assert list(read.roles) == ["REGISTER:2"]
    read.close()


def test_the_columns_of_the_journal_are_those_of_the_page(read: Read) -> None:
    page = (ROOT / "FORMAT.md").read_text(encoding="utf-8")
    tables = re.findall(r"^`([a-z_]+)`: ((?:`[a-z_]+`,?\s*)+)\.", page, flags=re.MULTILINE)

    told = {table: re.findall(r"\w+", columns) for table, columns in tables}
    assert {"journal", "journal_heads", "journal_frontier", "payloads", "meta"} <= set(told)
    for table, columns in told.items():
        found = read.files["register.db"].execute(f"SELECT name FROM pragma_table_info('{table}')")
        assert columns == [name for (name,) in found]
