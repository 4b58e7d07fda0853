import os
import subprocess
import sys
from pathlib import Path

import pytest

from privdesk.core.system import FileLock, HeldError, SymlinkError

HOLD = (
    "import sys\n"
    "from pathlib import Path\n"
    "from privdesk.core.system import FileLock\n"
    "lock = FileLock(Path(sys.argv[1]), 'Kim on desk-3')\n"
    "print('held', flush=True)\n"
    "sys.stdin.read()\n"
)


def hold_elsewhere(path: Path) -> subprocess.Popen[str]:
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"
    return other


def test_the_second_opener_is_told_who_holds_it(tmp_path: Path) -> None:
    with hold_elsewhere(tmp_path / "lock") as other:
        with pytest.raises(HeldError, match="Kim on desk-3"):
            FileLock(tmp_path / "lock", "Lee on desk-4")
        other.kill()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not delete an open file")
@pytest.mark.parametrize("put_back", [False, True])
def test_a_deleted_lock_file_lets_nobody_else_in(tmp_path: Path, put_back: bool) -> None:
    path = tmp_path / "lock"
    with hold_elsewhere(path) as other:
        path.unlink()
        if put_back:
            path.write_text("Somebody invented")
        with pytest.raises(HeldError, match="Somebody invented" if put_back else "another program"):
            FileLock(path, "Lee on desk-4")
        assert path.exists() is put_back
        other.kill()

    with FileLock(path, "Lee on desk-4"):
        assert path.read_text() == "Lee on desk-4"


def test_two_openers_at_once_after_a_deletion_are_still_one(tmp_path: Path) -> None:
    """The folder is given back with the lock, also after the file was deleted meanwhile."""
    lock = FileLock(tmp_path / "lock", "Kim")
    (tmp_path / "lock").unlink()
    lock.release()

    with FileLock(tmp_path / "lock", "Lee"), pytest.raises(HeldError, match="Lee"):
        FileLock(tmp_path / "lock", "Park")


def test_a_killed_holder_gives_the_lock_back(tmp_path: Path) -> None:
    with hold_elsewhere(tmp_path / "lock") as other:
        other.kill()
        other.wait()

    with FileLock(tmp_path / "lock", "Lee on desk-4"):
        assert (tmp_path / "lock").read_text() == "Lee on desk-4"


def test_a_released_lock_can_be_taken_again_and_names_nobody(tmp_path: Path) -> None:
    lock = FileLock(tmp_path / "lock", "Kim")
    with pytest.raises(HeldError):
        FileLock(tmp_path / "lock", "Lee")
    lock.release()
    lock.release()

    assert (tmp_path / "lock").read_text() == ""
    FileLock(tmp_path / "lock", "Lee").release()


def test_a_holders_words_cannot_break_the_sentence(tmp_path: Path) -> None:
    with FileLock(tmp_path / "lock", "Kim\x1b[2J\n" + "가" * 1000):
        with pytest.raises(HeldError) as caught:
            FileLock(tmp_path / "lock", "Lee")
        assert "\x1b" not in str(caught.value)
        assert len(str(caught.value)) < 600


def test_the_lock_file_is_no_link(tmp_path: Path) -> None:
    (tmp_path / "lock").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(SymlinkError):
        FileLock(tmp_path / "lock", "Kim")
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize(("folder", "file"), [(0o2770, 0o660), (0o700, 0o600)])
def test_an_office_group_shares_the_lock(tmp_path: Path, folder: int, file: int) -> None:
    tmp_path.chmod(folder)
    with FileLock(tmp_path / "lock", "Kim"):
        assert (tmp_path / "lock").stat().st_mode & 0o777 == file
