"""The ways of the Invite panel beside the site's mail: QR code, text message, phone, a colleague's name (S20, S21)."""

import re
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.faults import serious_faults
from tests.browser.qr_reading import texts_of_codes
from tests.browser.test_invite import InvitePanel, by_link, join

# Instead of a program for messages, which a test machine has not: the address that it would have been given.
NO_PROGRAM = """
window.opened = [];
document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href^="mailto:"], a[href^="sms:"]');
  if (!link) return;
  event.preventDefault();
  window.opened.push(link.href);
});
"""
# As the standard says: what fields hold, apart by "&", each percent-encoded; no plus stands for a space.
FIELDS = re.compile(r"^mailto:([^?]+)\?subject=([^&]*)&body=([^&]*)$")

DIGITS = {
    "en": ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
    "ar": ["صفر", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة"],
}
IS_COPIED = "(wanted) => navigator.clipboard.readText().then((text) => text === wanted)"
ANOTHER_CODE = """(drawn) => {
  const code = document.querySelector("[data-code] .qr[data-for=customer]");
  return code?.querySelector("svg") && code.innerHTML !== drawn;
}"""


@pytest.fixture
def desk(bilal):
    return bilal.start()


@pytest.fixture
def panel(desk):
    desk.page.evaluate(NO_PROGRAM)
    return InvitePanel(desk).open()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_reads_the_code_from_the_screen(desk, panel, customers, words, scheme):
    desk.page.emulate_media(color_scheme=scheme)
    code = show_code(panel)

    assert code.bounding_box()["width"] >= 320
    [link] = texts_of_codes(desk.person.context, desk.page.screenshot())
    dialog = desk.page.get_by_role("dialog", name=words("Scan to join"))
    expect(dialog).to_contain_text(desk.number)
    expect(dialog.locator("bdi:visible").first).to_have_text(f"{urlsplit(desk.page.url).netloc}/join")
    assert serious_faults(desk.page) == []
    join(by_link(customers, link), "Carol")

    desk.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(panel.dialog).to_be_visible()
    expect(panel.dialog.get_by_role("button", name=words("QR code"))).to_be_focused()


def test_the_code_is_small_enough_for_a_phone_and_large_enough_for_another(desk, panel):
    desk.page.set_viewport_size({"width": 390, "height": 844})

    assert show_code(panel).bounding_box()["width"] >= 320
    assert len(texts_of_codes(desk.person.context, desk.page.screenshot())) == 1
    assert desk.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_code_changes_with_the_link(desk, panel, words):
    code = show_code(panel)
    [before] = texts_of_codes(desk.person.context, desk.page.screenshot())
    drawn = code.inner_html()
    # By its form: the dialog lies over the button.
    desk.page.evaluate("form => form.requestSubmit()", form_of(panel, words("Renew the link")))
    desk.page.wait_for_function(ANOTHER_CODE, arg=drawn)

    [after] = texts_of_codes(desk.person.context, desk.page.screenshot())

    assert before != after


def test_the_choice_at_the_top_holds_for_the_code(desk, panel, words):
    panel.dialog.get_by_role("radio", name=words("Support Representative"), exact=True).check(force=True)
    show_code(panel)

    with desk.page.expect_popup() as opened:
        desk.page.get_by_role("link", name=words("Print")).filter(visible=True).click()
    sheet = opened.value
    sheet.wait_for_load_state()
    expect(sheet.get_by_role("button", name=words("Print"))).to_be_visible()
    [shown] = texts_of_codes(desk.person.context, desk.page.screenshot())
    [printed] = texts_of_codes(desk.person.context, sheet.screenshot(full_page=True))
    assert [urlsplit(link).path[:30] for link in (shown, printed)] == [urlsplit(shown).path[:30]] * 2
    assert serious_faults(sheet) == []
    sheet.emulate_media(media="print", color_scheme="dark")
    expect(sheet.get_by_role("button", name=words("Print"))).to_be_hidden()
    assert texts_of_codes(desk.person.context, sheet.screenshot(full_page=True)) == [printed]
    sheet.close()
    desk.is_live()


def test_the_link_is_switched_off_and_on_again(desk, panel, customers, words, watch):
    link = panel.dialog.locator(".invite__link:visible").inner_text()
    panel.dialog.get_by_role("button", name=words("Switch the link off")).click()
    expect(panel.dialog).to_contain_text(words("The session number and personal invitations still work."))
    expect(panel.dialog.get_by_role("button", name=words("QR code"))).to_have_count(0)
    watch.expect("status of 403")
    refused = by_link(customers, link).page.locator("main")
    expect(refused).to_contain_text(
        words("This link has been switched off. Ask your representative for another way in.")
    )
    customers.join(desk.number)

    panel.dialog.get_by_role("button", name=words("Switch the link on")).click()
    expect(panel.dialog.locator(".invite__link:visible")).to_be_visible()
    expect(by_link(customers, link).page.get_by_label(words("Your name"))).to_be_visible()


def test_a_text_message_opens_with_the_link_last(desk, panel, words):
    phone = panel.dialog.get_by_label(words("Mobile number"))
    phone.fill("0044 7700-900123")
    phone.press("Enter")

    [address] = desk.page.evaluate("opened")
    assert address.startswith("sms:+447700900123?&body=")
    text = parse_qs(urlsplit(address).query)["body"][0]
    assert desk.number in text
    assert text.split()[-1].startswith(desk.person.site.url + "/join/")
    assert len(text) < 400

    phone.fill("call me")
    phone.press("Enter")
    expect(phone).to_have_attribute("aria-invalid", "true")
    expect(phone).to_be_focused()
    expect(panel.dialog.locator("[data-phone-error]")).to_have_text(
        words("This is not a phone number. Begin with + and the country code.")
    )
    assert len(desk.page.evaluate("opened")) == 1


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_own_program_gets_what_can_be_copied_instead(desk, panel, words, language):
    desk.person.context.grant_permissions(["clipboard-read", "clipboard-write"])
    panel.fill_in("lena+help@example.com", own_program=True, language=language)
    panel.dialog.get_by_label(words("Recipient's email address")).press("Enter")

    [address] = desk.page.evaluate("opened")
    to, subject, body = (unquote(part) for part in FIELDS.match(address).groups())
    assert len(address.encode()) < 1900
    assert to == "lena+help@example.com"
    assert "\r\n" in body
    assert "\n" not in body.replace("\r\n", "")
    assert ("الجلسة" in body) == (language == "ar")
    said = words("Did nothing open? Copy the invitation and paste it into your email.")
    expect(panel.dialog.get_by_text(said)).to_be_visible()
    text = body.replace("\r\n", "\n")
    for label, wanted in {
        "Copy the invitation": f"{subject}\n\n{text}",
        "Copy the address": to,
        "Copy the subject": subject,
        "Copy the text": text,
    }.items():
        panel.dialog.get_by_role("button", name=words(label), exact=True).click()
        desk.page.wait_for_function(IS_COPIED, arg=wanted)


def test_all_ways_are_seen_at_once(desk, panel, words):
    desk.page.set_viewport_size({"width": 1440, "height": 900})
    dialog = panel.dialog
    seen = [
        dialog.locator("[data-code-here] .qr:visible"),
        dialog.locator(".invite__link:visible"),
        dialog.locator(".invite__spoken .invite__number"),
        dialog.get_by_label(words("Recipient's email address")),
        dialog.get_by_role("button", name=words("OK"), exact=True),
    ]
    for each in seen:
        expect(each).to_be_in_viewport(ratio=1)
    expect(dialog.locator(".invite__address:visible").first).to_have_text(re.compile(r"/join$"))
    dialog.get_by_role("radio", name=words("Support Representative"), exact=True).check(force=True)
    expect(dialog.locator(".invite__spoken .invite__address:visible")).to_have_text(re.compile(r"/sessions/assist$"))


def test_the_number_is_said_in_the_language_of_the_invitation(desk, panel, words):
    said = panel.dialog.locator(".invite__words:visible")
    panel.unfold_options()
    language = panel.dialog.get_by_label(words("Language of the invitation"))

    for each, pause in (("en", ", "), ("ar", "، ")):
        language.select_option(each)
        groups = [" ".join(DIGITS[each][int(digit)] for digit in group) for group in desk.number.split()]
        expect(said).to_have_text(pause.join(groups))


def test_a_colleague_is_found_by_name_and_invited_by_keyboard(desk, panel, amal, words):
    field = panel.dialog.get_by_label(words("Recipient's email address"))
    field.press_sequentially("amal")
    expect(suggested(panel)).to_have_count(0)
    field.fill("")
    choose_representative(panel, words)
    field.press_sequentially("ama")
    option = (
        panel.dialog.locator("[data-suggested]")
        .get_by_role("option", include_hidden=True)
        .filter(has_text="amal@example.org")
    )
    expect(option).to_be_visible()
    assert serious_faults(desk.page) == []

    field.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == option.get_attribute("id")
    field.press("Enter")
    expect(field).to_have_value("amal@example.org")
    expect(option).to_be_hidden()
    field.press("Enter")

    expect(panel.dialog.get_by_role("listitem").filter(has_text="amal@example.org")).to_have_count(1)
    field.fill("amal@example.org")
    known = words("This address is in the list of invitations below.")
    expect(panel.dialog.locator("[data-known]")).to_have_text(known)


def test_escape_closes_the_suggestions_and_not_the_panel(desk, panel, words):
    choose_representative(panel, words)
    field = panel.dialog.get_by_label(words("Recipient's email address"))
    field.press_sequentially("a")
    expect(panel.dialog.get_by_role("listbox")).to_be_visible()

    field.press("Escape")

    expect(panel.dialog.get_by_role("listbox")).to_be_hidden()
    expect(panel.dialog).to_be_visible()
    expect(field).to_have_value("a")
    field.press("Escape")
    expect(panel.dialog).to_be_hidden()


def test_one_who_is_here_is_named_before_an_invitation_is_sent(desk, panel, faris, words):
    faris.assist(desk.number)
    choose_representative(panel, words)
    field = panel.dialog.get_by_label(words("Recipient's email address"))

    field.press_sequentially("faris")
    option = (
        panel.dialog.locator("[data-suggested]")
        .get_by_role("option", include_hidden=True)
        .filter(has_text="faris@example.org")
    )
    expect(option).to_contain_text(words("in this session"))
    option.click()

    expect(field).to_be_focused()
    expect(panel.dialog.locator("[data-known]")).to_contain_text(re.compile(r"\S"))


def suggested(panel):
    return panel.dialog.locator("[data-suggested] [role=option]")


def choose_representative(panel, words):
    panel.dialog.get_by_role("radio", name=words("Support Representative"), exact=True).check(force=True)


def show_code(panel):
    panel.dialog.get_by_role("button", name=panel.words("QR code"), exact=True).click()
    code = (
        panel.page.locator("[data-code]")
        .get_by_role("img", name=panel.words("QR code of the join link"))
        .filter(visible=True)
    )
    expect(code).to_be_visible()
    return code


def form_of(panel, words):
    return panel.dialog.get_by_role("button", name=words).locator("xpath=ancestor::form").element_handle()
