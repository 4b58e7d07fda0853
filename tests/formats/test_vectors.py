"""The test vectors of FORMAT.md, against the program and against the reader of the page.

What a vector pins down never changes once a release wrote it: a test that turns red here says
that vaults out there would no longer be read.
"""

from __future__ import annotations

import json
import re
import struct
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from privdesk.core import spelling
from privdesk.flows import declarations, losing
from privdesk.flows.choosing import digest_of
from privdesk.journal import checkpoint, merkle
from privdesk.journal.log import read_entry, row_digest
from privdesk.registers.destructions import signatures
from privdesk.registers.subjects import lines
from privdesk.vault import attachments, crypto, custody, header, lineage, payloads
from privdesk.vault.crypto import Cost, KeyPair
from privdesk.vault.epoch import EpochSecret
from privdesk.vault.session import file_key
from tests.formats import reader

ROOT = Path(__file__).resolve().parents[2]
VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).parent / "vectors.json").read_text(encoding="utf-8")
)
hexed = bytes.fromhex


def test_the_page_names_every_vector_and_no_other() -> None:
    page = (ROOT / "FORMAT.md").read_text(encoding="utf-8")

    named = re.findall(r"Vectors?: ((?:`\w+`(?:, )?)+)", page)
    assert {name for some in named for name in re.findall(r"\w+", some)} == set(VECTORS)


def test_a_passphrase_is_composed_and_stretched() -> None:
    v = VECTORS["passphrase"]
    cost = Cost(v["memory_kib"], v["rounds"], v["lanes"])

    assert crypto.stretch(v["passphrase"], hexed(v["salt"]), cost).hex() == v["key"]
    told = {"memory": cost.memory, "rounds": cost.rounds, "lanes": cost.lanes}
    assert reader.stretched(v["passphrase"], hexed(v["salt"]), told).hex() == v["key"]


def test_a_line_of_officers() -> None:
    c, v = VECTORS["commitment"], VECTORS["link"]
    head = header.parse(VECTORS["header"]["text"].encode())
    raw = json.loads(VECTORS["header"]["text"])

    key = hexed(c["role_key"])
    assert lineage.commitment(c["vault"], c["name"], key) == c["commitment"]
    assert reader.commitment(c["vault"], c["name"], key) == c["commitment"]
    assert reader.core(raw) == v["core_text"]
    assert lineage.core(head) == sha256(v["core_text"].encode()).hexdigest() == v["core"]
    (link,) = head.links
    assert lineage.message(head.vault, link).decode() == v["message"]
    assert reader.link_message(head.vault, raw["links"][0]).decode() == v["message"]
    assert crypto.signer(hexed(v["signing_private"])).sign(v["message"].encode()) == link.signature
    assert lineage.digest(head.vault, link) == head.people[0].slot.link == v["digest"]
    reader.line_of_officers(raw, raw["people"][0]["slot"])
    with pytest.raises(ValueError, match="no officer signed"):
        reader.line_of_officers(raw | {"people": raw["people"][:1]}, raw["people"][0]["slot"])


def test_a_slot_opens_to_both_private_keys() -> None:
    v = VECTORS["slot"]
    head = header.parse(VECTORS["header"]["text"].encode())
    person = head.people[0]
    raw = json.loads(VECTORS["header"]["text"])["people"][0]

    assert person.slot.box.hex() == v["box"]
    assert header.slot_aad(v["vault"], v["person"]).decode() == v["aad"]
    keys = KeyPair(hexed(v["exchange_private"]), hexed(v["signing_private"]))
    assert header.open_slot(v["vault"], person, hexed(v["key"])) == keys
    assert reader.private_keys(v["vault"], raw, hexed(v["key"])) == (keys.exchange, keys.signing)
    assert keys.exchange_public.hex() == v["exchange_public"]
    assert keys.signing_public.hex() == v["signing_public"]
    assert crypto.signer(keys.signing).sign(v["message"].encode()).hex() == v["signature"]
    assert reader.slot_message(v["vault"], raw["slot"]).decode() == v["message"]
    assert person.slot.signature.hex() == v["signature"]


