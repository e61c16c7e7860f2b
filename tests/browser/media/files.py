"""Files on a page: what somebody does with them, and what is to be seen of them there."""

import hashlib
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.media.people import until

KEPT = """async () => {
  const names = [];
  for await (const [name, folder] of (await navigator.storage.getDirectory()).entries())
    for await (const file of folder.keys()) names.push(`${name}/${file}`);
  return names;
}"""


class Side:
    """What somebody does with files on a page, and what is to be seen of them there."""

    def __init__(self, person):
        self.page = person.page

    def sends(self, *files):
        """Paths, or (name, bytes)."""
        chosen = [
            {"name": file[0], "mimeType": kind_of(file[0]), "buffer": file[1]} if isinstance(file, tuple) else str(file)
            for file in files
        ]
        self.page.locator("[data-file-input]").set_input_files(chosen)

    def accepts(self):
        self._box.get_by_role("button", name="Allow", exact=True).click()

    def declines(self):
        self._box.get_by_role("button", name="Decline", exact=True).click()

    @property
    def _box(self):
        return self.page.get_by_role("alertdialog")

    @property
    def row(self):
        return self.page.locator(".file-row")

    def presses(self, name):
        self.row.get_by_role("button", name=name, exact=True).click()

    def is_beyond(self, part):
        """So much of it is here."""
        bar = self.row.locator("progress")
        # The page's own Content-Security-Policy forbids Playwright to wait within it.
        assert until(lambda: bar.count() and bar.evaluate("(bar) => bar.value") > part, 60, 0.02)

    def reads(self, words):
        expect(self.row.filter(has_text=words)).to_have_count(1)

    def shows(self, *names):
        expect(self.page.locator("[data-chat-file]:visible [data-file-name]")).to_have_text(list(names))

    @property
    def ways(self):
        return self.page.locator("[data-chat-file]:visible").evaluate_all("(all) => all.map((one) => one.dataset.way)")

    def saves(self, act):
        """The file that the browser saves after `act()`, as its digest."""
        with self.page.expect_download(timeout=120_000) as saved:
            act()
        return digest_of(Path(saved.value.path()).read_bytes())

    def keeps_nothing(self):
        assert until(lambda: self.page.evaluate(KEPT) == []), self.page.evaluate(KEPT)

    def is_reloaded_with(self, script):
        self.page.context.add_init_script(script)
        self.reloads()

    def reloads(self):
        self.page.once("dialog", lambda dialog: dialog.accept())
        self.page.reload()
        expect(self.page.locator("[data-room]")).to_have_attribute("data-connection", "live")


def digest_of(data):
    return hashlib.sha256(data).hexdigest()


def kind_of(name):
    return {"png": "image/png", "txt": "text/plain"}.get(name.rpartition(".")[2], "application/octet-stream")
