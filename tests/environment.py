"""The environment of what tests start: no server and no setting of a developer's own.

What the shell exports is left out, and of the checkout's `.env`, or the file that ENV_FILE names, only DATA_DIR is
read: tests empty the database that they are given.
"""

import os
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
SETTINGS = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
# A program, which a test may need as well.
KEPT = {"FFMPEG"}
NO_SERVERS = {"REDIS_URL": "", "EMAIL_URL": "", "CLAMD_URL": "", "ENV_FILE": os.devnull}


def site_environment(data_dir, **settings):
    """A site with its data, its database too, in that folder, and these settings."""
    folder = Path(data_dir).resolve()
    return {
        **{name: value for name, value in os.environ.items() if name not in SETTINGS - KEPT},
        **NO_SERVERS,
        "DATA_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'support.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "supportcenter.settings",
        **settings,
    }


def settle_in():
    """Give this process the environment of tests: TEST_DATABASE_URL's server, or SQLite in DATA_DIR."""
    # As the Makefile has it, so that tests run without `make` write to the same place.
    folder = os.environ.get("DATA_DIR") or ROOT / (data_dir_of(ROOT / (os.environ.get("ENV_FILE") or ".env")) or "var")
    # A file that no test fills: Django makes `test.sqlite3` beside it.
    database = os.environ.get("TEST_DATABASE_URL") or f"sqlite:///{Path(folder).resolve() / 'unused.sqlite3'}"
    environment = site_environment(folder, DATABASE_URL=database)
    del environment["DJANGO_SETTINGS_MODULE"]
    take_on(environment)


def take_on(environment):
    """Give this process that environment, and of the site's settings no other."""
    for name in SETTINGS - environment.keys():
        os.environ.pop(name, None)
    os.environ.update(environment)


def data_dir_of(env_file):
    found = re.search(r"^DATA_DIR=(.+)$", env_file.read_text(), re.MULTILINE) if env_file.exists() else None
    return found and found[1]
