"""Collection points and wordings by the generic commands alone."""

from __future__ import annotations

from tests.cli.office import Office


def test_a_wording_is_written_put_in_force_and_printed(office: Office) -> None:
    run, vault = office.run, office.vault

    def made(register: str, *values: str) -> str:
        return run("set", vault, register, *values).out.strip()

    purpose = made("purposes", "name=News", "basis=consent", "required_items=email",
                   "retention=1 year", "refusal=You may refuse.")  # fmt: skip
    point = made("collection-points", "name=Form", "channel=web", "rights=web")
    refused = run("set", vault, "point-items", f"point={point}", f"purpose={purpose}",
                  "required_items=phone").refused  # fmt: skip
    assert "does not name “Telephone”" in refused
    made("point-items", "point=Form", "purpose=News", "required_items=email")
    wording = made("wordings", "point=Form", "purpose=News")

    assert "no text yet" in run("act", vault, "wordings", wording, "use").refused
    run("act", vault, "wordings", wording, "fill")
    used = run("act", vault, "wordings", wording, "use", "on=2026-01-05", "--json").json
    assert used["message"] == "In force from 2026-01-05"
    refused = run("set", vault, "wordings", wording, "purpose_en=Else").refused
    assert "make a new version" in refused

    for code, ref in (("d3", point), ("wording", wording)):
        out = vault.parent / f"{code}.pdf"
        run("print", vault, code, ref, "--lang", "en", "--out", out)
        assert out.read_bytes().startswith(b"%PDF")
    new = run("act", vault, "wordings", wording, "new-version", "--json").json["ref"]
    (row,) = run("list", vault, "wordings", "--where", f"ref={new}", "--json").json
    assert (row["version"], row["state"], row["box"]) == (2, "draft", "use")
