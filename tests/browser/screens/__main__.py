"""Pictures of every screen, to be looked at: `python -m tests.browser.screens FOLDER [part of a name …]`.

Each scene at 1440, 1280, 768 and 390 px, in both languages, light and dark; `index.html` in the folder shows them side
by side. Nothing is compared: people look. What a page must never do is measured by the tests.
"""

import html
import re
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

from tests.browser.media.flags import FLAGS, TAB
from tests.browser.people import Csr, Customers, Person
from tests.browser.screens.customers import CUSTOMERS
from tests.browser.screens.pages import PAGES
from tests.browser.screens.rooms import ROOMS
from tests.browser.site import Site, find_chromium
from tests.browser.words import Words

SIZES = {1440: 900, 1280: 800, 768: 1024, 390: 844}
SCHEMES = ["light", "dark"]
LANGUAGES = ["en", "ar"]
# What moves would be another picture each time.
STILL = "() => document.getAnimations().forEach((one) => { try { one.finish(); } catch { one.cancel(); } })"


class Studio:
    """A site, a browser, and people with one language, who are photographed."""

    def __init__(self, site, browser, folder, language):
        self.site, self.folder, self.words = site, folder, Words(language)
        self.shots = []
        self._browser, self._contexts, self._csrs = browser, [], {}

    def csr(self, username):
        """A representative, who signs in once."""
        if username not in self._csrs:
            self._csrs[username] = Csr(self._context(), self.site, self.words, username)
            self._csrs[username].sign_in()
        return self._csrs[username]

    def stranger(self):
        return Person(self._context(), self.site, self.words)

    @property
    def customers(self):
        return Customers(self.stranger)

    def shoot(self, name, page, *, full_page=True):
        """The page in all sizes and schemes."""
        for width, height in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                page.evaluate(STILL)
                file = f"{name}-{self.words.language}-{width}-{scheme}.png"
                page.screenshot(path=self.folder / file, full_page=full_page)
                self.shots.append((name, file))
        page.set_viewport_size({"width": 1440, "height": 900})
        page.emulate_media(color_scheme="light")

    @contextmanager
    def scene(self):
        """The people of one scene, whose pages and sessions do not outlive it."""
        try:
            yield self
        finally:
            for context in self._contexts:
                for page in context.pages:
                    page.close()
            for csr in self._csrs.values():
                csr.end_whatever_runs()
            for context in self._contexts:
                context.close()
            self._contexts, self._csrs = [], {}

    def _context(self):
        options = {"locale": self.words.locale, "permissions": ["camera", "microphone"], "reduced_motion": "reduce"}
        self._contexts.append(self._browser.new_context(**options, viewport={"width": 1440, "height": 900}))
        return self._contexts[-1]


def index_of(shots):
    """One row a scene, its pictures beside each other."""
    rows = {}
    for name, file in shots:
        rows.setdefault(name, []).append(file)
    parts = [
        f"<h2>{html.escape(name)}</h2><div>"
        + "".join(
            f'<a href="{file}"><img src="{file}" alt="{file}" title="{file}" loading="lazy"></a>' for file in files
        )
        + "</div>"
        for name, files in rows.items()
    ]
    style = "div{display:flex;gap:8px;overflow-x:auto;align-items:start}img{block-size:320px;border:1px solid #888}"
    return f"<!doctype html><meta charset=utf-8><title>Screens</title><style>{style}</style>{''.join(parts)}"


def main(folder, *wanted):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    scenes = {
        name: scene
        for name, scene in {**PAGES, **ROOMS, **CUSTOMERS}.items()
        if not wanted or any(part in name for part in wanted)
    }
    shots, failed = [], []
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        site = Site(data)
        site.prepare({"joins_per_address": 1000})
        site.do("seed_demo", "--past")
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=[*FLAGS, TAB])
        with site:
            for language in LANGUAGES:
                for name, scene in scenes.items():
                    studio = Studio(site, browser, folder, language)
                    try:
                        with studio.scene():
                            scene(studio, re.sub(r"\W+", "-", name))
                    except Error as fault:
                        # The others are worth looking at all the same.
                        failed.append(f"{language} {name}: {fault}")
                    shots += studio.shots
                    sys.stdout.write(f"{language} {name}\n")
        browser.close()
    (folder / "index.html").write_text(index_of(sorted(shots, key=lambda shot: shot[0])))
    sys.exit("\n".join(failed))


if __name__ == "__main__":
    main(*sys.argv[1:])
