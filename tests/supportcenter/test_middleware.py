"""Links with something behind them."""

import re
from urllib.parse import quote

import pytest
from django.urls import reverse

from invitations.actions.invite import invite_by_email
from invitations.rules.links import join_token
from tests.webacd.factories import make_queue

pytestmark = pytest.mark.django_db
TAILS = ["&gt;", "%20", "%3E.", ")", ".", ">", "),", "؟", "،", "»", "\u200f", "\u2069).", "…", "]", '"', " ", "*"]


@pytest.fixture
def pages(session):
    invitation = invite_by_email(session, recipient="customer", email="c@a.org", language="en", by=session.primary)
    return [
        reverse("open_invitation", args=[invitation.token]),
        reverse("join_by_link", args=[join_token(session, "customer")]),
        reverse("queue_entry", args=[make_queue().slug]),
        reverse("join"),
    ]


def broken(page):
    """As mail programs break a link over two lines, and as what one does not see gets into it."""
    middle = len(page) // 2
    return [
        page[:middle] + gap + page[middle:]
        for gap in ("\n", "\r\n", "=\r\n", " ", "\n  ", "\u00ad", "\u200b", "%0D%0A", "%20")
    ]


def test_a_link_that_was_broken_leads_to_its_page(client, pages):
    for page in pages:
        for link in broken(page):
            assert client.get(quote(link)).headers.get("Location") == page, link
            assert client.get(quote(link + ">.")).headers.get("Location") == page, link


def test_links_in_mail_are_letters_and_digits(client, session, pages):
    for page in pages[:2]:
        assert re.fullmatch(r"/(invitations|join)/[0-9A-Za-z]+/", page)


def test_what_safe_links_add_is_not_read(client, pages):
    for page in pages:
        added = "utm_source=mail&fbclid=abc&data=05%7C02%7Ccarol%40example.com&sdata=x%3D&reserved=0"
        assert client.get(f"{page}?{added}").status_code == 200


@pytest.mark.parametrize("tail", TAILS)
def test_what_stands_behind_a_link_leads_to_its_page(client, pages, tail):
    for page in pages:
        for link in (page + quote(tail), page.rstrip("/") + quote(tail), page + quote(tail) + "/"):
            assert client.get(link).headers.get("Location") == page, link
            assert client.head(link).headers.get("Location") == page, link
        assert client.get(page).status_code == 200


@pytest.mark.parametrize("tail", ["_", "_*", "__)", "*_*"])
def test_a_link_that_was_set_in_italics_leads_to_its_page(client, pages, tail):
    """Messengers take the second of two _ for the link's, which ends in a slash before it."""
    for page in pages:
        assert client.get(page + quote(tail)).headers.get("Location") == page


def test_what_was_asked_for_comes_along(client):
    assert client.get("/join/)?number=437685737")["Location"] == "/join/?number=437685737"


def test_a_token_is_not_made_to_fit(client, pages):
    invitation = pages[0].rstrip("/")
    for link in (f"{invitation}x)", f"{invitation[:-1]})", f"{invitation}/x)", f"{invitation}/)/x"):
        assert client.get(link, follow=True).status_code == 404, link


@pytest.mark.parametrize(
    "path", ["//example.org/)", "/%2F%2Fexample.org/)", "/)", "/no/such)", "/join)x", "/sessions/abc).php"]
)
def test_nothing_leads_elsewhere(client, path):
    answer = client.get(path)
    assert answer.status_code == 404 or answer["Location"] == "/", path


def test_only_looking_is_led_on(client, pages):
    assert client.post(pages[0] + ")", {"name": "Carol"}).status_code == 404


@pytest.mark.django_db
def test_page_says_what_it_may_ask_the_browser_for(client):
    allowed = dict(each.split("=") for each in client.get("/join/")["Permissions-Policy"].split(", "))
    assert {name for name, who in allowed.items() if who == "(self)"} == {
        "autoplay",
        "camera",
        "clipboard-read",
        "clipboard-write",
        "display-capture",
        "fullscreen",
        "microphone",
        "picture-in-picture",
        "publickey-credentials-create",
        "publickey-credentials-get",
    }
    assert {"geolocation", "usb", "payment"} <= {name for name, who in allowed.items() if who == "()"}


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/join/", "/accounts/login/", "/nowhere/", "/admin/"])
@pytest.mark.parametrize("cookie", ["sessionid", "seat-abc", "place-abc"])
def test_page_of_someone_the_site_knows_is_kept_by_no_one(client, path, cookie):
    client.cookies[cookie] = "x"
    assert "no-store" in client.get(path)["Cache-Control"]


@pytest.mark.django_db
def test_strangers_page_may_be_shown_by_back(client):
    client.cookies["django_language"] = "ar"
    assert "Cache-Control" not in client.get("/join/")


@pytest.mark.django_db
def test_view_may_say_how_long_it_is_kept(client):
    assert client.get("/theme/0f62a8.css")["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.timeout(60)
@pytest.mark.parametrize("piece", ["&gt;", "&#62;", "&quot;", ")", ")_"])
def test_many_tails_that_end_in_no_tail_are_read_once(client, piece):
    """Where pieces can be read in two ways, a search that goes back over them never ends."""
    assert client.get(quote("/invitations/abc" + piece * 100 + "x", safe="/")[:2000]).status_code == 404
