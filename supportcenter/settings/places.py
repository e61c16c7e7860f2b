"""Where things are: folders, port and address."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from supportcenter.environment import Environment
from supportcenter.mounting import cookie_prefix, mount_of

BASE_DIR = Path(__file__).resolve().parent.parent.parent
# Read by the database's, the relay's and the proxy's containers alone.
env = Environment(os.environ, BASE_DIR / ".env", of_others=("POSTGRES_PASSWORD", "TURN_EXTERNAL_IP", "TURN_REALM"))

DATA_DIR = env.path("DATA_DIR", BASE_DIR / "var").resolve()
# Static files and catalogues that a release made once (deploy/docker/build.sh), instead of each start in DATA_DIR.
BUILT_DIR = BASE_DIR / "built"
IS_BUILT = BUILT_DIR.is_dir()
PREPARED_DIR = BUILT_DIR if IS_BUILT else DATA_DIR
PORT = env.number("PORT", 8000, most=65535)
SITE_URL = env.url("SITE_URL", f"http://127.0.0.1:{PORT}", schemes=("https", "http")).rstrip("/")
# The path below which everything is, `/support`; empty at the root. Django's own FORCE_SCRIPT_NAME stays out of this:
# it holds for a thread at a time, and jobs and sockets make addresses too.
MOUNT = mount_of(urlsplit(SITE_URL).path, env.text("FORCE_SCRIPT_NAME", ""))
SITE_ORIGIN = SITE_URL.removesuffix(MOUNT)
SITE_URL = SITE_ORIGIN + MOUNT
SITE = urlsplit(SITE_URL)
# Of every cookie of the site.
COOKIE_PREFIX = cookie_prefix(MOUNT, by_tls=SITE.scheme == "https")
