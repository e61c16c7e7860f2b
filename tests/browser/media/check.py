"""The connection check as its readers see it: the customer's rows, and the representatives' Participants."""

import re

from playwright.sync_api import expect

from tests.browser.people import Customer


def row(page, name):
    return page.locator(f"[data-row={name}]")


def says(page, name, text):
    expect(row(page, name)).to_contain_text(text, use_inner_text=True)


def reads(page, summary, rows):
    says(page, "summary", summary)
    page.locator("[data-check] > summary").click()
    for name, sentence in rows.items():
        says(page, name, sentence)


def is_told(desk, *concerns):
    """In a line the worst, or which browser it is; below it everything."""
    device = desk.participant("Carol").locator(".device")
    expect(device.locator("summary")).to_contain_text(concerns[0] if concerns else "Chrome")
    if not device.evaluate("device => device.open"):
        device.locator("summary").click()
    facts = device.locator("li").filter(has_not_text="Chrome").filter(has_not_text="Safari")
    wanted = concerns or ["Everything that was checked works."]
    expect(facts).to_have_text([re.compile(re.escape(concern), re.IGNORECASE) for concern in wanted])


def comes_by(proxy, cast):
    person = cast.stranger()
    person.site = proxy
    return Customer.at_the_door(person)


def deny(context):
    """Chromium denies what is not granted, once something is."""
    context.clear_permissions()
    context.grant_permissions(["geolocation"])
