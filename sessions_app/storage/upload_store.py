"""Uploads in progress, on disk. Each part is written at its offset, so writing one twice does no harm.

The database says how many bytes count; those beyond are left over from a transaction that did not commit.
"""

import errno
import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

# A disk without room for more, for this user, or for a file of that size.
NO_SPACE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def write_at(name: str, offset: int, data: bytes) -> None:
    """Write `data` at `offset` bytes into the upload `name`. Raises OSError, for instance when the disk is full."""
    path = path_of(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("r+b" if path.exists() else "w+b") as file:
        file.seek(offset)
        file.write(data)
        file.truncate()


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


def discard(name: str) -> None:
    """Delete an upload, or a folder of them, if it exists."""
    path = path_of(name)
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
