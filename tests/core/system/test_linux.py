"""The Linux side, against the running kernel."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("the Linux side", allow_module_level=True)

from privdesk.core.system import account_folder, file_system_kind, own_command, workstation
from privdesk.core.system.account import account
from privdesk.core.system.linux import kind_in

MOUNTS = r"""22 27 0:21 / / rw,relatime - ext4 /dev/vda1 rw
23 22 0:22 / /mnt rw,relatime shared:1 - xfs /dev/vdb1 rw
24 23 0:23 / /mnt/office\040files rw,relatime - nfs4 server:/x rw
25 23 0:24 / /mnt/office\040files/deep rw - fuse.sshfs user@host:/ rw
26 22 0:25 / /media/usb rw - vfat /dev/sdc1 rw
27 22 0:26 / /media/usb rw - exfat /dev/sdd1 rw
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/a/vault", "ext4"),
        ("/mnt/x", "xfs"),
        ("/mnt/office", "xfs"),
        ("/mnt/office files", "nfs4"),
        ("/mnt/office files/a/b", "nfs4"),
        ("/mnt/office files/deep/a", "fuse.sshfs"),
        ("/media/usb/vault", "exfat"),  # mounted over the other
    ],
)
def test_the_deepest_and_last_mount_names_the_file_system(path: str, kind: str) -> None:
    assert kind_in(MOUNTS, Path(path)) == kind


def test_the_kernel_names_its_file_systems() -> None:
    assert file_system_kind(Path("/proc/self")) == "proc"


def test_a_process_that_dumps_nothing_still_finds_its_file_systems() -> None:
    told = run(
        "import ctypes, resource\n"
        "from pathlib import Path\n"
        "from privdesk.core.system import file_system_kind, no_core_dumps\n"
        "no_core_dumps()\n"
        "print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3),"
        " file_system_kind(Path('/proc')))"
    )
    assert told == "(0, 0) 0 proc"


def test_a_fresh_process_takes_the_place_of_the_old_one() -> None:
    told = run(
        "import os, sys\n"
        "from privdesk.core.system import replace_process\n"
        "print(os.getpid())\n"
        "replace_process([sys.executable, '-c', 'import os; print(os.getpid())'])"
    )
    before, after = told.split("\n")
    assert before == after


def test_the_own_command_starts_the_same_program() -> None:
    assert own_command()[0] == sys.executable
    assert own_command()[1:] == sys.orig_argv[1:]


def test_account_and_workstation_have_names() -> None:
    assert account()
    assert workstation()


def test_the_accounts_folder_is_where_the_variable_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRIVDESK_EPOCH_DIR", str(tmp_path / "a" / "b"))

    assert account_folder() == tmp_path / "a" / "b"
    assert account_folder().stat().st_mode & 0o777 == 0o700


def test_the_rights_of_a_chosen_folder_stay_as_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.chmod(0o755)
    monkeypatch.setenv("PRIVDESK_EPOCH_DIR", str(tmp_path))

    assert account_folder().stat().st_mode & 0o777 == 0o755


def test_the_accounts_own_folder_is_closed_to_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PRIVDESK_EPOCH_DIR", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    (tmp_path / "privdesk").mkdir(mode=0o755)

    assert account_folder() == tmp_path / "privdesk"
    assert account_folder().stat().st_mode & 0o777 == 0o700


def run(code: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    ).stdout.strip()
