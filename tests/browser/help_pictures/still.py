"""A page held still: what changes at every run shows the same, and what can be read in a part of it."""

import re
from contextlib import contextmanager
from functools import cache

from babel import Locale

# The numbers that sessions get; those of the past, in the order in which a page shows them.
NUMBERS = ["482 913 605", "907 146 328", "315 770 264", "628 054 917"]
FORMER = ["731 208 446", "264 590 813", "540 917 362", "893 461 275"]
# A clock, for how long something has been running, and where the site is.
CLOCK, RUNNING, SITE = "10:42", "12:04", "support.example.com"
FREEZE = r"""([numbers, former, clock, running, site]) => {
  for (const one of document.getAnimations()) { try { one.finish(); } catch { one.cancel(); } }
  const changed = (window.heldStill = []);
  const says = (node, text) => {
    if (node.data === text) return;
    changed.push([node, node.data, text]);
    node.data = text;
  };
  const faces = { clock, running, short: running };
  const isRoom = document.querySelector("[data-room]") !== null;
  for (const time of document.querySelectorAll("time[data-time]")) {
    const face = time.dataset.time;
    // It does not go on.
    time.removeAttribute("data-time");
    changed.push([time, face]);
    if (!time.firstChild) continue;
    if (faces[face]) says(time.firstChild, faces[face]);
    else if (isRoom) says(time.firstChild, time.textContent.replace(/\d\d:\d\d/, clock));
  }
  for (const left of document.querySelectorAll("[data-countdown-to]")) if (left.firstChild) says(left.firstChild, "24");
  const seen = new Map();
  const numbered = (text) => text.replace(/\d{3}[ \u00a0]\d{3}[ \u00a0]\d{3}/g, (number) => {
    const plain = number.replaceAll("\u00a0", " ");
    if (!numbers.includes(plain) && !seen.has(plain)) seen.set(plain, former[seen.size]);
    return seen.get(plain) ?? plain;
  });
  const here = /(https?:\/\/)?(127\.0\.0\.1|localhost):\d+/g;
  const addressed = (text) => text.replace(here, (_all, scheme) => (scheme ? `https://${site}` : site));
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) says(walker.currentNode, addressed(numbered(walker.currentNode.data)));
}"""
# What people go on to read is true again, unless the page has written something else meanwhile.
RELEASE = """() => {
  for (const [node, was, said] of window.heldStill.reverse())
    if (said === undefined) node.dataset.time = was;
    else if (node.data === said) node.data = was;
}"""
# Each piece of text whose middle lies in the part, and which nothing covers. Times and charts are of the day.
READ = r"""([part, without]) => {
  const read = [];
  const inside = (x, y) => x >= part.x && x <= part.x + part.width && y >= part.y && y <= part.y + part.height;
  const isSeen = (element, box) => {
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    if (box.width < 2 || !inside(x, y) || !element.checkVisibility({ visibilityProperty: true })) return false;
    const top = document.elementFromPoint(x, y);
    return top !== null && (element.contains(top) || top.contains(element));
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode;
    if (!data.trim() || parentElement.closest(`time, svg, select, textarea, .visually-hidden, ${without}`)) continue;
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    const [box] = range.getClientRects();
    if (box && isSeen(parentElement, box)) read.push(data);
  }
  for (const field of document.querySelectorAll("input, textarea, select")) {
    if (field.closest(without) || field.type === "checkbox" || field.type === "radio") continue;
    if (!isSeen(field, field.getBoundingClientRect())) continue;
    read.push(field.selectedOptions?.[0]?.textContent ?? (field.value || field.placeholder || ""));
  }
  return read;
}"""
NOTHING = "[data-nothing-of-this-kind]"


@contextmanager
def held_still(page):
    page.evaluate(FREEZE, [NUMBERS, FORMER, CLOCK, RUNNING, SITE])
    yield
    page.evaluate(RELEASE)


def words_in(page, part, without=NOTHING):
    """What can be read there, without digits, signs and names of months and days: sorted, each once."""
    read = page.evaluate(READ, [part, without])
    texts = (" ".join(word for word in re.findall(r"[^\W\d_]+", text) if word not in of_a_calendar()) for text in read)
    return sorted({text for text in texts if text})


@cache
def of_a_calendar():
    names = set()
    for locale in map(Locale.parse, ("en_GB", "ar")):
        for kind in (locale.months, locale.days):
            for width in ("wide", "abbreviated"):
                names.update(kind["format"][width].values())
    return names
