"""Where things are: folders, port and address."""

from pathlib import Path
from urllib.parse import urlsplit

from environs import Env

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = Env()
env.read_env(env.path("ENV_FILE", BASE_DIR / ".env"), recurse=False)

DATA_DIR = env.path("DATA_DIR", BASE_DIR / "var").resolve()
PORT = env.int("PORT", 8000)
SITE_URL = env.str("SITE_URL", f"http://127.0.0.1:{PORT}").rstrip("/")
SITE = urlsplit(SITE_URL)
