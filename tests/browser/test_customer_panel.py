"""Who a customer is, for staff: the panel, "been here before", and the earlier session one click away (E62)."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.people import Customer
from tests.browser.webacd import NOBODY_WAITS, Inbox, come_to, is_helped

EMAIL = "carol.again@example.org"
# What is over was a day ago: the clock of the data moves, not ours.
YESTERDAY = """
from datetime import timedelta
from django.db.models import F
from sessions_app.models import Participant, SupportSession
day = timedelta(days=1)
SupportSession.objects.exclude(ended_at=None).update(started_at=F("started_at") - day, ended_at=F("ended_at") - day)
Participant.objects.exclude(session__ended_at=None).update(joined_at=F("joined_at") - day, left_at=F("left_at") - day)
"""
# Nobody of an earlier test was here before.
FORGET = "from sessions_app.models import Participant; Participant.objects.update(email='', browser_hash='')"


@pytest.fixture(autouse=True)
def parts_that_are_gone(watch):
    """A person who has just left a session may still ask for a part of its page."""
    watch.expect(r"status of 4(09|10)")


@pytest.fixture(autouse=True)
def nobody_was_here(site):
    tag = "from sessions_app.models import Tag; Tag.objects"
    site.run(FORGET + f"\n{tag}.create(name='Printers', name_ar='Printers')")
    yield
    site.run(FORGET + f"\n{tag}.all().delete()" + NOBODY_WAITS)


@pytest.fixture
def inbox(bilal):
    """Bilal is at work, and goes home at the end."""
    inbox = Inbox(bilal)
    yield inbox
    bilal.end_whatever_runs()
    inbox.page = bilal.open("/webacd/inbox/")
    inbox.close()


def panel(desk):
    desk.page.get_by_role("tab", name=desk.words("Customer"), exact=True).click()
    shown = desk.page.get_by_role("tabpanel", name=desk.words("Customer"), exact=True)
    expect(shown.locator(".about")).to_be_visible()
    return shown


def keep_note(desk, text):
    page, words = desk.page, desk.words
    page.get_by_role("tab", name=words("Notes")).click()
    notes = page.locator("[data-notes]:not([hidden])")
    notes.get_by_role("heading", name=words("Tracking and tags")).click()
    notes.get_by_text("Printers").click()
    notes.get_by_role("button", name=words("Save"), exact=True).click()
    expect(notes.locator(".case-facts")).to_contain_text("Printers")
    notes.get_by_role("textbox", name=words("Note"), exact=True).fill(text)
    notes.get_by_role("button", name=words("Add note")).click()
    expect(notes.get_by_role("listitem").filter(has_text=text)).to_have_count(1)


def joins(person, desk, name="Carol", email=""):
    customer = Customer.at_the_door(person)
    customer.fill_in(desk.number, name, email)
    return customer.is_let_in()


def test_answers_stay_and_the_next_day_everything_is_one_click_away(bilal, inbox, customers, words, site):
    stranger = customers.stranger()
    waiting = come_to(stranger, about="The printer blinks twice")
    expect(inbox.offer).to_contain_text("Carol")
    desk = inbox.accept()
    is_helped(stranger, waiting).is_live()
    shown = panel(desk)
    expect(shown).to_contain_text("The printer blinks twice")
    expect(shown).to_contain_text(words("Time waited"))
    expect(shown.locator("[data-time=there]")).to_have_text(re.compile(r"^\d\d:\d\d$"))
    expect(shown.get_by_text(words("Been here before"))).to_have_count(0)
    keep_note(desk, "Cable was loose")
    key = desk.key
    desk.end()
    record = bilal.open(f"/sessions/{key}/record/")
    expect(record.get_by_role("region", name=words("Customer"), exact=True)).to_contain_text("Carol")
    said = record.get_by_role("region", name=words("Request details"), exact=True)
    expect(said).to_contain_text("The printer blinks twice")
    record.close()
    # The queue of the tests asks for no address.
    site.run(
        f"{YESTERDAY}Participant.objects.filter(session__key='{key}', kind='customer').update(email='{EMAIL.upper()}')"
    )

    desk = bilal.start()
    joins(customers.stranger(), desk, email=EMAIL).is_live()
    expect(desk.participant("Carol")).to_contain_text(words("Been here before"))
    desk.page.keyboard.press("Escape")
    shown = panel(desk)
    expect(shown.get_by_text(words("Been here before"))).to_be_visible()
    earlier = shown.locator(".earlier")
    expect(earlier).to_contain_text("Printers")
    expect(earlier).to_contain_text(words("same email, not confirmed"))
    with desk.page.context.expect_page() as opened:
        earlier.get_by_role("link").click()
    opened.value.wait_for_load_state()
    expect(opened.value).to_have_url(re.compile(f"/sessions/{key}/record/"))
    expect(opened.value.get_by_text("Cable was loose")).to_be_visible()
    opened.value.close()
    desk.is_live()


def test_remembered_browser_is_known_with_another_address_and_without_consent_it_is_not(bilal, customers, words, site):
    chooses, declines = customers.stranger(), customers.stranger()
    desk = bilal.start()
    first, second = joins(chooses, desk, email="one@example.org"), joins(declines, desk, "Dave", "two@example.org")
    for each in (first, second):
        each.is_live()
    desk.end()
    first.is_thanked()
    first.page.get_by_role("button", name=words("Remember this browser"), exact=True).click()
    expect(first.page.get_by_role("button", name=words("Forget this browser"), exact=True)).to_be_visible()
    second.is_thanked()
    site.run(YESTERDAY)

    desk = bilal.start()
    again = joins(chooses, desk, "C. L.", "three@example.org")
    again.is_live()
    joins(declines, desk, "Dave", "four@example.org").is_live()
    expect(desk.participant("C. L.")).to_contain_text(words("Been here before"))
    expect(desk.participant("Dave")).not_to_contain_text(words("Been here before"))
    desk.page.keyboard.press("Escape")
    expect(panel(desk)).to_contain_text(words("same browser"))
    expect(again.page.get_by_text(words("Been here before"))).to_have_count(0)

    desk.end()
    again.is_thanked()
    again.page.get_by_role("button", name=words("Forget this browser"), exact=True).click()
    expect(again.page.get_by_role("button", name=words("Remember this browser"), exact=True)).to_be_visible()
    desk = bilal.start()
    joins(chooses, desk, "C. L.", "five@example.org").is_live()
    expect(desk.participant("C. L.")).not_to_contain_text(words("Been here before"))