def test_role_keys_are_sealed_to_a_person_and_former_ones_to_their_successor() -> None:
    v, f = VECTORS["role_key"], VECTORS["former_key"]
    own, text = hexed(v["recipient_private"]), VECTORS["header"]["text"].encode()
    head = header.parse(text)
    keys = KeyPair(own, own)

    info = header.role_info(v["vault"], v["role"], v["generation"], keys.exchange_public)
    assert info == v["info"]
    assert crypto.unseal_with(own, hexed(v["box"]), info) == hexed(v["role_key"])
    assert reader.hpke_open(own, hexed(v["box"]), info.encode()) == hexed(v["role_key"])
    assert header.open_roles(head, head.people[0], keys)["REGISTER:2"] == hexed(v["role_key"])
    raw = reader.header(text)
    assert reader.role_keys(raw, raw["people"][0], own) == {"REGISTER:2": hexed(v["role_key"])}

    former = header.open_former(head, {"REGISTER": hexed(f["above"])})
    assert former == {f["name"]: hexed(f["role_key"])}
    found = reader.former_key(f["vault"], f["name"], hexed(f["above"]), hexed(f["box"]))
    assert found == hexed(f["role_key"])


def test_the_header_is_written_and_signed_to_the_byte() -> None:
    v = VECTORS["header"]
    head = header.parse(v["text"].encode())

    assert head.text().decode() == v["text"]
    assert head.digest() == v["digest"] == sha256(v["text"].encode()).hexdigest()
    assert head.signed_by(hexed(v["admin_private"])).signature.hex() == v["signature"]
    assert reader.header(v["text"].encode())["vault"] == head.vault
    assert reader.signed_part(v["text"].encode()).decode() == v["signed_part"]
    own = Ed25519PrivateKey.from_private_bytes(hexed(v["admin_private"]))
    assert own.sign(v["signed_part"].encode()).hex() == v["signature"]


def test_keys_of_the_files() -> None:
    v = VECTORS["file_keys"]
    roles = {name: hexed(v[name]) for name in ("REGISTER", "PERSONAL")}
    secret = EpochSecret(v["vault"], v["epoch"], hexed(v["secret"]))

    for schema, file in (
        ("main", "register.db"),
        ("keys_office", "keys-office.db"),
        ("keys_people", "keys-people.db"),
        ("search", "search.db"),
    ):
        assert file_key(schema, v["vault"], roles, secret).hex() == v[file]
        role = roles["PERSONAL" if schema in ("keys_people", "search") else "REGISTER"]
        found = reader.file_key(file, v["vault"], role, secret.epoch, secret.secret)
        assert found.hex() == v[file]


def test_an_epoch_file_and_a_handover() -> None:
    v, h = VECTORS["epoch_file"], VECTORS["handover"]
    secret = EpochSecret(v["vault"], v["epoch"], hexed(v["secret"]))

    assert secret.text().decode() == v["text"]
    assert EpochSecret.parse(v["text"].encode()) == secret
    assert reader.epoch_secret(v["text"].encode(), v["vault"]) == (secret.epoch, secret.secret)

    key = crypto.derive(hexed(h["REGISTER"]), h["info"])
    assert key.hex() == h["key"]
    inner = crypto.unseal(key, hexed(h["box"]), h["info"].encode())
    assert inner is not None
    assert crypto.unseal_with(hexed(h["private"]), inner, h["info"]) == hexed(h["secret"])
    private, register, box = (hexed(h[name]) for name in ("private", "REGISTER", "box"))
    found = reader.handed_over(h["vault"], h["epoch"], h["holder"], private, register, box)
    assert found == hexed(h["secret"])


def test_letters_of_a_custody_sheet_and_of_a_recovery_kit() -> None:
    c, k = VECTORS["custody_sheet"], VECTORS["recovery_kit"]
    secret = EpochSecret(c["vault"], c["epoch"], hexed(c["secret"]))

    assert custody.custody_bytes(secret).hex() == c["bytes"]
    assert custody.read_custody(hexed(c["bytes"]), c["vault"]) == secret
    assert custody.kit_bytes(k["vault"], hexed(k["secret"])).hex() == k["bytes"]
    for v in (c, k):
        assert spelling.spell(hexed(v["bytes"])) == v["letters"]
        assert spelling.one_line(hexed(v["bytes"])) == v["qr"]
        for text in ("\n".join(v["letters"]), v["qr"], v["qr"].lower()):
            assert reader.letters(text).hex() == spelling.read(text).hex() == v["bytes"]


