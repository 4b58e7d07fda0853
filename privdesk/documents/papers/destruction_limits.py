"""What a certificate of destruction cannot promise, as it says itself."""

from __future__ import annotations

from collections.abc import Sequence

from privdesk.core.i18n import N_, Words

STILL_OPEN = N_(
    "Backups and copies of the vault made before are not closed yet: with the epoch secret they "
    "belong to and a passphrase they still open what was destroyed."
)
COPIES_OUT = N_(
    "Whoever has a copy or account listed as not yet confirmed, a passphrase and a backup made "
    "before can still open what was destroyed, until it is destroyed or brought up to date."
)


def sentences(
    say: Words, *, closed: bool, waiting: bool, further: Sequence[str], import_block: bool
) -> tuple[str, ...]:
    """Return the limits: of older copies, of what this office knows, of the machine.

    ``closed`` is whether the epoch secret was changed, ``waiting`` whether a copy of the former
    one is still out.
    """
    said = [] if closed else [say(STILL_OPEN)]
    if closed and waiting:
        said.append(say(COPIES_OUT))
    said += [
        *further,
        say(
            "Storage cells that a drive has set aside (SSD wear levelling) may still hold old "
            "encrypted blocks; the keys that read them have been destroyed."
        ),
        say(
            "What the operating system wrote to swap or hibernation files while the vault was "
            "open lies outside this program."
        ),
        say(
            "A custody copy of the old epoch secret that somebody kept in secret, against the "
            "record, would open backups made before."
        ),
        say("Photographs, hand-made copies and prints outside the record are not covered."),
    ]
    if import_block:
        said.append(
            say(
                "A keyed hash of the destroyed source ids is kept, so that a later import does "
                "not bring these people back; its key is destroyed with the vault."
            )
        )
    return tuple(said)
