"""Which browser on which system somebody has, in words. `static/js/check/browser.js` goes by the same signs."""

import re

from django.utils.translation import gettext

# Names of products, which are the same in every language.
BROWSERS = {
    "chrome": "Chrome",
    "edge": "Edge",
    "opera": "Opera",
    "samsung": "Samsung Internet",
    "firefox": "Firefox",
    "safari": "Safari",
}
SYSTEMS = {
    "windows": "Windows",
    "macos": "macOS",
    "linux": "Linux",
    "chromeos": "ChromeOS",
    "android": "Android",
    "ios": "iOS",
}
# The first that matches: nearly all say that they are Chrome or Safari as well.
SIGNS_OF_BROWSERS = {
    "edge": r"\bEdg(?:A|iOS)?/(\d+)",
    "opera": r"\b(?:OPR|OPT)/(\d+)",
    "samsung": r"\bSamsungBrowser/(\d+)",
    "firefox": r"\b(?:Firefox|FxiOS)/(\d+)",
    "chrome": r"\b(?:Chrome|CriOS|HeadlessChrome)/(\d+)",
    "safari": r"\bVersion/(\d+)[.\d]* (?:Mobile/\w+ )?Safari/",
}
SIGNS_OF_SYSTEMS = {
    "ios": r"\b(?:iPhone|iPad|iPod)\b",
    "android": r"\bAndroid\b",
    "chromeos": r"\bCrOS\b",
    "windows": r"\bWindows\b",
    "macos": r"\bMacintosh\b",
    "linux": r"\bLinux\b",
}


def browser_of(user_agent: str) -> tuple[str, str, str]:
    """Browser, version and system by what a request says of itself; "other" is what nobody knows."""
    browser, version = "other", ""
    for name, sign in SIGNS_OF_BROWSERS.items():
        if found := re.search(sign, user_agent, re.ASCII):
            browser, version = name, found[1]
            break
    system = next((name for name, sign in SIGNS_OF_SYSTEMS.items() if re.search(sign, user_agent)), "other")
    return browser, version, system


def browser_named(browser: str, version: object) -> str:
    """ "Chrome 148"."""
    return f"{BROWSERS.get(browser) or gettext('unknown browser')} {version}".strip()


def product_named(browser: str, version: object, system: str) -> str:
    """ "Chrome 148 on Windows"."""
    named = browser_named(browser, version)
    known = SYSTEMS.get(system)
    return gettext("%(browser)s on %(system)s") % {"browser": named, "system": known} if known else named
