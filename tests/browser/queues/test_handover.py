"""Who gets a session, or comes to help, reads first how it came and what was done, and asks the customer nothing again.

Nothing of it reaches the customer.
"""

import re

from playwright.sync_api import expect

from tests.browser.faults import serious_faults
from tests.browser.webacd import come_to, is_helped, open_transfer

ABOUT, MESSAGE, NOTE = "It says error 7", "She is in a hurry", "The cable is new"
SECRETS = (MESSAGE, NOTE, "What was tried", "ما تمت تجربته")


def block(desk):
    """It stands above the tabs of the drawer."""
    return desk.page.locator("[data-handover-place]:visible")


def mark(desk):
    return desk.page.locator("[data-notes-news]")


def tells(place, *parts):
    for part in parts:
        expect(place).to_contain_text(part)


def frames_of(page):
    """Every frame that comes from now on."""
    seen = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: seen.append(str(frame))))
    page.reload()
    return seen


def declines_a_request(desk, carol, words):
    desk.page.get_by_role("tab", name=words("Desktop"), exact=True).click()
    desk.page.get_by_role("button", name=words("View customer's desktop"), exact=True).click()
    carol.page.get_by_role("button", name=words("Decline"), exact=True).click()
    expect(carol.page.get_by_role("alertdialog")).to_have_count(0)


def writes_a_note(desk, words):
    desk.page.get_by_role("tab", name=words("Notes"), exact=True).click()
    panel = desk.page.locator("[data-notes]:not([hidden])")
    panel.get_by_role("textbox", name=words("Note"), exact=True).fill(NOTE)
    panel.get_by_role("button", name=words("Add note")).click()
    expect(panel.get_by_role("listitem").filter(has_text=NOTE)).to_have_count(1)


def transfers(desk, words, name):
    dialog = open_transfer(desk)
    dialog.get_by_role("tab", name=words("Agents"), exact=True).click()
    dialog.get_by_role("checkbox", name=name).check()
    dialog.get_by_label(words("Personal message"), exact=True).fill(MESSAGE)
    dialog.get_by_role("button", name=words("Transfer now"), exact=True).click()


def test_who_gets_a_session_reads_first_what_was_said_and_done(amal, bilal, faris, customers, words, at_work, watch):
    at_work(bilal, "Away")
    first = at_work(amal)
    stranger = customers.stranger()
    waiting = come_to(stranger, about=ABOUT)
    desk = first.accept()
    carol = is_helped(stranger, waiting)
    desk.is_live()
    taken = block(desk)
    expect(taken.get_by_role("heading", name=words("Request details"))).to_be_visible()
    tells(taken, words("Accepted from the queue"), "Carol", ABOUT, words("Time waited"), words("Why you?"))
    frames = frames_of(carol.page)
    carol.is_live()
    desk.reload()
    expect(taken.get_by_text(ABOUT)).to_be_visible()

    declines_a_request(desk, carol, words)
    writes_a_note(desk, words)
    # It is one's own.
    expect(mark(desk)).to_be_hidden()
    second = at_work(bilal)
    transfers(desk, words, "Bilal Nasser")
    other = second.accept()
    other.is_live()

    handed = block(other)
    said = (
        *(words("Session transferred"), "Amal Haddad", MESSAGE, ABOUT, words("Time waited"), NOTE),
        *(words("What was tried"), words("View customer's desktop"), words("it was declined")),
    )
    expect(handed.get_by_role("heading", name=words("Handover"))).to_be_visible()
    tells(handed, *said)
    assert serious_faults(other.page) == []
    notice = other.page.locator("[data-control-notice]")
    expect(notice).to_contain_text("Amal Haddad")
    expect(mark(other)).to_be_visible()
    other.reload()
    expect(handed.get_by_text(MESSAGE)).to_be_visible()
    tells(handed, *said)
    expect(notice).to_contain_text("Amal Haddad")
    expect(mark(other)).to_be_visible()

    # A press leads to all notes; then they have been seen.
    handed.get_by_role("button", name=words("All notes")).click()
    expect(other.page.locator("[data-notes]:not([hidden])").get_by_text(NOTE)).to_be_visible()
    expect(mark(other)).to_be_hidden()
    other.page.get_by_role("tab", name=words("Chat"), exact=True).click()
    notice.get_by_role("button", name=words("Close")).click()
    handed.locator("summary").click()
    expect(handed.get_by_text(MESSAGE)).to_be_hidden()
    other.reload()
    expect(handed.get_by_role("heading", name=words("Handover"))).to_be_visible()
    expect(handed.get_by_text(MESSAGE)).to_be_hidden()
    expect(mark(other)).to_be_hidden()
    expect(notice).to_be_hidden()

    assistant = faris.assist(other.number)
    assistant.is_live()
    tells(block(assistant), words("Joined to assist"), "Bilal Nasser", ABOUT, NOTE, words("What was tried"))
    expect(mark(assistant)).to_be_visible()
    # Who was there reads nothing new.
    tells(handed, words("Session transferred"))

    carol.say("Are you still there?")
    other.hears("Are you still there?")
    other.end()
    carol.is_thanked()
    page = other.page
    page.get_by_role("link", name=words("Session record")).click()
    kept = page.get_by_role("region", name=words("Handover"))
    tells(kept, words("Accepted from the queue"), words("Joined to assist"), *said)
    expect(kept.get_by_text(MESSAGE)).to_have_count(1)
    assert any("Are you still there?" in each for each in frames)
    for secret in SECRETS:
        assert not any(secret in each for each in frames)
        expect(carol.page.locator("body")).not_to_contain_text(secret)


def test_block_leaves_room_for_the_conversation_on_a_phone(amal, customers, words, at_work):
    first = at_work(amal)
    stranger = customers.stranger()
    waiting = come_to(stranger, about="A long story. " * 60)
    desk = first.accept()
    is_helped(stranger, waiting)
    for width, height in ((390, 844), (844, 390), (1440, 900)):
        desk.page.set_viewport_size({"width": width, "height": height})
        expect(block(desk).get_by_text(re.compile("A long story"))).to_be_visible()
        expect(desk.message).to_be_visible()
        tall = block(desk).bounding_box()["height"]
        assert tall <= height * 0.4, (width, height, tall)
        assert desk.chat.bounding_box()["height"] >= 60, (width, height)
