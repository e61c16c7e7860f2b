"""What the site writes is for its own account on the machine alone: chat, recordings, mail, the database, the key."""

import logging
import os
import stat
from pathlib import Path

logger = logging.getLogger(__name__)

OWNER_ONLY = 0o700


def keep_private(folder: Path) -> None:
    """Let this process write files for its own account alone, and close `folder` to all others.

    For each process that serves or works, before it writes. A folder of another account is left as it is, and so is
    one that many share, such as /tmp.
    """
    os.umask(0o077)
    folder.mkdir(parents=True, exist_ok=True)
    found = folder.lstat()
    is_ours = stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid() and not found.st_mode & stat.S_ISVTX
    if stat.S_IMODE(found.st_mode) & 0o077 == 0:
        return
    if is_ours:
        folder.chmod(OWNER_ONLY)
    else:
        logger.warning("Other accounts of this machine may read %s, which is not this account's to close.", folder)
