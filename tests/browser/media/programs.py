"""Programs besides Chromium that media are tried with. Where one is missing a test is skipped, but never in CI."""

import os
import shutil

import pytest


def need(*names, package):
    """The path of the first of these programs that is installed."""
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        how = pytest.fail if os.environ.get("CI") else pytest.skip
        how(f"{names[0]} is missing: apt-get install {package}")
    return found
