"""The pictures as they are kept: docs/help/pictures/{en,ar}/NAME.webp, and beside them what can be read in each."""

import json
from pathlib import Path

from tests.browser.help_pictures.beside import BESIDE
from tests.browser.help_pictures.pages import PAGES
from tests.browser.help_pictures.queues import QUEUES
from tests.browser.help_pictures.sessions import SESSIONS

ALBUM = Path(__file__).resolve().parents[3] / "docs/help/pictures"
LANGUAGES = ["en", "ar"]
# Each with the pictures that it makes.
SCENES = {scene: names.split() for scene, names in {**SESSIONS, **BESIDE, **QUEUES, **PAGES}.items()}


def write(language, pictures):
    """Those alone; the others stay."""
    folder = ALBUM / language
    folder.mkdir(parents=True, exist_ok=True)
    words = words_of(language)
    for name, (read, file) in pictures.items():
        (folder / f"{name}.webp").write_bytes(file)
        words[name] = read
    known = {name: words[name] for names in SCENES.values() for name in names if name in words}
    text = json.dumps(dict(sorted(known.items())), ensure_ascii=False, indent=1)
    (folder / "words.json").write_text(text + "\n", encoding="utf-8")


def words_of(language):
    """What can be read in each picture."""
    file = ALBUM / language / "words.json"
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
