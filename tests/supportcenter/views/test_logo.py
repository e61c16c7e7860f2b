import pytest
from django.utils.translation import override

from supportcenter.accounts.actions.pictures import give_icon, give_logo, remove_logo
from supportcenter.accounts.models import SitePolicy
from supportcenter.accounts.pictures import read_icon, read_logo
from tests.pictures import picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def logo(policy, dana):
    give_logo(read_logo(picture()), by=dana)
    return SitePolicy.current().logo


def test_logo_is_sent_to_anyone_for_ever(client, logo):
    answer = client.get(logo.url)
    assert (answer.status_code, answer.content) == (200, bytes(logo.picture))
    head = {name: answer.headers.get(name) for name in ("Content-Type", "X-Content-Type-Options", "Cache-Control")}
    assert head == {
        "Content-Type": "image/png",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "public, max-age=31536000, immutable",
    }
    # Nothing that says who has seen it.
    assert not answer.cookies


def test_logo_that_is_not_there_is_missing_for_now(client, logo):
    for digest in ("0" * 32, "ABC", logo.pk.upper(), f"{logo.pk}0"):
        answer = client.get(f"/logo/{digest}.png")
        assert (digest, answer.status_code) == (digest, 404)
        assert "immutable" not in answer.headers.get("Cache-Control", "")


@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/join/"])
def test_pages_show_the_logo_in_place_of_the_mark(client, policy, dana, path):
    page = client.get(path).content.decode()
    assert ('class="navbar__mark"' in page, "<img" in page) == (True, False)

    give_logo(read_logo(picture()), by=dana)

    page, logo = client.get(path).content.decode(), SitePolicy.current().logo
    assert f'<img class="navbar__logo" src="{logo.url}" width="84" height="28" alt="">' in page
    assert ('class="navbar__mark"' in page, f'<span class="navbar__site-name">{policy.name}</span>' in page) == (
        False,
        True,
    )

    remove_logo(by=dana)

    assert 'class="navbar__mark"' in client.get(path).content.decode()


def test_customers_page_shows_the_logo(everybody, dana):
    give_logo(read_logo(picture()), by=dana)
    page = everybody.ask("GET", "remote_support", "carol").content.decode()
    assert 'class="navbar__logo"' in page
    assert 'class="navbar__mark"' not in page


def test_administration_shows_the_logo(client, dana, logo):
    client.force_login(dana)
    for path in ("/admin/", "/admin/accounts/sitepolicy/1/change/"):
        assert (
            f'<img class="site-logo" src="{logo.url}" width="84" height="28" alt="">'
            in client.get(path).content.decode()
        )


@pytest.mark.parametrize("language", ["en", "ar"])
def test_logo_costs_a_page_no_query(client, policy, dana, django_assert_num_queries, language):
    with override(language):
        with django_assert_num_queries(1):
            client.get("/accounts/login/")
        give_logo(read_logo(picture()), by=dana)
        with django_assert_num_queries(1):
            assert 'class="navbar__logo"' in client.get("/accounts/login/").content.decode()


@pytest.mark.parametrize("path", ["/", "/join/", "/admin/"])
def test_tabs_and_home_screens_show_the_icon(client, policy, dana, path):
    client.force_login(dana)
    assert 'rel="icon" href="/static/img/mark.svg"' in client.get(path).content.decode()
    give_icon(read_icon(picture(size=(64, 64))), by=dana)
    page, icon = client.get(path).content.decode(), SitePolicy.current().icon
    assert f'<link rel="icon" href="{icon.url}" type="image/png">' in page
    assert f'<link rel="apple-touch-icon" href="{icon.on_white_url}">' in page
    answer = client.get(icon.on_white_url)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert client.get(f"/icon/{'0' * 32}.png").status_code == 404


def test_icon_stands_beside_the_name_where_there_is_no_logo(client, policy, dana):
    give_icon(read_icon(picture(size=(64, 64))), by=dana)
    assert "navbar__mark--icon" in client.get("/").content.decode()
    give_logo(read_logo(picture()), by=dana)
    assert "navbar__mark--icon" not in client.get("/").content.decode()
