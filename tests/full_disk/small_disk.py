"""A disk of a few mebibytes, and what fills it: a file system in memory, which only root may mount."""

import os
import subprocess
from contextlib import contextmanager
from pathlib import Path

import pytest

MIB = 1024 * 1024
# Bytes that ballast grows by, down to the last one.
STEPS = (MIB, 4096, 1)


class SmallDisk:
    def __init__(self, folder):
        self.folder = Path(folder)
        self._ballast = self.folder / "ballast"

    @property
    def free(self):
        figures = os.statvfs(self.folder)
        return figures.f_bavail * figures.f_frsize

    def fill(self, leave=0):
        """Fill it until `leave` bytes are free."""
        with self._ballast.open("ab", buffering=0) as file:
            for step in STEPS:
                while self.free > leave and self.free - leave >= step and _grows(file, step):
                    pass

    def make_room(self):
        self._ballast.unlink()


@contextmanager
def small_disk(folder, mebibytes):
    """Mount one at `folder`; where nothing can be mounted the test is skipped or, in CI, fails."""
    mount = ["mount", "-t", "tmpfs", "-o", f"size={mebibytes}m,mode=700", "tmpfs", str(folder)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        if os.environ.get("CI"):
            pytest.fail("No disk can be mounted here, and CI must not go without")
        pytest.skip(f"No disk can be mounted here, which takes root ({type(error).__name__})")
    try:
        yield SmallDisk(folder)
    finally:
        # Lazily: a process that is being killed may still have a file open.
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def _grows(file, step):
    try:
        return file.write(bytes(step)) == step
    except OSError:
        return False
