"""`python -m tests.chromium`: have a Chromium for the browser tests, from the system or else from Playwright."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser")


def main():
    if os.environ.get("CHROMIUM") or any(map(shutil.which, NAMES)):
        return 0
    if os.geteuid() == 0 and shutil.which("apt-get"):
        for command in (["update", "-qq"], ["install", "-qq", "--no-install-recommends", "chromium"]):
            subprocess.run(["apt-get", "-y", *command], env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
        if any(map(shutil.which, NAMES)):
            return 0
    return subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"]).returncode


if __name__ == "__main__":
    sys.exit(main())
