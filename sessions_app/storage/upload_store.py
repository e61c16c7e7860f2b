"""What has been uploaded so far, on disk: each piece is written where it belongs, so writing one twice does no harm.

The database says how much counts; what lies beyond is left over from a transaction that did not commit.
"""

import fcntl
import shutil
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings


def write_at(name, offset, data):
    """Write `data` at `offset` bytes into the upload `name`. Raises OSError, for instance when the disk is full."""
    path = path_of(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("r+b" if path.exists() else "w+b") as file:
        file.seek(offset)
        file.write(data)
        file.truncate()


def path_of(name):
    """Where an upload lies; `name` is ours: "files/7", "recordings/7/0"."""
    return Path(settings.PARTS_DIR) / name


@contextmanager
def held(name):
    """Whoever else wants the folder `name` waits meanwhile, in whichever process; a dead one holds nothing."""
    folder = path_of(name)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def discard(name):
    """Take an upload, or all below a folder of them, off the disk; one that is not there is no matter."""
    path = path_of(name)
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
