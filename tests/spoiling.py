"""Files as a bad drive or a bad person leaves them."""

from __future__ import annotations

import random


def spoiled(content: bytes, chance: random.Random) -> bytes:
    """Return the bytes with some changed, cut out or repeated."""
    data = bytearray(content)
    for _ in range(chance.randrange(1, 8)):
        at = chance.randrange(len(data))
        kind = chance.randrange(4)
        if kind == 0:
            data[at] = chance.randrange(256)
        elif kind == 1:
            del data[at : at + chance.randrange(1, 60)]
        elif kind == 2:
            data[at:at] = data[at : at + chance.randrange(1, 60)]
        else:
            data[at:at] = chance.choice(
                (b'"', b"\0", b"\xff", b"\r", b"<", b"&", b"{", b"\xed\x95")
            )
        if not data:
            break
    return bytes(data)
