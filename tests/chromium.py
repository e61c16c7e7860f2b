"""`python -m tests.chromium`: have a Chromium for the browser tests, and a driver that starts.

From the system, or else from Playwright. The driver is a Node of its own, which needs a library (libatomic) that a bare
Debian is without.
"""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser")
DRIVER = [sys.executable, "-m", "playwright", "--version"]


def main():
    if not driver_starts():
        install("libatomic1")
    if not driver_starts():
        sys.stderr.write("\n*** The browser driver does not start: is libatomic.so.1 installed? ***\n\n")
        return 1
    if os.environ.get("CHROMIUM") or is_there():
        return 0
    install("chromium")
    return 0 if is_there() else subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"]).returncode


def driver_starts():
    return subprocess.run(DRIVER, capture_output=True).returncode == 0


def is_there():
    return any(map(shutil.which, NAMES))


def install(package):
    """Nothing happens unless this is a Debian and we are root."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        for command in (["update", "-qq"], ["install", "-qq", "--no-install-recommends", package]):
            subprocess.run(["apt-get", "-y", *command], env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})


if __name__ == "__main__":
    sys.exit(main())
