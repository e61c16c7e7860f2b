"""The ways to invite, as both sides live them (S2, S3, S18-S35)."""

import re
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.people import Customer

TOO_LONG = "c" * 65 + "@example.com"
LINK = re.compile(r"http://\S+/(?:invitations|join)/[-\w]{20,}/")

# Instead of a mail program, which a test machine has not: the address that it would have been given.
NO_MAIL_PROGRAM = """
window.opened = [];
document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href^="mailto:"]');
  if (!link) return;
  event.preventDefault();
  window.opened.push(link.href);
});
"""


class InvitePanel:
    def __init__(self, desk):
        self.desk, self.page, self.words = desk, desk.page, desk.words
        # By its heading: "Invite" is also a button.
        self.dialog = self.page.locator("dialog[data-invite]")

    def open(self):
        self.page.get_by_role("button", name=self.words("Invite"), exact=True).first.click()
        return self.is_open()

    def is_open(self):
        expect(self.dialog).to_be_visible()
        return self

    def fill_in(self, email, *, recipient="Customer", own_program=False, language=None):
        self.dialog.get_by_role("radio", name=self.words(recipient), exact=True).check(force=True)
        self.dialog.get_by_label(self.words("Recipient's email address")).fill(email)
        self.unfold_options()
        self.dialog.get_by_label(self.words("Send using my own email program")).set_checked(own_program)
        if language:
            self.dialog.get_by_label(self.words("Language of the invitation")).select_option(language)

    def unfold_options(self):
        """Language, own email program and preview are folded away."""
        options = self.dialog.locator(".invite__options")
        if options.get_attribute("open") is None:
            options.locator("summary").first.click()

    def ok(self):
        self.dialog.get_by_role("button", name=self.words("OK"), exact=True).click()

    def close(self):
        self.dialog.get_by_role("button", name=self.words("Cancel"), exact=True).click()

    def lists(self, email, state):
        row = self.dialog.get_by_role("listitem").filter(has_text=email)
        expect(row.locator(".badge")).to_have_text(self.words(state))


@pytest.fixture
def mail(new_context, site):
    """The messages that the site has written, newest first."""

    def mail(to):
        page = new_context().new_page()
        page.goto(site.url + "/developer/mail/")
        text = page.locator(".mail").filter(has_text=to).first.inner_text()
        page.close()
        return text

    return mail


def test_the_email_box_decides_whether_the_panel_opens_by_itself(bilal):
    desk = bilal.start(email=True)
    panel = InvitePanel(desk).is_open()
    expect(panel.dialog.get_by_label(desk.words("Recipient's email address"))).to_be_focused()

    panel.close()
    desk.reload()
    expect(panel.dialog).to_be_hidden()
    desk.end()

    desk = bilal.start(email=False)
    desk.is_live()
    expect(InvitePanel(desk).dialog).to_be_hidden()


def test_a_customer_comes_by_the_sites_mail(bilal, customers, mail, words):
    desk = bilal.start(email=True)
    panel = InvitePanel(desk).is_open()

    panel.fill_in("carol@example.com")
    panel.ok()
    panel.lists("carol@example.com", "Sent")
    expect(panel.dialog.get_by_role("status")).to_have_text(
        words("The invitation for {email} is on its way.", email="carol@example.com")
    )
    link = LINK.search(mail("carol@example.com"))[0]

    carol = by_link(customers, link)
    # A scanner that runs scripts does as much.
    carol.page.wait_for_load_state("networkidle")
    panel.lists("carol@example.com", "Sent")
    carol.page.mouse.move(40, 40)
    panel.lists("carol@example.com", "Opened")
    join(carol, "Carol")
    panel.lists("carol@example.com", "Joined")
    expect(desk.page.locator("[data-participant]").filter(has_text="Carol")).to_have_count(1)

    phone = by_link(customers, link)
    phone.page.get_by_role("button", name=words("Continue here")).click()
    phone.is_let_in()
    expect(carol.page.locator("[data-room]")).to_have_attribute("data-connection", "elsewhere")


def test_the_message_is_in_the_language_that_was_chosen(bilal, customers, mail, words):
    other = "ar" if words.language == "en" else "en"
    desk = bilal.start()
    panel = InvitePanel(desk).open()

    panel.fill_in("omar@example.com", language=other)
    panel.ok()
    panel.lists("omar@example.com", "Sent")

    page = by_link(customers, LINK.search(mail("omar@example.com"))[0]).page
    expect(page.locator("html")).to_have_attribute("lang", other)


