"""What a browser reads in order to install the site (E65)."""

import pytest
from django.test import Client

from supportcenter.accounts.actions.pictures import give_icon
from supportcenter.accounts.models import SitePolicy
from supportcenter.accounts.pictures import read_icon
from tests.pictures import opened, picture
from tests.source import ROOT

pytestmark = pytest.mark.django_db
URL = "/manifest.webmanifest"


def read(client, language):
    return client.get(URL, {"language": language}).json()


def test_anyone_may_read_and_keep_it_and_gets_no_cookie(policy, django_assert_num_queries):
    with django_assert_num_queries(1):
        answer = Client().get(URL, {"language": "en"})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/manifest+json")
    assert answer["Cache-Control"] == "public, max-age=3600"
    assert answer.cookies == {}


def test_it_says_name_and_direction_in_each_language(client, policy):
    policy.site_name, policy.site_name_ar = "Acme Help and Support", "مركز دعم أكمي"
    policy.save()
    english, arabic = read(client, "en"), read(client, "ar")
    told = [(each["name"], each["short_name"], each["lang"], each["dir"]) for each in (english, arabic)]
    assert told == [
        ("Acme Help and Support", "Acme Help", "en", "ltr"),
        ("مركز دعم أكمي", "مركز دعم", "ar", "rtl"),
    ]
    assert [each["url"] for each in english["shortcuts"]] == ["/sessions/start/", "/webacd/inbox/open/"]
    assert [each["name"] for each in english["shortcuts"]] == ["Start Session", "WebACD inbox"]
    assert arabic["shortcuts"][0]["name"] == "بدء جلسة"
    # The same site in both, for a browser that has it installed.
    assert english["id"] == arabic["id"] == english["start_url"] == english["scope"] == "/"
    assert english["display"] == "standalone"


@pytest.mark.parametrize("language", ["", "fr", "<script>", "en-GB-x" * 50])
def test_another_language_is_the_sites(client, language):
    assert read(client, language)["lang"] == "en"


@pytest.mark.parametrize(
    ("name", "short"),
    [("Supercalifragilistic Help", "Supercalifra"), ("Help", "Help"), ("A B C D E F G", "A B C D E F")],
)
def test_name_below_the_icon_has_whole_words(client, policy, name, short):
    policy.site_name = name
    policy.save()
    assert read(client, "en")["short_name"] == short


def test_it_has_the_sites_colours(client, policy):
    assert (read(client, "en")["theme_color"], read(client, "en")["background_color"]) == ("#0f62a8", "#f5f6f8")
    policy.accent_colour, policy.background_colour = "#8a1c4a", "#fff4e6"
    policy.save()
    assert (read(client, "en")["theme_color"], read(client, "en")["background_color"]) == ("#8a1c4a", "#fff4e6")


def sizes_of(client, icons):
    return [(each["purpose"], each["sizes"], opened(content_of(client, each["src"])).size) for each in icons]


def content_of(client, address):
    if address.startswith("/static/"):
        return (ROOT / address.lstrip("/")).read_bytes()
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert "immutable" in answer["Cache-Control"]
    return answer.content


@pytest.mark.parametrize("own", [False, True])
def test_icons_are_of_the_sizes_that_it_says(client, policy, dana, own):
    if own:
        give_icon(read_icon(picture(size=(64, 64))), by=dana)
    icons = read(client, "en")["icons"]
    assert icons[0]["src"].startswith("/icon/" if own else "/static/img/")
    assert sizes_of(client, icons) == [
        ("any", "192x192", (192, 192)),
        ("any", "512x512", (512, 512)),
        ("maskable", "512x512", (512, 512)),
    ]


def test_icon_for_a_mask_is_filled_to_its_corners_and_leaves_its_edges_free(client, policy, dana):
    give_icon(read_icon(picture(size=(64, 64))), by=dana)
    mask = opened(content_of(client, read(client, "en")["icons"][-1]["src"])).convert("RGBA")
    edges = [mask.getpixel((x, y)) for x in (0, 70, 511) for y in (0, 70, 511)]
    assert set(edges) == {(255, 255, 255, 255)}
    assert mask.getpixel((256, 256)) != (255, 255, 255, 255)
    product = opened((ROOT / "static/img/icon-mask.png").read_bytes()).convert("RGBA")
    assert {product.getpixel((x, y))[3] for x in (0, 511) for y in (0, 511)} == {255}


@pytest.mark.parametrize("form", ["180", "1024", "mask2", "-1"])
def test_no_other_size_is_drawn(client, policy, dana, form):
    give_icon(read_icon(picture(size=(64, 64))), by=dana)
    assert client.get(f"/icon/{SitePolicy.current().icon_id}-{form}.png").status_code == 404
    assert client.get(f"/icon/{'0' * 32}-192.png").status_code == 404


@pytest.mark.parametrize("language", ["en", "ar"])
def test_pages_of_representatives_lead_to_it_in_their_language(client, faris, eve, language):
    client.cookies["django_language"] = language
    link = f'<link rel="manifest" href="{URL}?language={language}">'
    assert link not in client.get("/").content.decode()
    client.force_login(eve)
    assert link not in client.get("/").content.decode()
    client.force_login(faris)
    assert link in client.get("/").content.decode()
