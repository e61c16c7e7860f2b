"""The conversation for the customer (E67): saved and read, and sent by the representative, over a real mail server."""

import asyncio
import shutil
from threading import Event

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PATIENCE, SignedIn
from tests.browser.site import Site
from tests.mail_server import MailServer

ADDRESS = "carol@example.com"
NOTE = "Third call this week"
MARK = "\u2068"


class HesitantServer(MailServer):
    """It takes a message once it is told to."""

    def __init__(self):
        super().__init__()
        self.may_take = Event()

    async def handle_DATA(self, server, session, envelope):
        await asyncio.to_thread(self.may_take.wait, PATIENCE / 1000)
        return await super().handle_DATA(server, session, envelope)


@pytest.fixture(scope="module")
def server():
    server = HesitantServer()
    server.start()
    yield server
    server.may_take.set()
    server.stop()


@pytest.fixture(scope="module")
def site(folder_with_people, tmp_path_factory, server):
    folder = shutil.copytree(folder_with_people, tmp_path_factory.mktemp("transcript") / "data")
    with Site(folder, EMAIL_URL=f"smtp://127.0.0.1:{server.port}") as site:
        yield site


@pytest.fixture(scope="module")
def signed_in(site, browser):
    return SignedIn(site, browser)


@pytest.fixture
def talked(bilal, customers):
    """Bilal and Carol have talked, a note is kept, and the session is over: the pages that both have then."""
    desk = bilal.start()
    carol = customers.join(desk.number)
    carol.is_live()
    carol.say("It does not print")
    desk.hears("It does not print")
    desk.say("هل الطابعة تعمل؟")
    carol.hears("هل الطابعة تعمل؟")
    desk.page.get_by_role("tab", name=desk.words("Notes")).click()
    panel = desk.page.locator("[data-notes]:not([hidden])")
    panel.get_by_role("textbox", name=desk.words("Note"), exact=True).fill(NOTE)
    panel.get_by_role("button", name=desk.words("Add note")).click()
    expect(panel.get_by_role("listitem").filter(has_text=NOTE)).to_have_count(1)
    desk.end()
    carol.is_thanked()
    return desk.page, carol.page


def test_the_customer_saves_and_reads_it(talked, words):
    _desk, page = talked
    with page.expect_download() as started:
        page.get_by_role("link", name=words("Save the conversation")).click()
    assert started.value.suggested_filename.startswith("conversation-")
    text = started.value.path().read_text("utf-8")
    assert "    It does not print\n" in text
    assert "    هل الطابعة تعمل؟\n" in text
    assert words("The conversation of your support session") in text
    assert NOTE not in text
    assert (f"{MARK}Carol" in text) == (words.language == "ar")

    receipt = page.get_by_role("region", name=words("Receipt of your support session"))
    said = receipt.get_by_text("It does not print")
    expect(said).to_be_hidden()
    # Folded, it is not printed.
    page.emulate_media(media="print")
    expect(receipt.get_by_text(words("Conversation"), exact=True)).to_be_hidden()
    page.emulate_media(media="screen")
    receipt.get_by_text(words("Conversation"), exact=True).focus()
    page.keyboard.press("Enter")
    expect(said).to_be_visible()
    page.emulate_media(media="print")
    expect(said).to_be_visible()
    page.emulate_media(media="screen")
    # Her address was never confirmed, so nothing is offered to be sent to it.
    expect(receipt.get_by_text("@")).to_have_count(0)


def test_the_representative_sends_it_and_reads_when_it_is_sent(talked, words, server, watch):
    watch.expect("status of 422")
    server.may_take.clear()
    page, _carol = talked
    sending = page.get_by_role("region", name=words("Conversation"), exact=True)
    sending.get_by_text(words("Send the conversation to the customer")).focus()
    page.keyboard.press("Enter")
    field = sending.get_by_label(words("Email address"))
    field.fill("carol@")
    field.press("Enter")
    expect(sending.locator(".errorlist")).to_be_visible()
    field.fill(ADDRESS)
    field.press("Enter")
    row = sending.locator(".transcript__sent").filter(has_text=ADDRESS)
    expect(row).to_contain_text(words("Queued"))

    # Seconds may pass: the server has not taken it, so no page says that it was sent.
    page.reload()
    expect(row).to_contain_text(words("Queued"))
    before = len(server.messages)
    server.may_take.set()

    page.wait_for_function(
        "(sent) => fetch(location.href).then((answer) => answer.text()).then((page) => page.includes(sent))",
        arg=f"<strong>{words('Sent')}</strong>",
    )
    page.reload()
    expect(row).to_contain_text(words("Sent"))
    message = server.messages[before]
    assert message["To"] == ADDRESS
    assert message["Content-Language"] == words.language
    (part,) = message.iter_attachments()
    text = part.get_content()
    assert "It does not print" in text
    assert NOTE not in text
    assert NOTE not in message.get_body(("plain",)).get_content()

    page.get_by_role("link", name=words("Session record")).click()
    kept = page.get_by_role("region", name=words("Participants"), exact=True)
    expect(kept.locator(".transcript__sent").filter(has_text=ADDRESS)).to_contain_text(words("Sent"))
