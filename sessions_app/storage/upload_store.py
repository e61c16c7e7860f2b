"""Uploads in progress, on disk. Each piece is written at its offset, so writing one twice does no harm.

The database says how many bytes count; those beyond are left over from a transaction that did not commit. An upload
that begins while FILES_KEY is set is encrypted, which its file's name says; it goes on as it began.
"""

import errno
import fcntl
import io
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings

from supportcenter.files_keys import newest_key
from supportcenter.sealed_files import frames

# A disk without room for more, for this user, or for a file of that size.
NO_SPACE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


# How the file of an encrypted upload ends, and the folder of what is made of an upload begins.
SEALED, WORK = ".sealed", "work-"


def write_at(name: str, offset: int, *pieces: bytes, before: int = 0) -> None:
    """Write `pieces` at `offset` bytes into the upload `name`, where it has as many pieces `before`.

    Raises OSError, for instance when the disk is full, and FilesKeyMissing.
    """
    path = path_of(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    if is_sealed(name) or (newest_key() and not path.exists()):
        _write_sealed(name, offset, pieces, before)
    else:
        _write(path, offset, b"".join(pieces))


def is_sealed(name: str) -> bool:
    return sealed_path(name).exists()


def exists(name: str) -> bool:
    return is_sealed(name) or path_of(name).exists()


def opened(name: str, size: int) -> BinaryIO:
    """What the upload holds, of which so many bytes count. Raises OSError if it is damaged, or FilesKeyMissing."""
    if not is_sealed(name):
        return path_of(name).open("rb")
    kept = sealed_path(name).open("rb")
    try:
        pieces: Any = io.BufferedReader(frames.Pieces(kept, name, size))
    except BaseException:
        kept.close()
        raise
    return pieces


def as_kept(name: str, size: int, pieces: int) -> tuple[str, int]:
    """The name of its file, and how many bytes of that count, if so many bytes and pieces of the upload do."""
    return (f"{name}{SEALED}", frames.kept_size(size, pieces)) if is_sealed(name) else (name, size)


def sealed_path(name: str) -> Path:
    return path_of(f"{name}{SEALED}")


def path_of(name: str) -> Path:
    """The upload's path. Its name is never a user's: "files/7", "recordings/7/0"."""
    return Path(settings.PARTS_DIR) / name


@contextmanager
def held(name: str) -> Iterator[None]:
    """Lock the folder `name` against other threads and processes. The lock ends with the process."""
    folder = path_of(name)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def work_folder(name: str) -> Iterator[Path]:
    """A folder in that of the upload `name`, for its own account alone, which is gone afterwards."""
    with tempfile.TemporaryDirectory(dir=path_of(name), prefix=WORK) as folder:
        yield Path(folder)


def clear_work(name: str) -> None:
    """Delete what a process that was killed has left of its work; the caller holds the upload."""
    for left in path_of(name).glob(f"{WORK}*"):
        shutil.rmtree(left, ignore_errors=True)


def clear_all_work() -> None:
    """As `clear_work`, wherever no other process is at work: what is left there may be plain."""
    for left in path_of("").glob(f"*/*/{WORK}*"):
        with left.parent.joinpath("lock").open("ab") as file, suppress(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(left, ignore_errors=True)


def discard(name: str) -> None:
    """Delete an upload, or a folder of them, if it exists."""
    path = path_of(name)
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _write_sealed(name: str, offset: int, pieces: tuple[bytes, ...], before: int) -> None:
    path = sealed_path(name)
    if not path.exists():
        _begin(path)
    with path.open("r+b") as file:
        head = file.read(frames.HEAD)
        file.seek(frames.kept_size(offset, before))
        for piece in pieces:
            file.write(frames.frame_of(head, name, offset, piece))
            offset += len(piece)
        file.truncate()


def _begin(path: Path) -> None:
    """With its head at once: a disk that is full must leave none that is half written."""
    key = newest_key()
    assert key is not None, "an upload is encrypted only while there is a key"
    draft = path.with_name(f"{path.name}.new")
    draft.write_bytes(frames.new_head(key))
    draft.replace(path)


def _write(path: Path, offset: int, data: bytes) -> None:
    with path.open("r+b" if path.exists() else "w+b") as file:
        file.seek(offset)
        file.write(data)
        file.truncate()
