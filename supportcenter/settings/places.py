"""Where things are: folders, port and address."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from supportcenter.environment import Environment

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = Environment(os.environ, BASE_DIR / ".env")
# Read by the database's, the relay's and the proxy's containers alone.
env.known |= {"POSTGRES_PASSWORD", "TURN_EXTERNAL_IP", "TURN_REALM"}

DATA_DIR = env.path("DATA_DIR", BASE_DIR / "var").resolve()
# Static files and catalogues that a release made once (deploy/docker/build.sh), instead of each start in DATA_DIR.
BUILT_DIR = BASE_DIR / "built"
IS_BUILT = BUILT_DIR.is_dir()
PREPARED_DIR = BUILT_DIR if IS_BUILT else DATA_DIR
PORT = env.number("PORT", 8000, most=65535)
SITE_URL = env.url("SITE_URL", f"http://127.0.0.1:{PORT}", schemes=("https", "http")).rstrip("/")
SITE = urlsplit(SITE_URL)
