"""What stands on a custody copy and on a recovery kit, as bytes to be spelled and read back."""

from __future__ import annotations

from privdesk.core.i18n import N_
from privdesk.vault.epoch import EpochSecret
from privdesk.vault.errors import CustodyError, KitError, KitIsCustodyError

CUSTODY, KIT = b"C", b"K"


def custody_bytes(secret: EpochSecret) -> bytes:
    """Return kind, vault id, epoch (6, big-endian) and secret: 55 bytes, which spell evenly."""
    return CUSTODY + bytes.fromhex(secret.vault) + secret.epoch.to_bytes(6, "big") + secret.secret


def read_custody(data: bytes, vault: str) -> EpochSecret:
    """Return the epoch secret of a custody copy after checking that it is this vault's."""
    if data[:1] == KIT and len(data) == 49:
        raise CustodyError(cause=N_("it is a recovery kit"))
    if len(data) != 55 or data[:1] != CUSTODY:
        raise CustodyError(cause=N_("it is not a custody copy"))
    if data[1:17].hex() != vault:
        raise CustodyError(cause=N_("it belongs to another vault"))
    return EpochSecret(vault, int.from_bytes(data[17:23], "big"), data[23:])


def kit_bytes(vault: str, secret: bytes) -> bytes:
    """Return kind, vault id and the kit's secret: 49 bytes."""
    return KIT + bytes.fromhex(vault) + secret


def read_kit(data: bytes, vault: str) -> bytes:
    """Return the secret of a recovery kit after checking that it is this vault's."""
    if data[:1] == CUSTODY and len(data) == 55:
        raise KitIsCustodyError
    if len(data) != 49 or data[:1] != KIT or data[1:17].hex() != vault:
        raise KitError
    return data[17:]
