"""Why a vault cannot be opened or changed."""

from __future__ import annotations

from privdesk.core.errors import DomainError


class NoVaultError(DomainError):
    """There is no vault at {path}. Nothing was changed; check the path or create one with
    “privdesk new”.
    """


class VaultExistsError(DomainError):
    """There is already something at {path}. It was left as it is; choose another name."""


class UnknownPersonError(DomainError):
    """{name} has no place in this vault. Nothing was changed; check the spelling of the name."""


class WrongPassphraseError(DomainError):
    """The passphrase does not open the slot of {name}. The vault is unharmed; try again."""


class BackOffError(DomainError):
    """Too many wrong passphrases for {name}. The vault is unharmed; try again in {seconds}
    seconds.
    """


class WeakPassphraseError(DomainError):
    """This passphrase is too weak: {cause} Nothing was changed; choose a longer one."""


class HeaderDamagedError(DomainError):
    """The head of the vault (vault.json) is damaged or was changed by someone without the right:
    {cause}. Nothing was changed; restore a backup.
    """


class HeaderOfOtherEpochError(HeaderDamagedError):
    """The head of the vault (vault.json) is of epoch {found}, its databases are of epoch {known}:
    one of them is of another time. Nothing was changed; restore the newest backup.
    """


class NewerVaultError(DomainError):
    """This vault was made by a newer privdesk (format {found}; this program knows {known}). It was
    left exactly as it is; install the newer version.
    """


class OlderVaultError(DomainError):
    """This vault has an older format and must be brought up to date by a privacy officer first. It
    was left exactly as it is.
    """


class DamagedFileError(DomainError):
    """{file} is damaged or does not belong to this vault. Nothing was changed; restore the newest
    backup.
    """


class MissingFileError(DomainError):
    """{file} is missing from the vault. Nothing was changed; restore the newest backup."""


class FilesDisagreeError(DomainError):
    """{file} is older or newer than the rest of the vault. Nothing was changed; restore the newest
    backup.
    """


class NoEpochSecretError(DomainError):
    """This account does not hold the vault's epoch secret. The vault is unharmed; bring in the
    custody copy (privdesk custody receive).
    """


class DeclaredElsewhereError(DomainError):
    """This vault was restored from a backup on another account, and waits for its approval. It is
    unharmed; bring in the custody copy that it was restored with (privdesk custody receive), or
    approve it on that account.
    """


class StaleEpochError(DomainError):
    """This account's epoch secret (epoch {held}) is older than the vault (epoch {vault}). The
    vault is unharmed; bring in the present custody copy.
    """


class StaleVaultError(DomainError):
    """This is an old copy of the vault “{name}” (epoch {vault}; this account is at epoch {held}).
    It cannot be opened any more; open the present vault or restore a backup.
    """


class OlderCopyError(DomainError):
    """“{name}” is an older copy of the vault: values were destroyed since, the last of them on
    {day}, and would be back with it. It was left as it is; open the vault in use.
    """


class VaultInUseError(DomainError):
    """The vault is open already: {holder}. Nothing was changed; close it there first."""


class ReadOnlyVaultError(DomainError):
    """The vault “{name}” lies on a medium or in a folder that cannot be written, and every opening
    is written down in it. Nothing was changed or shown; copy the folder to a local drive and open
    it there, or prove it where it is with “privdesk verify”.
    """


class ForeignVaultError(DomainError):
    """{path} belongs to the account {owner}, which lets yours not read and write it. Nothing was
    changed; have {owner} or whoever looks after this computer hand the vault’s folder over to your
    account or to the office’s group.
    """


class UnfinishedCopyError(DomainError):
    """The vault “{name}” was in use when it was copied, or was cut off by a crash, and here it
    cannot be put right. Nothing was changed or shown; copy the folder to a local drive and open it
    there.
    """


class RollPendingError(DomainError):
    """A change of the epoch secret is unfinished and only a privacy officer can finish it. The
    vault is unharmed; ask an officer to open it.
    """


class RollElsewhereError(DomainError):
    """A change of the epoch secret is unfinished, and only the account that began it can finish it.
    The vault is unharmed; open it there first.
    """


class WeakKeyDerivationError(DomainError):
    """The vault asks for a weaker key derivation than is allowed. It was not opened; restore a
    backup.
    """


class PayloadError(DomainError):
    """A sealed value of {ref} does not open. It may have been moved or damaged; nothing was shown.
    Restore the newest backup.
    """


class CustodyError(DomainError):
    """The custody copy does not fit: {cause}. Nothing was changed; use the copy with the highest
    number.
    """


class KitError(DomainError):
    """The recovery kit does not open this vault. Nothing was changed; check that it belongs
    to it.
    """


class KitIsCustodyError(DomainError):
    """This is a custody copy, not the recovery kit. Nothing was changed; the kit is the sheet whose
    number begins with K.
    """


class BackupDamagedError(DomainError):
    """The backup {file} is damaged: {cause}. The vault is unharmed; make another backup."""
