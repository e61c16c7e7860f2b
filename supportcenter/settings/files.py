"""Files and recordings."""

from supportcenter.settings.places import DATA_DIR, env

# Uploads on their way, and what recordings are made of: on a disk that all processes of the site share.
PARTS_DIR = DATA_DIR / "parts"
# Bodies of requests that are not answered yet; emptied when the site starts.
TEMPORARY_DIR = DATA_DIR / "tmp"
# Makes recordings that can be sought in; without it they are kept as the browser sent them.
FFMPEG = env.text("FFMPEG", "ffmpeg")
# A virus scanner that speaks clamd's protocol, tcp://host:3310 or unix:///path. All files then go through the server.
CLAMD_URL = env.url("CLAMD_URL", schemes=("tcp", "unix"))
