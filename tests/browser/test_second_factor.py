"""Second factors in a browser with an authenticator of its own (E70): a person adds and uses them."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.people import Csr
from tests.browser.site import PASSWORD
from tests.factors import code_of

SARA = """
from supportcenter.accounts.models import CsrPrivileges, SitePolicy, User
User.objects.filter(username="sara").delete()
rights = dict(is_staff=True, is_superuser=True)
sara = User.objects.create_user("sara", "sara@support.test", {password!r}, language={language!r}, **rights)
CsrPrivileges.objects.create(user=sara)
SitePolicy.objects.update(setup_hidden=True)
"""
NO_SARA = """
from supportcenter.accounts.models import SitePolicy, User
User.objects.filter(username="sara").delete()
SitePolicy.objects.update(setup_hidden=False)
"""


class Named:
    """The site by the name of this computer: browsers have no passkeys for numbers."""

    def __init__(self, site):
        self.url = site.url.replace("127.0.0.1", "localhost")


@pytest.fixture
def sara(site, new_context, words):
    """An administrator with nothing but a password, whose browser is signed out."""
    site.run(SARA.format(password=PASSWORD, language=words.language))
    sara = Csr(new_context(locale=words.locale), Named(site), words, "sara")
    yield sara
    # Else a page of hers that has just come may note that it is there when she is not.
    sara.context.close()
    site.run(NO_SARA)


@pytest.fixture
def has_device(sara):
    """Pages of hers have a device that knows her, as a phone or a laptop does; what it keeps is the page's alone."""

    def has_device(page):
        session = sara.context.new_cdp_session(page)
        session.send("WebAuthn.enable")
        device = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
        asked = {"options": {**device, "isUserVerified": True, "automaticPresenceSimulation": True}}
        session.send("WebAuthn.addVirtualAuthenticator", asked)
        return page

    return has_device


def press(page, name):
    page.locator("main").get_by_role("button", name=name, exact=True).click()


def follow(page, name):
    page.locator("main").get_by_role("link", name=name, exact=True).click()


def sign_out(page):
    page.locator(".navbar__person").click()
    page.locator("#person-menu [data-signs-out] button").click()
    expect(page.locator(".navbar--signed-in")).to_have_count(0)


def add_app(page, words):
    """Return the secret of the app."""
    page.goto(re.sub(r"(//[^/]+).*", r"\1/accounts/2fa/app/", page.url))
    secret = page.locator("main code").inner_text()
    page.get_by_label(words("Code"), exact=True).fill(code_of(secret))
    press(page, words("Set up"))
    page.wait_for_url(re.compile(r"/codes/$"))
    return secret


def test_passkey_is_added_and_signs_in_alone(sara, has_device, words):
    page = has_device(sara.open("/accounts/login/"))
    sara.fill_in_sign_in(page)
    page.wait_for_url(sara.site.url + "/")
    page.goto(sara.site.url + "/accounts/2fa/")
    follow(page, words("Add a passkey or security key"))
    page.get_by_label(words("Name"), exact=True).fill("Laptop")
    press(page, words("Continue"))
    page.wait_for_url(re.compile(r"/codes/$"))
    expect(page.locator("main li code")).to_have_count(10)
    follow(page, words("I have kept them"))
    expect(page.get_by_text("Laptop", exact=True).first).to_be_visible()

    sign_out(page)
    page.goto(sara.site.url + "/accounts/login/?next=/sessions/start/")
    press(page, words("Sign in with a passkey"))
    page.wait_for_url(sara.site.url + "/sessions/start/")

    page.goto(sara.site.url + "/accounts/2fa/")
    page.locator("main").get_by_role("link", name=re.compile("^" + words("Rename"))).click()
    page.get_by_label(words("Name"), exact=True).fill("Old laptop")
    press(page, words("Save"))
    expect(page.get_by_text("Old laptop", exact=True).first).to_be_visible()


def test_device_that_gives_up_is_told_and_may_try_again(sara, has_device, words):
    page = has_device(sara.open("/accounts/login/"))
    press(page, words("Sign in with a passkey"))
    expect(page.get_by_text(words("That did not work. Try again, or use another way."))).to_be_visible()
    sara.fill_in_sign_in(page)
    page.wait_for_url(sara.site.url + "/")


def test_security_key_is_asked_for_after_the_password(sara, has_device, words):
    page = has_device(sara.open("/accounts/login/"))
    sara.fill_in_sign_in(page)
    page.wait_for_url(sara.site.url + "/")
    page.goto(sara.site.url + "/accounts/2fa/keys/add/")
    page.get_by_label(words("Sign in with it alone"), exact=True).uncheck()
    press(page, words("Continue"))
    page.wait_for_url(re.compile(r"/codes/$"))

    sign_out(page)
    page.goto(sara.site.url + "/accounts/login/")
    sara.fill_in_sign_in(page)
    page.wait_for_url(re.compile(r"/authenticate/$"))
    press(page, words("Use a passkey or security key"))
    page.wait_for_url(sara.site.url + "/")


def test_code_and_recovery_code_let_in(sara, words):
    sara.sign_in()
    page = sara.open("/accounts/2fa/")
    secret = add_app(page, words)
    recovery = page.locator("main li code").first.inner_text()
    for code in (code_of(secret, steps=1), recovery):
        sign_out(page)
        page.goto(sara.site.url + "/accounts/login/")
        sara.fill_in_sign_in(page)
        page.wait_for_url(re.compile(r"/authenticate/$"))
        page.get_by_label(words("Code"), exact=True).fill(code)
        press(page, words("Sign in"))
        page.wait_for_url(sara.site.url + "/")
    sign_out(page)
    page.goto(sara.site.url + "/accounts/login/")
    sara.fill_in_sign_in(page)
    page.get_by_label(words("Code"), exact=True).fill(recovery)
    press(page, words("Sign in"))
    expect(page.get_by_text(words("That was not right. Try again."))).to_be_visible()
