"""What people do with media on their pages, and what arrives at them: pixels and sounds, not attributes."""

import time

from playwright.sync_api import expect

from tests.browser.people import Customer, Desk

WORK = "<!doctype html><title>WORKTAB</title><body style='margin:0;height:100vh;background:{}'><h1>work</h1>"
PIXEL = """([name, x, y]) => {
  const named = (each) => each.querySelector("[data-caption]").textContent === name;
  const tile = [...document.querySelectorAll("[data-tile]")].find(named);
  const video = tile?.querySelector("video");
  if (!video?.videoWidth || !video.getClientRects().length || tile.hasAttribute("data-is-frozen")) return null;
  const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
  const brush = canvas.getContext("2d", { willReadFrequently: true });
  brush.drawImage(video, 0, 0);
  return [...brush.getImageData(Math.floor(x * canvas.width), Math.floor(y * canvas.height), 1, 1).data].slice(0, 3);
}"""
FRAMES = """(name) => {
  const named = (each) => each.querySelector("[data-caption]").textContent === name;
  const video = [...document.querySelectorAll("[data-tile]")].find(named)?.querySelector("video");
  return video?.getVideoPlaybackQuality().totalVideoFrames || null;
}"""
# The loudest frequency heard from somebody in the call, in Hz; 0 when it is silent.
PITCH = """async (name) => {
  const context = (window.listening ??= new AudioContext());
  await context.resume();
  const sounds = [...document.querySelectorAll("[data-sounds] audio")];
  const audio = sounds.find((each) => each.dataset.from === name || !name);
  if (!audio?.srcObject) return 0;
  const analyser = context.createAnalyser();
  analyser.fftSize = 8192;
  const source = context.createMediaStreamSource(audio.srcObject);
  source.connect(analyser);
  const spectrum = new Uint8Array(analyser.frequencyBinCount);
  await new Promise((done) => setTimeout(done, 600));
  analyser.getByteFrequencyData(spectrum);
  source.disconnect();
  const loudest = Math.max(...spectrum);
  return loudest < 60 ? 0 : (spectrum.indexOf(loudest) * context.sampleRate) / analyser.fftSize;
}"""


def until(fact, patience=15, step=0.1):
    """The first truth that `fact()` tells, or its last falsehood."""
    end = time.monotonic() + patience
    while True:
        told = fact()
        if told or time.monotonic() > end:
            return told
        time.sleep(step)


def near(colour, wanted, tolerance=45):
    return colour is not None and all(abs(a - b) <= tolerance for a, b in zip(colour, wanted, strict=True))


def work_tab(context, colour):
    page = context.new_page()
    page.set_content(WORK.format(colour))
    return page


class WithMedia:
    work = None

    @classmethod
    def of(cls, other):
        other.__class__ = cls
        return other

    @property
    def tiles(self):
        return self.page.locator("[data-tile]")

    def button(self, name):
        return self.page.get_by_role("button", name=name, exact=True)

    def colour(self, caption, x=0.5, y=0.6):
        return self.page.evaluate(PIXEL, [caption, x, y])

    def frames(self, caption):
        """How many have been shown of the picture of this name, or None while there is none."""
        return self.page.evaluate(FRAMES, caption)

    def sees(self, caption, colour, *, at=(0.5, 0.6), patience=15):
        """Pixels of this colour in the picture of this name."""
        seen = until(lambda: (lambda got: near(got, colour) and got)(self.colour(caption, *at)), patience)
        assert seen, f"{caption}: {self.colour(caption, *at)} instead of {colour}"

    def sees_nothing(self, patience=15):
        assert until(lambda: self.tiles.count() == 0, patience), self.tiles.all_inner_texts()

    def hears_pitch(self, key, hertz):
        heard = until(lambda: (lambda got: abs(got - hertz) < 60 and got)(self.pitch(key)), 30)
        assert heard, f"{self.pitch(key)} Hz instead of {hertz}"

    def pitch(self, key=""):
        return self.page.evaluate(PITCH, key)

    @property
    def key_in_call(self):
        return self.page.locator("[data-room]").first.get_attribute("data-me")

    def stops(self):
        self.button("Stop sharing").click()

    def is_told(self, sentence):
        expect(self.page.get_by_text(sentence).first).to_be_attached()

    def turns_work(self, colour):
        """What is on the shared tab changes."""
        self.work.evaluate("(colour) => { document.body.style.background = colour }", colour)


class MediaDesk(WithMedia, Desk):
    def tab(self, name):
        self.page.get_by_role("tab", name=name, exact=True).first.click()

    def asks_for_desktop(self):
        self.tab("Desktop")
        self.button("View customer's desktop").click()

    def asks_for_application(self):
        self.tab("Application")
        self.button("View customer's application").click()

    def shares_desktop(self):
        self.tab("Desktop")
        self.button("Share my desktop").click()

    def helps(self, name):
        self.participant(name).get_by_role("button", name=name).first.click()

    def transfers_control_to(self, name):
        self.tab("Session")
        self.page.locator("[popovertarget^=transfer-menu]:visible").click()
        self.page.get_by_role("menuitem", name="Transfer Control", exact=True).click()
        self.page.get_by_role("dialog", name="Transfer Control").get_by_role("button", name=name).click()


class MediaCustomer(WithMedia, Customer):
    def allows(self, *, all_session=False):
        box = self.page.get_by_role("alertdialog")
        expect(box).to_be_visible()
        name = "Allow all for this session" if all_session else "Allow"
        box.get_by_role("button", name=name, exact=True).click()

    def declines(self):
        self.page.get_by_role("alertdialog").get_by_role("button", name="Decline", exact=True).click()
