"""Who takes part, and what they do on their pages, in the words of the product."""

import re
from contextlib import contextmanager

from playwright.sync_api import expect

from tests.browser.site import PASSWORD


class Person:
    """Somebody with a browser of their own: a context, in their language."""

    def __init__(self, context, site, words):
        self.context = context
        self.site = site
        self.words = words

    def open(self, path="/"):
        page = self.context.new_page()
        page.goto(self.site.url + path)
        return page


class Csr(Person):
    def __init__(self, context, site, words, username):
        super().__init__(context, site, words)
        self.username = username

    def sign_in(self):
        """By the page that everybody uses; the browser stays signed in."""
        page = self.open("/accounts/login/")
        self.fill_in_sign_in(page)
        page.wait_for_url(self.site.url + "/")
        page.close()

    def fill_in_sign_in(self, page):
        page.get_by_label(self.words("Username"), exact=True).fill(self.username)
        page.get_by_label(self.words("Password"), exact=True).fill(PASSWORD)
        page.locator("main").get_by_role("button", name=self.words("Sign in"), exact=True).click()

    def start(self, *, email=False):
        page = self.open("/sessions/start/")
        page.get_by_label(self.words("Email"), exact=True).set_checked(email)
        page.get_by_role("button", name=self.words("Start"), exact=True).click()
        page.wait_for_url(re.compile(r"/sessions/[-\w]{16,}/"))
        return Desk(page, self)

    def assist(self, number):
        page = self.open("/sessions/assist/")
        page.get_by_label(self.words("Session number")).fill(number)
        page.locator("main").get_by_role("button", name=self.words("Join"), exact=True).click()
        page.wait_for_url(re.compile(r"/sessions/[-\w]{16,}/"))
        return Desk(page, self)

    def end_whatever_runs(self, site=None):
        """So that nothing of this test is in the way of the next; not a thing that a test looks at."""
        url = (site or self.site).url
        home = self.context.request.get(url).text()
        for key in set(re.findall(r'"[^"]*/sessions/([-\w]{16,})/(?:restore/)?"', home)):
            self.end(key, site)

    def end(self, key, site=None):
        """End a session from another page than its own."""
        token = next(each["value"] for each in self.context.cookies() if each["name"].startswith("csrftoken"))
        url = f"{(site or self.site).url}/sessions/{key}/end/"
        self.context.request.post(url, headers={"X-CSRFToken": token})


class Customers:
    """Strangers: each with a browser of their own and no account."""

    def __init__(self, new_person):
        self._new_person = new_person

    def stranger(self):
        return self._new_person()

    def join(self, number, name="Carol"):
        customer = Customer.at_the_door(self.stranger())
        customer.fill_in(number, name)
        return customer.is_let_in()


class SessionPage:
    """What both doors' pages have: the chat, and ways to be left."""

    def __init__(self, page, person):
        self.page = page
        self.person = person
        self.words = person.words

    @property
    def chat(self):
        return self.page.get_by_role("log", name=self.words("Chat"), exact=True)

    @property
    def message(self):
        return self.page.get_by_role("textbox", name=self.words("Message"), exact=True)

    def say(self, text):
        self.message.fill(text)
        self.message.press("Enter")

    def hears(self, text):
        """The line is there, once, and the server has it."""
        expect(self._settled_lines().filter(has_text=text)).to_have_count(1)

    def hears_in_order(self, *texts):
        expect(self._settled_lines().locator("[data-text]")).to_have_text(list(texts))

    def _settled_lines(self):
        return self.chat.locator('[data-line]:not([data-line=""])')

    def is_live(self):
        """Its socket follows the session."""
        expect(self._room).to_have_attribute("data-connection", "live")

    def is_reconnecting(self):
        expect(self._room).to_have_attribute("data-connection", "reconnecting", timeout=20_000)

    @property
    def _room(self):
        return self.page.locator("[data-room]:not([hidden])")

    def reload(self):
        self.page.reload()
        self.is_live()

    @contextmanager
    def is_asked_before_leaving(self):
        """The browser asks, and the person leaves nevertheless (E3)."""
        with self.page.expect_event("dialog") as asked:
            self.page.once("dialog", lambda dialog: dialog.accept())
            yield
        assert asked.value.type == "beforeunload"


class Desk(SessionPage):
    """The CSR dashboard of one session."""

    def __init__(self, page, person):
        super().__init__(page, person)
        self.key = re.search(r"/sessions/([^/]+)/", page.url)[1]

    @property
    def number(self):
        return self.page.locator("[data-session-number]").inner_text()

    def participant(self, name):
        """Their row among the Participants."""
        self.unfold_participants()
        panel = self.page.get_by_role("region", name=self.words("Participants"), exact=True)
        return panel.get_by_role("listitem").filter(has_text=name)

    def unfold_participants(self):
        """They are folded into the bar until they are wanted."""
        if not self._room.locator(".people:popover-open").count():
            self._room.locator("[data-people-here]").click()

    def unfold_site(self):
        """The site's navigation, folded into its mark."""
        self.page.get_by_role("button", name=self.words("Site"), exact=True).click()
        return self.page.locator("#site-menu")

    def leave_by_closing(self):
        """The page is closed, though the browser asks."""
        with self.is_asked_before_leaving():
            self.page.close(run_before_unload=True)

    def again(self):
        """The same session in another tab of the same browser."""
        return Desk(self.person.open(f"/sessions/{self.key}/"), self.person)

    def end(self):
        self.page.get_by_role("button", name=self.words("End session"), exact=True).first.click()
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_role("button", name=self.words("End session"), exact=True).click()
        self.is_over()

    def is_over(self):
        """Its own page says what it was."""
        expect(self.page.get_by_role("heading", name=self.words("The session has ended"))).to_be_visible()

    def shows_ended(self, reason):
        self.is_over()
        expect(self.page.get_by_role("main")).to_contain_text(self.words(reason))


class Customer(SessionPage):
    """The Remote Support page, and before it the Join page."""

    @classmethod
    def at_the_door(cls, person, path="/join/"):
        return cls(person.open(path), person)

    def fill_in(self, number, name, email=""):
        self.page.get_by_label(self.words("Session number")).fill(number)
        self.page.get_by_label(self.words("Your name")).fill(name)
        self.page.get_by_label(self.words("Email address")).fill(email)
        self.page.locator("main").get_by_role("button", name=self.words("Join"), exact=True).click()

    def is_let_in(self):
        expect(self.page.get_by_role("heading", name=self.words("Remote Support"), exact=True)).to_be_visible()
        return self

    def is_thanked(self):
        expect(self.page.get_by_role("heading", name=self.words("Thank you"), exact=True)).to_be_visible()

    def is_told_that(self, heading):
        """The last page, after an end that nobody meant."""
        expect(self.page.get_by_role("heading", name=self.words(heading), exact=True)).to_be_visible()

    def answer_survey(self, *, solved="Yes", rating=5):
        self.page.get_by_role("button", name=str(rating), exact=True).click()
        expect(self.page.get_by_text(self.words("Thank you. Your rating is saved."))).to_be_visible()
        self.page.get_by_role("radio", name=self.words(solved), exact=True).check()
        self.page.get_by_role("button", name=self.words("Send answers")).click()
        expect(self.page.get_by_text(self.words("Thank you for your answers."))).to_be_visible()

    @property
    def reconnecting(self):
        return self.page.get_by_text(self.words("Your representative is reconnecting."))
