"""What a key costs that searches canned replies: from the input until the list is drawn. One table.

    python -m benchmarks.canned_replies [--replies 5000] [--rounds 5]

Replies of the site with texts in both languages, 760 characters each, as many as all their texts may have. Needs
Chromium; starts a site of its own.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time

from playwright.sync_api import sync_playwright

from benchmarks.real_site import real_site
from tests.browser.flags import CHROMIUM_FLAGS
from tests.browser.people import Csr
from tests.browser.site import find_chromium
from tests.browser.words import Words

# Milliseconds: a frame of a screen that shows sixty in a second.
GOAL = 16
TYPED = ["restart the program", "reply-4321", "اعاده التشغيل", "zzz"]
REPLIES = """
from sessions_app.models import CannedReply
english = "please restart the program and tell me what you see on the screen when it opens again thank you".split()
arabic = "يرجى إعادة تشغيل البرنامج وإخباري بما تراه على الشاشة عند فتحه مرة أخرى شكرًا لصبرك".split()

def text(words, number, longest):
    step = number % 5 + 1
    return " ".join(words[(number * 7 + place * step) % len(words)] for place in range(90))[:longest].strip()

CannedReply.objects.bulk_create(
    [
        CannedReply(
            shortcut=f"reply-{{number}}",
            title=text(english, number + 3, 30),
            text=text(english, number, 380),
            text_ar=text(arabic, number, 380),
            times_used=number % 100,
        )
        for number in range({count})
    ],
    500,
)
"""
# Each key: its input is handled, and what it changed is laid out.
TYPE = """(text) => {
  const field = document.querySelector("textarea[name=text]");
  const list = document.querySelector("[data-replies-place]");
  const took = [];
  for (let length = 0; length <= text.length; length += 1) {
    field.value = `/${text.slice(0, length)}`;
    field.setSelectionRange(length + 1, length + 1);
    const began = performance.now();
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    list.getBoundingClientRect();
    took.push(performance.now() - began);
  }
  field.value = "";
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  return took;
}"""


def measure(count, rounds):
    """Milliseconds of each key by what was typed; the first list: seconds until it is there, and its bytes."""
    found = {}
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright, real_site(home) as site:
        site.run(REPLIES.format(count=count))
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_FLAGS)
        csr = Csr(browser.new_context(locale="en-GB"), site, Words("en"), "bilal")
        csr.sign_in()
        desk = csr.start()
        desk.is_live()
        first = until_there(desk.page)
        desk.page.keyboard.press("Escape")
        for _ in range(rounds):
            for text in TYPED:
                found.setdefault(text, []).extend(desk.page.evaluate(TYPE, text))
        browser.close()
    return found, first


def until_there(page):
    page.locator("textarea[name=text]").focus()
    with page.expect_response("**/replies/") as answered:
        began = time.monotonic()
        page.keyboard.type("/")
        page.get_by_role("option").first.wait_for()
    sizes = answered.value.request.sizes()
    return time.monotonic() - began, sizes["responseBodySize"]


def table(found):
    yield "| typed | a key, median | 95th percentile | longest | goal |"
    yield "|---|---|---|---|---|"
    for text, took in found.items():
        ranked = sorted(took)
        figures = (statistics.median(ranked), ranked[int(len(ranked) * 0.95)], ranked[-1])
        yield f"| {text} | {' | '.join(f'{figure:.1f} ms' for figure in figures)} | ≤ {GOAL} ms |"


def main():
    parser = argparse.ArgumentParser(prog="benchmarks.canned_replies")
    parser.add_argument("--replies", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    found, (seconds, size) = measure(chosen.replies, chosen.rounds)
    sys.stdout.write(f"{os.cpu_count()} cores, load: {os.getloadavg()[0]:.1f}\n\n")
    sys.stdout.write("\n".join(table(found)))
    sys.stdout.write(f"\n\nThe first list of {chosen.replies}: {seconds:.2f} s, {size / 1000:.0f} kB\n")


if __name__ == "__main__":
    main()
