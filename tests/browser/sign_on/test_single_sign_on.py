"""Signing in by real identity providers, in a real browser, with its cookies and its rules for forms (E72)."""

import re

from playwright.sync_api import expect


def test_account_and_roles_are_the_providers(grace, openid):
    openid.has("s1", preferred_username="grace", given_name="Grace", family_name="Hopper", groups=["support"])
    page = grace.by_openid(openid, "s1", "/accounts/login/?next=/sessions/start/")
    expect(page).to_have_url(grace.site.url + "/sessions/start/")
    expect(page.get_by_role("button", name="Grace Hopper")).to_be_visible()

    openid.has("s1", preferred_username="grace", given_name="Grace", family_name="Hopper", groups=[])
    grace.context.clear_cookies()
    page = grace.by_openid(openid, "s1")
    expect(page.get_by_role("button", name="Grace Hopper")).to_be_visible()
    assert grace.context.request.get(grace.site.url + "/sessions/start/").status == 403


def test_provider_that_signs_out_ends_open_pages(grace, openid):
    openid.has("s2", preferred_username="edsger", groups=["leads"])
    page = grace.by_openid(openid, "s2")
    with page.expect_websocket():
        page.goto(grace.site.url + "/webacd/monitor/")
    there = grace.context.new_page()
    there.goto(f"{openid.url}/session/end")
    there.get_by_role("button", name="Yes, sign me out").click()
    expect(page).to_have_url(re.compile("/accounts/login/"))


def test_signing_out_here_is_signing_out_there(grace, openid):
    openid.has("s3", preferred_username="barbara", groups=["support"])
    page = grace.by_openid(openid, "s3")
    page.goto(grace.site.url + "/accounts/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Yes, sign me out").click()
    expect(page).to_have_url(grace.site.url + "/")
    page.goto(grace.site.url + "/accounts/login/")
    page.get_by_role("button", name="Sign in with Example Login").click()
    expect(page.get_by_placeholder("Enter any login")).to_be_visible()


def test_saml_comes_back_with_the_cookies_of_the_site(grace, saml):
    saml.has("n1", uid="ada", mail="ada@example.org", givenName="Ada", sn="Lovelace", groups=["support", "leads"])
    page = grace.by_saml(saml, "n1")
    expect(page.get_by_role("button", name="Ada Lovelace")).to_be_visible()
    assert grace.context.request.get(grace.site.url + "/reports/overview/").status == 200
    page.goto(grace.site.url + "/accounts/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(grace.site.url + "/")
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()


def test_link_of_the_server_works_without_any_provider(grace, site):
    command = site.manage("sign_in_link", "dana")
    said, _ = command.communicate(timeout=60)
    page = grace.context.new_page()
    page.goto(said.strip().splitlines()[-1])
    page.get_by_role("button", name="Sign in as").click()
    expect(page).to_have_url(site.url + "/")
