"""Where temporary files of the process lie: in DATA_DIR, whose disk the administrator has chosen and watches."""

import shutil
import tempfile
import time
from pathlib import Path

# Seconds. Another process of the site may be using what is younger.
OLD = 24 * 3600


def use_temporary_folder(folder: Path) -> None:
    """Make `folder` the place of all temporary files of this process, for its owner alone, without what was left."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for left in folder.iterdir():
        if left.lstat().st_mtime > time.time() - OLD:
            continue
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)
    tempfile.tempdir = str(folder)
