"""Where things are: folders, port and address."""

from pathlib import Path
from urllib.parse import urlsplit

from environs import Env

from supportcenter.mounting import mount_of

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = Env()
env.read_env(env.path("ENV_FILE", BASE_DIR / ".env"), recurse=False)

DATA_DIR = env.path("DATA_DIR", BASE_DIR / "var").resolve()
PORT = env.int("PORT", 8000)
SITE_URL = env.str("SITE_URL", f"http://127.0.0.1:{PORT}").rstrip("/")
# The path below which everything is, `/support`; empty at the root. Django's own FORCE_SCRIPT_NAME stays out of this:
# it holds for a thread at a time, and jobs and sockets make addresses too.
MOUNT = mount_of(urlsplit(SITE_URL).path, env.str("FORCE_SCRIPT_NAME", ""))
SITE_ORIGIN = SITE_URL.removesuffix(MOUNT)
SITE_URL = SITE_ORIGIN + MOUNT
SITE = urlsplit(SITE_URL)