def test_sealed_values() -> None:
    v = VECTORS["payload"]
    keys, body = hexed(v["keys"]), hexed(v["payload"])
    wanted = {int(slot): text for slot, text in v["values"].items()}

    assert payloads.open_row(hexed(v["vault"]), v["owner"], keys, body) == wanted
    assert payloads.pack_keys(payloads.unpack_keys(keys)) == keys
    assert payloads.pack_boxes(payloads.unpack_boxes(body)) == body
    assert reader.values(v["vault"], v["owner"], keys, body) == wanted
    version, key = payloads.unpack_keys(keys)[3]
    assert version == 2
    box = AESGCM(key).encrypt(bytes(12), wanted[3].encode(), hexed(v["aad_of_slot_3"]))
    assert body.endswith(struct.pack(">HHI", 3, 2, len(box)) + box)


def test_attachments() -> None:
    v = VECTORS["attachment"]
    key, place = hexed(v["key"]), (v["vault"], v["owner"], v["slot"])
    row = struct.pack(">HH32s", v["slot"], 1, key)
    long = bytes(65_537)

    for plain, sealed in ((v["text"].encode(), v["sealed"]), (b"", v["empty"])):
        assert attachments._sealed(*place, key, plain).hex() == sealed
        assert attachments._opened(*place, key, hexed(sealed), "") == plain
        assert reader.attachment(*place, row, hexed(sealed)) == plain
    two = attachments._sealed(*place, key, long)
    assert sha256(two).hexdigest() == v["two_chunks_sha256"]
    assert reader.attachment(*place, row, two) == long


def test_entries_of_the_journal() -> None:
    v = VECTORS["entry"]

    assert sha256(hexed(v["details_payload"])).hexdigest() == v["rows"][0][13]
    assert row_digest(map(hexed, v["rows_of_the_second"])) == v["rows"][1][11]
    for row, text, leaf in zip(v["rows"], v["canonical"], v["leaves"], strict=True):
        assert read_entry(row).canonical().decode() == text
        assert reader.canonical(row).decode() == text
        assert merkle.leaf_hash(text.encode()).hex() == leaf
        assert reader.leaf_hash(text.encode()).hex() == leaf


def test_roots_of_a_growing_tree() -> None:
    v = VECTORS["tree"]
    leaves = [reader.leaf_hash(hexed(data)) for data in v["leaves"]]
    frontier = merkle.Frontier()

    for size, (root, stored) in enumerate(zip(v["roots"], v["frontiers"], strict=True)):
        if size:
            frontier.add(merkle.leaf_hash(hexed(v["leaves"][size - 1])))
        assert frontier.to_bytes().hex() == stored
        assert frontier.root().hex() == root
        assert reader.tree_hash(leaves[:size]).hex() == root


def test_a_checkpoint() -> None:
    v = VECTORS["checkpoint"]
    signing = hexed(v["signing_private"])
    signature = crypto.signer(signing).sign(
        checkpoint.body(v["vault"], v["size"], hexed(v["root"]))
    )
    found = checkpoint.Checkpoint(v["vault"], v["size"], hexed(v["root"]), v["person"], signature)

    assert found.text() == v["text"]
    assert checkpoint.parse(v["text"]) == found
    head = json.loads(VECTORS["header"]["text"])
    leaves = [reader.leaf_hash(hexed(data)) for data in VECTORS["tree"]["leaves"]]
    reader.checkpoint(head, v["text"], leaves)
    start = " ".join(v["root"][at : at + 4] for at in range(0, 16, 4))
    assert v["foot"] == f"privdesk/{v['vault']} · {v['size']:,} · {start} …"


def test_keyed_hashes_of_source_numbers() -> None:
    v = VECTORS["source_id"]

    assert lines.digest(hexed(v["match_key"]), v["place"], v["number"]).hex() == v["digest"]


def test_other_signatures() -> None:
    v = VECTORS["other_signatures"]
    vault, digest = v["vault"], v["destruction_requested"]["digest"]
    names = ("person", "backup", "made", "then", "check")
    told = {name: v["declared_restore"][name] for name in names}

    assert digest_of([12, 5, 9], 4, 30) == digest
    assert sha256(f"privdesk destruction|4|30|{'5,9,12'}".encode()).hexdigest() == digest
    made = {
        "destruction_requested": signatures.message(vault, 77, "requester", digest),
        "custody_lost": losing.message(vault, 3, v["custody_lost"]["at"]),
        "declared_restore": declarations.message(vault, "8", told),
    }
    for name, message in made.items():
        assert message.decode() == v[name]["message"]
        signature = crypto.signer(hexed(v["signing_private"])).sign(message)
        assert signature.hex() == v[name]["signature"]
