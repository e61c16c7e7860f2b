"""Everything that must not happen on a page while a test goes on: script errors, refused content, console errors."""

import re

# A session may end while one of its pages asks for something: the page is told, and goes where an ended session leads.
# And the browsers of tests keep nothing, for which Chromium has no push service, as it says to each page that asks.
ALWAYS_EXPECTED = re.compile(r"410 \(Gone\)|not support the Push API in incognito mode")


class Watch:
    def __init__(self):
        self.seen = []
        self._errors = []
        self._expected = [ALWAYS_EXPECTED]

    def over(self, context):
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self.has_error(error.error))
        context.on("page", lambda page: page.on("crash", lambda: self.has_error("the page has crashed")))

    def has_error(self, error):
        """What a script did not catch, or a promise: in a page, its popups and its workers. No test can expect it."""
        self._errors.append(f"page error: {error}")
        self.seen.append(self._errors[-1])

    def expect(self, *patterns):
        """These console errors belong to the test: a killed server, a refused join."""
        self._expected += [re.compile(pattern) for pattern in patterns]

    def faults(self):
        return [line for line in self.seen if line in self._errors or not self._is_expected(line)]

    def _is_expected(self, line):
        return any(pattern.search(line) for pattern in self._expected)

    def _on_console(self, message):
        if message.type == "error":
            self.seen.append(f"console: {message.text} ({message.location.get('url', '')})")
