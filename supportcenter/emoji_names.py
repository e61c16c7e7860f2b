"""The emoji that people choose from in the chat (E66): a choice of ours, with a library's names, a file a language.

Left out are flags, skin tones, and what came after 2020, which older devices show as boxes.
"""

import hashlib
import json
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage, Storage

from supportcenter.fonts import put

# Raised when the same emoji are told in another way.
RECIPE = 1
# By the names that templates give the groups; within each, what is used most comes first.
GROUPS = {
    "faces": """
        😀 😃 😄 😁 😆 😅 😂 🤣 😊 😇 🙂 🙃 😉 😌 😍 🥰 😘 😋 😛 😜 🤪 🤗 🤭 🤫 🤔 🤐 🤨 😐 😑 😶 😏 😒 🙄 😬 😔 😪
        😴 😷 🤒 🤕 🤧 🥵 🥶 🥴 😵 🤯 🤠 🥳 😎 🤓 🧐 😕 😟 🙁 😮 😯 😲 😳 🥺 😦 😧 😨 😰 😥 😢 😭 😱 😖 😣 😞 😓 😩
        😫 🥱 😤 😡 😠 🤖 👻 💩
    """,
    "people": """
        👍 👎 👌 ✌️ 🤞 🤟 🤘 🤙 👈 👉 👆 👇 ☝️ ✋ 🤚 🖐️ 👋 👏 🙌 👐 🤲 🤝 🙏 💪 ✊ 👊 🤛 🤜 ✍️ 👀 👁️ 👂 👃 🧠 👶 🧒
        🧑 👩 👨 🧓 🙋 🤷 🤦 🙅 🙆 💁 🙇 🏃 🚶 👥 👤 🧑‍💻 🧑‍🔧 🧑‍🏫
    """,
    "hearts": """
        ❤️ 🧡 💛 💚 💙 💜 🖤 🤍 🤎 💔 ❣️ 💕 💞 💓 💗 💖 💘 💝 💯 💥 💫 💦 💨 💤 💬 💭 ✨ ⭐ 🌟 🔥 🎉 🎊 🎈 🎁 🏆 🥇
        🎯
    """,
    "nature": """
        🐶 🐱 🐭 🐰 🦊 🐻 🐼 🐨 🐯 🦁 🐮 🐷 🐸 🐵 🙈 🙉 🙊 🐔 🐧 🐦 🦉 🐝 🦋 🐢 🐍 🐙 🐟 🐬 🐳 🐘 🐫 🐎 🌵 🌲 🌳 🌴
        🌱 🍀 🌹 🌷 🌸 🌻 🌍 🌙 ☀️ ⛅ ☁️ 🌧️ ⚡ ❄️ ☔ 🌈 🌊
    """,
    "food": """
        ☕ 🍵 🥛 🧃 🍎 🍊 🍋 🍌 🍉 🍇 🍓 🍒 🍍 🥑 🍅 🥕 🌽 🥦 🍞 🥐 🧀 🥚 🍳 🥗 🍔 🍟 🍕 🥪 🌮 🍝 🍜 🍚 🍣 🍦 🍩 🍪
        🎂 🍰 🍫 🍬 🍽️
    """,
    "places": """
        🚗 🚕 🚌 🚑 🚒 🚚 🚲 ✈️ 🚀 🚁 ⛵ 🚢 🚆 🚇 🏠 🏡 🏢 🏥 🏦 🏫 🏭 🕌 🏝️ ⛰️ 🗺️ ⚽ 🏀 🏈 🎾 🏐 🏓 🎮 🎲 🎵 🎶 🎨
        🎬
    """,
    "things": """
        💻 🖥️ 🖨️ ⌨️ 🖱️ 💾 💿 📱 ☎️ 📞 📠 🔋 🔌 📷 📹 🎥 📺 📻 🎧 🎤 🔊 🔇 🔔 🔕 📣 💡 🔦 📧 ✉️ 📩 📨 📤 📥 📦 📝 📄
        📃 📊 📈 📉 📅 📌 📍 📎 🔗 ✂️ 📁 📂 🗑️ 🔒 🔓 🔑 🔨 🔧 🛠️ ⚙️ 🧰 🔍 🔎 ⏰ ⌛ ⏳ ⌚ 💰 💳 🧾 💊 🛒 🚪 🔬 🛡️
    """,
    "signs": """
        ✅ ☑️ ✔️ ❌ ❎ ➕ ➖ ❓ ❔ ❗ ❕ ‼️ ⁉️ ⚠️ 🚫 ⛔ 🆗 🆕 🆒 🆓 🔝 🔜 🔙 ⬆️ ⬇️ ⬅️ ➡️ ↩️ ↪️ 🔄 🔁 ▶️ ⏸️ ⏹️ ⏺️ ⏩
        ⏪ 🔴 🟠 🟡 🟢 🔵 🟣 ⚫ ⚪ 1️⃣ 2️⃣ 3️⃣ 4️⃣ 5️⃣ #️⃣ ♻️ 🌐 ℹ️ 🏁 🚩
    """,
}
LANGUAGES = [code for code, _name in settings.LANGUAGES]

# An emoji, what it is called, and other words by which it is found.
Named = list[str]


class EmojiFinder(BaseFinder):
    """Finds the files among the static ones, as `emoji/en.json`; the first who looks makes them."""

    def check(self, **options: Any) -> list[Any]:
        return []

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[tuple[str, Storage]]:
        made = FileSystemStorage(location=made_files().parent)
        for language in LANGUAGES:
            path = f"emoji/{language}.json"
            if not matches_patterns(path, [*(ignore_patterns or ())]):
                yield path, made

    def find(self, path: str, find_all: bool = False, **options: Any) -> Any:
        found = [str(made_files() / f"{each}.json") for each in LANGUAGES if f"emoji/{each}.json" == path]
        return found[0] if found and not find_all else found


def made_files() -> Path:
    """Their folder, once they are in it: named by what they are made of, so that an upgrade makes others."""
    folder = Path(settings.PREPARED_DIR) / "named-emoji" / fingerprint() / "emoji"
    missing = [each for each in LANGUAGES if not (folder / f"{each}.json").exists()]
    if missing:
        folder.mkdir(parents=True, exist_ok=True)
        for language in missing:
            put(folder / f"{language}.json", json.dumps(in_language(language), ensure_ascii=False).encode())
    return folder


def in_language(language: str) -> dict[str, list[Named]]:
    """The emoji of each group, as `emoji_search.js` reads them. English words find them in every language."""
    known = library_data()
    return {group: [_named(sign, known[sign], language) for sign in signs.split()] for group, signs in GROUPS.items()}


@cache
def library_data() -> dict[str, dict[str, Any]]:
    """What the library knows of each emoji: its names, and the version that brought it."""
    # Half a megabyte each, for those alone who make the files.
    library = import_module("emoji")
    for language in LANGUAGES:
        library.config.load_language(language)
    known: dict[str, dict[str, Any]] = library.EMOJI_DATA
    return known


def _named(sign: str, facts: dict[str, Any], language: str) -> Named:
    english = [_words(name) for name in (facts["en"], *facts.get("alias", []))]
    names = english if language == "en" else [_words(facts[language]), *english]
    return [sign, names[0], " ".join(names[1:])]


def _words(name: str) -> str:
    return name.strip(":").replace("_", " ")


def fingerprint() -> str:
    facts = (RECIPE, version("emoji"), GROUPS)
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]
