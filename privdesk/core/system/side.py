"""Chooses the side of the operating system that this process runs on."""

import sys

if sys.platform == "win32":
    from privdesk.core.system.windows import (
        clear_folder,
        disk_of,
        file_system_kind,
        fsync_folder,
        no_core_dumps,
        open_folder,
        open_without_following,
        replace_process,
        set_mode,
        try_lock,
        unlock,
    )
else:
    from privdesk.core.system.linux import (
        clear_folder,
        disk_of,
        file_system_kind,
        fsync_folder,
        no_core_dumps,
        open_folder,
        open_without_following,
        replace_process,
        set_mode,
        try_lock,
        unlock,
    )

__all__ = [
    "clear_folder",
    "disk_of",
    "file_system_kind",
    "fsync_folder",
    "no_core_dumps",
    "open_folder",
    "open_without_following",
    "replace_process",
    "set_mode",
    "try_lock",
    "unlock",
]
