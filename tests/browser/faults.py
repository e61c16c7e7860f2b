"""What no page may have: faults that axe calls serious, and controls that cannot be reached or hit (E45)."""

from axe_playwright_python.sync_playwright import Axe

SERIOUS = {"serious", "critical"}
# Of what passes, nothing is told: on a long page that took as long as the rest.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
# A colour on its way to another is neither; what turns for ever may go on.
SETTLE = """() => document.getAnimations()
    .filter((animation) => animation.effect.getComputedTiming().iterations !== Infinity)
    .forEach((animation) => animation.finish())"""
# Controls that something else lies over, that stand out of the window's inline size, or that are too small to be hit.
# Links within a sentence may be as small as its letters (WCAG 2.5.8).
MISPLACED = """() => {
  const faults = [];
  if (document.documentElement.scrollWidth > innerWidth) faults.push("the page is too wide");
  const controls = document.querySelectorAll(":is(button, a, summary, textarea):not(.skip-link)");
  for (const control of controls) {
    if (!control.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    control.scrollIntoView({ block: "nearest", inline: "nearest" });
    // A link within a sentence may go on in the next line.
    const { left, right, top, width, height } = control.getClientRects()[0];
    const name = control.ariaLabel || control.textContent.trim() || control.className;
    const isInText = getComputedStyle(control).display === "inline";
    if (!isInText && (width < 24 || height < 24)) faults.push(`${name}: ${width} × ${height}`);
    if (left < -1 || right > innerWidth + 1) faults.push(`${name}: out of the window`);
    const there = document.elementFromPoint(left + width / 2, top + height / 2);
    if (!control.contains(there)) faults.push(`${name}: under ${there && there.outerHTML.slice(0, 80)}`);
  }
  return faults;
}"""


def serious_faults(page):
    page.evaluate(SETTLE)
    found = Axe().run(page, options=RULES).response["violations"]
    return [(page.url, fault["id"], fault["nodes"][0]["html"][:120]) for fault in found if fault["impact"] in SERIOUS]
