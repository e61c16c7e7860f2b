"""The main job on a site below a path: every script, socket, form and link finds its way (docs/hosting.md)."""

from playwright.sync_api import expect

from tests.browser.media.test_view_desktop import (
    test_customers_screen_is_asked_for_allowed_and_seen_by_two,  # noqa: F401
)
from tests.browser.people import Csr
from tests.browser.queues.test_entering import test_customer_enters_and_is_helped  # noqa: F401
from tests.browser.test_invite import test_a_customer_comes_by_the_sites_mail  # noqa: F401
from tests.browser.test_main_job import test_a_customer_joins_by_number_is_helped_and_thanked  # noqa: F401


def test_a_neighbour_at_the_root_shares_nothing(new_context, site, words, neighbour):
    """Its cookies have the names of ours, and a browser sends them to us as well."""
    amal = Csr(new_context(locale=words.locale), site, words, "amal")
    page = amal.context.new_page()
    page.goto(neighbour.url)
    amal.sign_in()
    desk = amal.start()
    desk.is_live()
    desk.say("Is anybody there?")
    desk.hears("Is anybody there?")
    page.goto(neighbour.url)
    desk.end()

    names = {each.partition("=")[0] for each in neighbour.cookies[-1].split("; ")}
    assert names == {"sessionid", "csrftoken", "django_language", "messages"}
    assert {each["path"] for each in amal.context.cookies() if each["value"] != "theirs"} == {"/support"}


def test_an_admin_finds_the_admin(new_context, site, words, watch):
    # The browser asks the root of the host for it, which is not ours.
    watch.expect(r"/favicon\.ico")
    dana = Csr(new_context(locale=words.locale), site, words, "dana")
    dana.sign_in()
    page = dana.open("/admin/")
    page.get_by_role("link", name="Queues", exact=True).first.click()
    expect(page).to_have_url(site.url + "/admin/webacd/queue/")
    page.get_by_role("link", name="Technical support").first.click()
    expect(page.get_by_text(f"{site.url}/queues/technical-support/").first).to_be_visible()
