"""While strangers guess, honest people are let in after a moment, by keyboard and reader alike (E37)."""

import shutil

import pytest
from playwright.sync_api import expect

from supportcenter.accounts.sign_in_limits import FREE_OF_ADDRESS
from tests.browser.people import Customer
from tests.browser.site import PASSWORD, Site

WORKING = "Many attempts are being made at the moment. Your browser is doing a short check. Then it goes on by itself."
READY = "Your browser has done the check. Complete the form and press the button."
NO_DIGESTS = "Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined })"


@pytest.fixture
def guessed(admin_decides, customers, words, watch):
    """A stranger has typed a wrong number, and one a minute is what the site takes."""
    watch.expect("status of 404", "status of 429")
    admin_decides(joins_site_wide=1)
    stranger = Customer.at_the_door(customers.stranger())
    stranger.fill_in("000 000 000", "Mallory")
    expect(stranger.page.get_by_label(words("Session number"))).to_have_attribute("aria-invalid", "true")


@pytest.fixture
def desk(bilal):
    return bilal.start()


@pytest.mark.usefixtures("guessed")
def test_customer_is_let_in_without_doing_anything(desk, customers):
    customers.join(desk.number, "Carol")
    expect(desk.participant("Carol")).to_be_visible()


@pytest.mark.usefixtures("guessed")
def test_customer_is_let_in_by_the_keyboard_alone(desk, customers, words):
    carol = Customer.at_the_door(customers.stranger())
    carol.page.get_by_label(words("Session number")).fill(desk.number)
    carol.page.get_by_label(words("Your name")).fill("Carol")
    carol.page.keyboard.press("Enter")
    carol.is_let_in()


@pytest.mark.usefixtures("guessed")
def test_representative_is_not_slowed_down(desk, faris):
    faris.assist(desk.number)


@pytest.mark.usefixtures("guessed")
def test_where_the_browser_calculates_nothing_the_page_waits_and_says_so(desk, customers, words):
    carol = Customer.at_the_door(customers.stranger())
    carol.page.add_init_script(NO_DIGESTS)
    carol.fill_in(desk.number, "Carol")
    expect(carol.page.get_by_role("status").filter(has_text=words(WORKING))).to_be_visible()
    expect(carol.page.get_by_label(words("Your name"))).to_have_value("Carol")


@pytest.mark.usefixtures("guessed")
def test_without_scripts_the_page_says_how_long_to_wait(desk, new_context, site, words):
    context = new_context(java_script_enabled=False, locale=words.locale)
    page = context.new_page()
    page.goto(f"{site.url}/join/")
    page.get_by_label(words("Session number")).fill(desk.number)
    page.get_by_label(words("Your name")).fill("Carol")
    page.locator("main").get_by_role("button", name=words("Join"), exact=True).click()
    expect(page.locator("[data-challenge]")).to_contain_text("15")
    expect(page.get_by_label(words("Session number"))).not_to_have_attribute("aria-invalid", "true")


@pytest.fixture(scope="module")
def attacked(folder_with_people, tmp_path_factory):
    """A site of its own: failures there slow down everybody of this address."""
    with Site(shutil.copytree(folder_with_people, tmp_path_factory.mktemp("attacked") / "data")) as site:
        yield site


def test_representative_signs_in_though_a_neighbour_has_failed_often(attacked, new_context, words, watch):
    context = new_context(locale=words.locale)
    page = context.new_page()
    page.goto(f"{attacked.url}/accounts/login/")
    token = next(each["value"] for each in context.cookies() if each["name"] == "csrftoken")
    for number in range(FREE_OF_ADDRESS):
        form = {"login": f"nobody{number}", "password": "wrong", "csrfmiddlewaretoken": token}
        context.request.post(f"{attacked.url}/accounts/login/", form=form)

    sign_in(page, words)
    expect(page.get_by_role("status").filter(has_text=words(READY))).to_be_visible()
    sign_in(page, words)
    page.wait_for_url(f"{attacked.url}/")


def sign_in(page, words):
    page.get_by_label(words("Username"), exact=True).fill("amal")
    page.get_by_label(words("Password"), exact=True).fill(PASSWORD)
    page.locator("main").get_by_role("button", name=words("Sign in"), exact=True).click()
