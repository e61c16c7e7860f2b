"""An admin's own wording of invitations: the preview follows what is typed."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.parametrize("words", ["en"], indirect=True)
ADD = "/admin/invitations/invitationwording/add/"


@pytest.fixture
def form(new_csr):
    page = new_csr("dana").open(ADD)
    page.get_by_label("Recipient").select_option("customer")
    page.get_by_label("Language").select_option("ar")
    return page


def preview(page):
    return page.frame_locator("[data-preview-frame]")


def test_preview_follows_what_is_typed(form):
    entries = form.evaluate("history.length")
    form.get_by_label("Opening").fill("أهلًا <b>، {representative} في انتظارك")
    form.get_by_label("Closing").fill("مع التحية")

    message = preview(form).frame_locator("iframe")
    expect(message.get_by_text("في انتظارك")).to_contain_text("أهلًا <b>، ")
    form.get_by_label("Subject").focus()
    expect(message.get_by_text("مع التحية")).to_be_visible()
    # The styles are those of the message, and the direction is its language's.
    sheet = message.locator(".sheet")
    assert sheet.evaluate("(cell) => getComputedStyle(cell).direction") == "rtl"
    assert sheet.evaluate("(cell) => getComputedStyle(cell).paddingTop") == "28px"
    # Back leads to the page before.
    assert form.evaluate("history.length") == entries


def test_preview_says_what_is_wrong(form):
    form.get_by_label("Subject").fill("{representatvie}")
    form.get_by_role("button", name="Show the preview").press("Enter")

    expect(preview(form).get_by_text("There is no variable {representatvie}.")).to_be_visible()
