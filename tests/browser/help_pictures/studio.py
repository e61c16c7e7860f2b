"""People of one language on a site of that language, of whom pictures are taken."""

from contextlib import contextmanager
from io import BytesIO

from PIL import Image

from tests.browser.help_pictures.still import NOTHING, held_still, words_in
from tests.browser.people import Csr, Customers, Person
from tests.browser.words import Words

WINDOW, PHONE = (1280, 800), (390, 720)
AIR = 16
# Milliseconds: for one thing; until others' marks are there; until a shared screen is sharp.
PATIENCE, SETTLING, SHARPER = 30_000, 500, 2500
TRIES = 20
SETTLED = """async () => {
  await document.fonts.ready;
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""
# Text stays crisp.
QUALITY = 88


class Studio:
    """`pictures`: what can be read in each that has been taken, and its file unless `expected` says what is read."""

    def __init__(self, site, browser, language, *, wanted=(), expected=None):
        self.site, self.words = site, Words(language)
        self.pictures = {}
        self._wanted, self._expected, self._with_files = wanted, expected, expected is None
        self._browser, self._contexts, self._people, self._signed_in = browser, [], {}, {}

    def either(self, english, arabic):
        """What people write is in the language of the picture, too."""
        return english if self.words.language == "en" else arabic

    def csr(self, username, size=WINDOW):
        """A representative, who signs in once for all scenes."""
        if username not in self._people:
            state = self._signed_in.get(username)
            csr = Csr(self._context(size, storage_state=state), self.site, self.words, username)
            if not state:
                csr.sign_in()
                self._signed_in[username] = csr.context.storage_state()
            self._people[username] = csr
        return self._people[username]

    def stranger(self, size=PHONE):
        return Person(self._context(size), self.site, self.words)

    def customers(self, size=PHONE):
        return Customers(lambda: self.stranger(size))

    def press(self, place, label, role="button"):
        """What has this label, and nothing else."""
        place.get_by_role(role, name=self.words(label), exact=True).click()

    def shoot(self, name, page, *parts, air=AIR, size=None, without=NOTHING):
        """The window, or these parts of it with some air around them. `without`: what is another at every run."""
        if not self._wanted or name in self._wanted:
            self._make_ready(page, size)
            self._keep(name, page, lambda: around(page, parts, air), without)

    def shoot_page(self, name, page, *, until=None, size=WINDOW, without=NOTHING):
        """From the top of the page to where its content ends, or this part of it."""
        if not self._wanted or name in self._wanted:
            self._make_ready(page, size)
            self._keep(name, page, lambda: down_to(page, until), without)

    def _make_ready(self, page, size):
        if size:
            resize(page, size)
        page.mouse.move(1, 1)
        page.evaluate(SETTLED)
        if self._with_files:
            page.wait_for_timeout(SHARPER if page.locator("video:visible").count() else SETTLING)

    def _keep(self, name, page, part_of, without):
        if self._expected:
            self.pictures[name] = self._words_at_last(name, page, part_of, without), b""
            return
        part = part_of()
        with held_still(page):
            words = words_in(page, part, without)
            assert words, f"{name}: nothing can be read"
            self.pictures[name] = words, webp(page.screenshot(clip=part))

    def _words_at_last(self, name, page, part_of, without):
        """What can be read as soon as it is what is expected, since some of it may be on its way; or in the end."""
        for _ in range(TRIES):
            with held_still(page):
                words = words_in(page, part_of(), without)
            if set(words) == set(self._expected[name]):
                break
            page.wait_for_timeout(SETTLING)
        return words

    def close_pages(self):
        for context in self._contexts:
            for page in context.pages:
                page.close()

    @contextmanager
    def scene(self):
        """The people of one scene, whose pages and sessions do not outlive it."""
        try:
            yield self
        finally:
            self.close_pages()
            for csr in self._people.values():
                csr.end_whatever_runs()
            for context in self._contexts:
                context.close()
            self._contexts, self._people = [], {}

    def _context(self, size, **options):
        context = self._browser.new_context(
            locale=self.words.locale,
            timezone_id="Asia/Muscat",
            permissions=["camera", "microphone"],
            reduced_motion="reduce",
            color_scheme="light",
            viewport=dimensions(size),
            **options,
        )
        context.set_default_timeout(PATIENCE)
        self._contexts.append(context)
        return context


def content_of(page):
    """What stands in the page; the whole of it is as high as the window."""
    return page.get_by_role("main").locator("> *:visible").all()


def down_to(page, until):
    """From the top of the page to where this part of it ends, or all that it holds."""
    part = around(page, [until] if until else content_of(page), AIR)
    return {"x": 0, "y": 0, "width": page.viewport_size["width"], "height": part["y"] + part["height"]}


def resize(page, size):
    page.set_viewport_size(dimensions(size))


def dimensions(size):
    return dict(zip(("width", "height"), size, strict=True))


def around(page, parts, air):
    """The part of the window that holds them all."""
    window = page.viewport_size
    if not parts:
        return {"x": 0, "y": 0, **window}
    boxes = [part.bounding_box() for part in parts]
    left = max(0, min(box["x"] for box in boxes) - air)
    top = max(0, min(box["y"] for box in boxes) - air)
    right = min(window["width"], max(box["x"] + box["width"] for box in boxes) + air)
    bottom = min(window["height"], max(box["y"] + box["height"] for box in boxes) + air)
    return {"x": round(left), "y": round(top), "width": round(right - left), "height": round(bottom - top)}


def webp(png):
    """The smaller of two: what has few colours is small without loss, what a shared screen shows is not."""
    image = Image.open(BytesIO(png)).convert("RGB")
    return min((saved(image, lossless=True), saved(image, quality=QUALITY)), key=len)


def saved(image, **options):
    file = BytesIO()
    image.save(file, "WEBP", method=6, **options)
    return file.getvalue()
