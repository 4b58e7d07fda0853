"""Where a register stands in the rail."""

from __future__ import annotations

from dataclasses import replace

from privdesk.registers import REGISTERS
from privdesk.window.rooms import GROUPS, PEOPLE_ONLY, rooms


def test_a_register_that_nobody_placed_ends_its_own_group() -> None:
    newcomer = replace(REGISTERS[0], name="cabinets", group="safety")

    found = {key: names for key, _label, _icon, names in rooms([*REGISTERS, newcomer])}
    assert found["safety"][-1] == "cabinets"
    assert sum(names.count("cabinets") for names in found.values()) == 1


def test_every_register_stands_in_the_group_it_declares() -> None:
    placed = {name: key for key, _label, _icon, names in GROUPS for name in names}

    assert {r.name: r.group for r in REGISTERS} == {r.name: placed[r.name] for r in REGISTERS}
    assert set(PEOPLE_ONLY) <= set(placed)
