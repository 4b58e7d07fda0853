"""The operating system: locks, rights, safe files, process; a Linux and a Windows side.

The Linux side is tested. The Windows side is written to the documentation and **not
tested on Windows**.
"""

from privdesk.core.system.account import (
    EPOCH_DIR,
    account,
    account_folder,
    own_command,
    own_program,
    workstation,
)
from privdesk.core.system.errors import (
    DiskFullError,
    HeldError,
    InsideVaultError,
    NetworkFolderError,
    OddFolderError,
    PathMissingError,
    PathTakenError,
    ReadOnlyError,
    StorageError,
    SymlinkError,
    WeakFileSystemError,
    explain,
    explained,
)
from privdesk.core.system.files import (
    atomic_write,
    file_mode,
    folder_mode,
    fsync_file,
    make_folder,
    overwrite_and_remove,
    read_bytes,
    refuse_inside_vault,
    refuse_unsafe,
    replace_secret,
    spoken,
)
from privdesk.core.system.lock import FileLock
from privdesk.core.system.side import (
    file_system_kind,
    fsync_folder,
    no_core_dumps,
    open_without_following,
    replace_process,
    set_mode,
)

__all__ = [
    "EPOCH_DIR",
    "DiskFullError",
    "FileLock",
    "HeldError",
    "InsideVaultError",
    "NetworkFolderError",
    "OddFolderError",
    "PathMissingError",
    "PathTakenError",
    "ReadOnlyError",
    "StorageError",
    "SymlinkError",
    "WeakFileSystemError",
    "account",
    "account_folder",
    "atomic_write",
    "explain",
    "explained",
    "file_mode",
    "file_system_kind",
    "folder_mode",
    "fsync_file",
    "fsync_folder",
    "make_folder",
    "no_core_dumps",
    "open_without_following",
    "overwrite_and_remove",
    "own_command",
    "own_program",
    "read_bytes",
    "refuse_inside_vault",
    "refuse_unsafe",
    "replace_process",
    "replace_secret",
    "set_mode",
    "spoken",
    "workstation",
]
