"""A press that arrives more than once, as a browser sends it before it has any answer."""

import re

from django.test import Client

ONCE = re.compile(r'name="once" value="([\w-]+)"')


class Press:
    """A form as one browser was shown it; each `send` knows only what that browser knew before its first press."""

    def __init__(self, client, page, to=None):
        self.to = to or page
        self.once = ONCE.search(client.get(page).content.decode())[1]
        self.cookies = {name: morsel.value for name, morsel in client.cookies.items()}

    def send(self, *, csrf=None, **fields):
        browser = Client()
        for name, value in self.cookies.items():
            browser.cookies[name] = value
        if csrf:
            browser.cookies["csrftoken"] = csrf
        return browser.post(self.to, {**fields, "once": self.once})