def test_a_customer_comes_by_the_own_email_program(bilal, customers, words):
    desk = bilal.start()
    desk.page.evaluate(NO_MAIL_PROGRAM)
    panel = InvitePanel(desk).open()

    panel.fill_in("lena+help@example.com", own_program=True)
    panel.ok()

    panel.lists("lena+help@example.com", "Sent by you")
    [address] = desk.page.evaluate("opened")
    parts = urlsplit(address)
    body = parse_qs(parts.query)["body"][0]
    assert unquote(parts.path) == "lena+help@example.com"
    assert desk.number in body
    desk.is_live()
    carol = by_link(customers, LINK.search(body)[0])
    join(carol, "Lena")
    panel.lists("lena+help@example.com", "Joined")

    panel.fill_in("second@example.com", own_program=True)
    panel.ok()
    panel.lists("second@example.com", "Sent by you")
    first, second = (LINK.search(unquote(each))[0] for each in desk.page.evaluate("opened"))
    assert first != second


def test_a_wrong_address_is_told_beside_it(bilal, words, watch):
    watch.expect("status of 422")
    desk = bilal.start()
    panel = InvitePanel(desk).open()

    # Well-formed for the browser; the server knows better.
    panel.fill_in(TOO_LONG)
    panel.ok()

    field = panel.dialog.get_by_label(words("Recipient's email address"))
    expect(panel.dialog.locator("[data-error]")).not_to_be_empty()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_be_focused()
    expect(field).to_have_value(TOO_LONG)


def test_a_customer_comes_by_the_join_link(bilal, customers, words, watch):
    desk = bilal.start()
    desk.person.context.grant_permissions(["clipboard-read", "clipboard-write"])
    panel = InvitePanel(desk).open()

    panel.dialog.get_by_role("button", name=words("Copy join link"), exact=True).filter(visible=True).click()

    link = desk.page.evaluate("navigator.clipboard.readText()")
    join(by_link(customers, link), "Carol")
    expect(desk.page.locator("[data-participant]").filter(has_text="Carol")).to_have_count(1)

    panel.dialog.get_by_role("button", name=words("Renew the link")).click()
    expect(panel.dialog.locator(".invite__link").first).not_to_have_text(urlsplit(link).path)
    watch.expect("status of 404")
    refused = by_link(customers, link).page.locator("main")
    expect(refused).to_contain_text(
        words("This link does not lead to a session. Ask your representative for a new one.")
    )


def test_a_representative_comes_by_invitation(amal, bilal, mail, words):
    desk = amal.start()
    panel = InvitePanel(desk).open()

    panel.fill_in("bilal@example.com", recipient="Support Representative")
    panel.ok()
    panel.lists("bilal@example.com", "Sent")

    page = bilal.context.new_page()
    page.goto(LINK.search(mail("bilal@example.com"))[0])
    page.locator("main").get_by_role("button", name=words("Join"), exact=True).click()
    page.wait_for_url("**/sessions/**")
    panel.lists("bilal@example.com", "Joined")


def by_link(customers, link):
    stranger = customers.stranger()
    page = stranger.context.new_page()
    page.goto(link)
    return Customer(page, stranger)


def join(customer, name):
    customer.page.get_by_label(customer.words("Your name")).fill(name)
    customer.page.locator("main").get_by_role("button", name=customer.words("Join"), exact=True).click()
    customer.is_let_in()


def test_what_is_read_out_leads_whom_it_is_read_to(amal):
    """S20: a customer opens the Join page, a colleague that of Assist Session."""
    desk = amal.start()
    panel = InvitePanel(desk).open()
    way = panel.dialog.locator("section", has_text=desk.words("By phone"))
    host = urlsplit(desk.page.url).netloc
    expect(way.locator("bdi:visible").first).to_have_text(f"{host}/join")
    panel.dialog.get_by_role("radio", name=desk.words("Support Representative"), exact=True).check(force=True)
    expect(way.locator("bdi:visible").first).to_have_text(f"{host}/sessions/assist")
    said = desk.words("Ask your colleague to open this address, sign in and enter the number.")
    expect(way.locator("p:visible")).to_have_text(said)
