"""Browsers by what they say of themselves: the same samples as in tests/js/check/browser.test.js."""

import pytest

from supportcenter.browsers import browser_of, product_named

CHROMIUM = "AppleWebKit/537.36 (KHTML, like Gecko)"
APPLE = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
WINDOWS = f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROMIUM} Chrome/148.0.0.0 Safari/537.36"
IPHONE = f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) {APPLE}"
ANDROID = f"Mozilla/5.0 (Linux; Android 10; K) {CHROMIUM} SamsungBrowser/28.0 Chrome/130.0 Mobile Safari/537.36"


@pytest.mark.parametrize(
    ("says", "words"),
    [
        (WINDOWS, "Chrome 148 on Windows"),
        (f"{WINDOWS} Edg/147.0.0.0", "Edge 147 on Windows"),
        (ANDROID, "Samsung Internet 28 on Android"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox 140 on Linux"),
        (f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {APPLE} Version/18.5 Safari/605.1.15", "Safari 18 on macOS"),
        (f"{IPHONE} Version/18.5 Mobile/15E148 Safari/604.1", "Safari 18 on iOS"),
        (f"{IPHONE} CriOS/99.0 Mobile/15E148 Safari/604.1", "Chrome 99 on iOS"),
        ("Curl/8", "unknown browser"),
        ("", "unknown browser"),
    ],
)
def test_browser_is_told_in_words(says, words):
    assert product_named(*browser_of(says)) == words
