"""Two browsers of one person: what one signs out leads to the sign-in page at once, says why, and comes back (E71)."""

from urllib.parse import unquote

import pytest
from playwright.sync_api import expect

from tests.browser.people import Csr
from tests.browser.site import PASSWORD

NOUR = """
from supportcenter.accounts.models import CsrPrivileges, User
from webacd.models import Agent
user, created = User.objects.get_or_create(username="nour", defaults={"first_name": "Nour", "language": "en"})
if created:
    user.set_password("correct horse battery")
    user.save()
    CsrPrivileges.objects.create(user=user, multi_session=True)
    Agent.objects.create(user=user)
"""


# As if all of Nour's sign-ins had begun so many seconds earlier.
LONG_AGO = """
from allauth.usersessions.models import UserSession
from supportcenter.accounts.session_store import SessionStore
for key in UserSession.objects.filter(user__username="nour").values_list("session_key", flat=True):
    store = SessionStore(key)
    store["signed_in_at"] -= {seconds}
    store["account_authentication_methods"] = [
        {{**one, "at": one["at"] - {seconds}}} for one in store["account_authentication_methods"]
    ]
    store.save()
"""


@pytest.fixture
def nour(site, new_context, words, csrs):
    """Somebody who signs in by the page, each time: signing out everywhere would sign out other tests' people."""
    site.run(NOUR)

    def nour():
        csr = Csr(new_context(locale=words.locale), site, words, "nour")
        csr.sign_in()
        csrs.append(csr)
        return csr

    return nour


def sign_out_others(csr):
    page = csr.open("/accounts/sign-ins/")
    page.get_by_role("button", name=csr.words("Sign out all other devices"), exact=True).click()
    expect(page.locator(".sign-in")).to_have_count(1)


def is_led_to_sign_in(page, csr, back):
    page.wait_for_url(lambda url: unquote(url).endswith(f"/accounts/login/?next={back}"))
    expect(page.locator("main")).to_contain_text(csr.words("You were signed out from another of your devices."))


def test_open_dashboard_leads_to_sign_in_and_the_session_waits(nour, customers, watch):
    watch.expect(r"40[13] \(", r"410 \(")
    one, two = nour(), nour()
    desk = one.start()
    carol = customers.join(desk.number)
    sign_out_others(two)
    is_led_to_sign_in(desk.page, one, f"/sessions/{desk.key}/")
    one.fill_in_sign_in(desk.page)
    desk.page.wait_for_url(f"**/sessions/{desk.key}/")
    desk.is_live()
    carol.is_live()
    desk.end()
    carol.is_thanked()


@pytest.mark.parametrize("path", ["/webacd/inbox/", "/"])
def test_open_page_leads_to_sign_in(nour, watch, path):
    watch.expect(r"40[13] \(")
    one, two = nour(), nour()
    page = one.open(path)
    expect(page.locator("[data-socket]").first).to_be_attached()
    sign_out_others(two)
    is_led_to_sign_in(page, one, path)


def test_warning_before_everybody_has_to_sign_in_again_goes_once_they_have(nour, site, admin_decides):
    one = nour()
    sign_out_others(one)
    admin_decides(sign_in_hours=1)
    expect(one.open("/sessions/start/").locator("[data-sign-in-again]")).to_have_count(0)
    site.run(LONG_AGO.format(seconds=50 * 60))
    page = one.open("/sessions/start/")
    warning = page.locator("[data-sign-in-again]")
    expect(warning).to_be_visible()
    with one.context.expect_page() as opened:
        warning.get_by_role("link", name=one.words("Sign in again"), exact=True).click()
    opened.value.locator("main input[type=password]").fill(PASSWORD)
    opened.value.locator("main").get_by_role("button", name=one.words("Confirm"), exact=True).click()
    expect(opened.value.locator(".sign-in")).to_have_count(1)
    expect(warning).to_have_count(0)
