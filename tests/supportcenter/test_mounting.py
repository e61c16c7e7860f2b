"""A site below a path, https://example.org/support: which path that is, and that everything is below it."""

import re
import shutil
from http.client import HTTPConnection
from importlib import reload
from urllib.parse import urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import clear_url_caches, reverse
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from invitations.rules.links import join_link
from supportcenter import urls
from supportcenter.accounts.actions.pictures import give_logo
from supportcenter.accounts.models import SitePolicy
from supportcenter.accounts.pictures import read_logo
from supportcenter.environment import WrongSetting
from supportcenter.help.topics import read_topic
from supportcenter.middleware import keep_cookies_here
from supportcenter.mounting import cookie_name, cookie_prefix, mount_of
from supportcenter.routing import socket_cookie
from supportcenter.serving.heads import Head
from supportcenter.whole_addresses import whole_address
from tests.browser.site import PASSWORD
from tests.everybody import VIEWERS, undone, url_of
from tests.pictures import picture
from tests.site_process import SiteProcess
from tests.test_authorisation import DECLARED, asked
from tests.test_authorisation import table as table_of_everybody

MOUNT = "/support"
NO_SUCH_STREAM, NO_ORIGIN = 4404, 4403


# ---- Which path --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("site_path", "given", "mount"),
    [
        ("", "", ""),
        ("/", "", ""),
        ("/support", "", "/support"),
        ("", "/support/", "/support"),
        ("/help/desk/", "/help/desk", "/help/desk"),
        ("/~v1.2/x", "", "/~v1.2/x"),
    ],
)
def test_the_path_is_that_of_the_address_or_its_own_setting(site_path, given, mount):
    assert mount_of(site_path, given) == mount


@pytest.mark.parametrize(
    ("site_path", "given", "name"),
    [
        ("/support", "/help", "FORCE_SCRIPT_NAME"),
        ("", "support", "FORCE_SCRIPT_NAME"),
        ("", "/a//b", "FORCE_SCRIPT_NAME"),
        ("", "/a/../b", "FORCE_SCRIPT_NAME"),
        ("", "/<slug:x>", "FORCE_SCRIPT_NAME"),
        ("/a b", "", "SITE_URL"),
        ("/a;b", "", "SITE_URL"),
    ],
)
def test_a_path_that_cannot_be_is_refused_by_the_setting_that_has_it(site_path, given, name):
    with pytest.raises(WrongSetting) as refusal:
        mount_of(site_path, given)
    assert refusal.value.name == name


def test_a_mounted_site_has_names_of_its_own_for_its_cookies():
    assert [cookie_name("sessionid", mount) for mount in ("", "/a", "/a/b.c")] == [
        "sessionid",
        "sessionid_a",
        "sessionid_a_b_c",
    ]


@pytest.mark.parametrize(
    ("mount", "by_tls", "prefix"),
    [("", True, "__Host-"), ("/a", True, "__Secure-"), ("", False, ""), ("/a", False, "")],
)
def test_names_of_cookies_bind_them_to_the_host(mount, by_tls, prefix):
    assert cookie_prefix(mount, by_tls=by_tls) == prefix


# ---- In one process ----------------------------------------------------------------------------------------------


@pytest.fixture
def mounted(settings):
    settings.MOUNT, settings.SITE_URL = MOUNT, f"https://example.org{MOUNT}"
    settings.STATIC_URL = f"{MOUNT}/static/"
    settings.ALLOWED_HOSTS = ["testserver", "example.org"]
    _read_again()
    yield
    settings.MOUNT = ""
    _read_again()


def _read_again():
    reload(urls)
    clear_url_caches()
    # Their links are part of what is kept.
    read_topic.cache_clear()


def test_outside_addresses_have_the_path_once(mounted, session):
    assert whole_address("join") == "https://example.org/support/join/"
    assert re.fullmatch(r"https://example\.org/support/join/[-\w]+/", join_link(session))


@pytest.mark.django_db
def test_logo_is_inside(mounted, policy, dana, client):
    give_logo(read_logo(picture()), by=dana)
    logo = SitePolicy.current().logo
    assert logo.url == f"{MOUNT}/logo/{logo.pk}.png"
    assert logo.whole_url == f"https://example.org{logo.url}"
    assert client.get(logo.url).content == bytes(logo.picture)
    assert f'src="{logo.url}"' in client.get(f"{MOUNT}/").content.decode()


@pytest.mark.django_db
def test_installed_site_is_inside(mounted, client, faris):
    told = client.get(f"{MOUNT}/manifest.webmanifest", {"language": "en"}).json()
    assert told["id"] == told["start_url"] == told["scope"] == f"{MOUNT}/"
    addresses = [each["src"] for each in told["icons"]] + [each["url"] for each in told["shortcuts"]]
    assert len(addresses) == 5
    assert [each for each in addresses if not each.startswith(f"{MOUNT}/")] == []
    client.force_login(faris)
    page = client.get(f"{MOUNT}/sessions/person/").content.decode()
    assert f'notifier_worker.js?push={MOUNT}/notifications/push/"' in page


@pytest.mark.django_db
def test_what_is_outside_is_not_there(mounted):
    client = Client()
    answers = {path: client.get(path).status_code for path in ("/", "/join/", "/supportive/join/", f"{MOUNT}/join/")}
    assert answers == {"/": 404, "/join/": 404, "/supportive/join/": 404, f"{MOUNT}/join/": 200}


@pytest.mark.django_db
def test_addresses_lead_home(mounted):
    """Without the last slash, or with something behind a link."""
    client = Client()
    assert client.get(MOUNT).headers["Location"] == f"{MOUNT}/"
    assert client.get(f"{MOUNT}/join/).").headers["Location"] == f"{MOUNT}/join/"
    away = client.post(reverse("set_language"), {"language": "ar", "next": "//example.com/"})
    assert away.headers["Location"] == f"{MOUNT}/"


@pytest.mark.django_db
@pytest.mark.walk
def test_every_url_answers_as_at_the_root(mounted, everybody):
    """As declared for a customer and for who is in control, and no page has a link that leads out of the site."""
    wrong, leading_out = [], []
    viewers = ["carol", "amal", "dana"]
    declared_here = [row for row in table_of_everybody(DECLARED) if url_of(row[0]) in everybody.urls]
    for name, method, *answers in declared_here:
        for viewer in viewers:
            declared = answers[VIEWERS.index(viewer)]
            answered = str(asked(everybody, method, name, viewer)[0])
            wrong += [(name, method, viewer, answered, declared)] if answered != declared else []
    for name in everybody.urls:
        for viewer in viewers:
            with undone():
                answer = everybody.ask("GET", name, viewer)
            leading_out += [(name, each) for each in _roots_in(answer)]
    assert wrong == []
    assert leading_out == []


def _roots_in(answer):
    """Addresses at the root of the host, beside those of the site."""
    text = "" if answer.streaming else answer.content.decode(errors="replace")
    found = re.findall(r"""(?:href|src|action|data-[\w-]+)=["'](/[^"']*)""", text)
    location = answer.headers.get("Location", MOUNT)
    return [each for each in [*found, location] if each.startswith("/") and not f"{each}/".startswith(f"{MOUNT}/")]


def test_every_cookie_is_for_the_site_alone(mounted, rf):
    def respond(request):
        response = HttpResponse()
        response.set_cookie("seat-abc", "secret")
        response.delete_cookie("messages")
        return response

    response = keep_cookies_here(respond)(rf.get("/"))
    assert {name: cookie["path"] for name, cookie in response.cookies.items()} == {"seat-abc": MOUNT, "messages": MOUNT}


def test_what_comes_before_django_knows_the_path(mounted):
    """The server reads from it how much a request may bring, and by which cookie a socket is known."""
    assert [socket_cookie(path) for path in (f"{MOUNT}/ws/support/abc/", "/ws/support/abc/", f"{MOUNT}/")] == [
        "seat-abc",
        None,
        None,
    ]
    inside, outside = (Head("POST", f"{mount}/support/abc/files/1/blocks/", []) for mount in (MOUNT, ""))
    assert (inside.page is None, outside.page is None) == (False, True)


# ---- As it runs in life ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def site(prepared_folder, tmp_path_factory):
    """Served from the same files as a site at the root: no path is in them."""
    folder = shutil.copytree(prepared_folder, tmp_path_factory.mktemp("mounted") / "site")
    with SiteProcess(folder, FORCE_SCRIPT_NAME=MOUNT, DEMO_PASSWORD=PASSWORD) as site:
        yield site


def ask(site, path, **headers):
    connection = HTTPConnection("127.0.0.1", site.port, timeout=30)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read().decode(errors="replace")
    connection.close()
    return answer, body


@pytest.mark.process
def test_served_pages_name_files_that_are_there(site):
    answer, page = ask(site, f"{MOUNT}/join/")
    assert answer.status == 200
    named = set(re.findall(r'(?:href|src)="(/[^"]*\.(?:css|js|svg))"', page))
    assert named != set()
    assert all(each.startswith(f"{MOUNT}/") for each in named)
    assert {each: ask(site, each)[0].status for each in named} == dict.fromkeys(named, 200)


@pytest.mark.process
def test_a_header_does_not_move_the_site(site):
    """Daphne takes it for the path that a proxy cut off; anybody may send it."""
    headers = {"Daphne-Root-Path": "//example.com"}
    answer, page = ask(site, f"{MOUNT}/join/", **headers)
    assert (answer.status, "example.com" in page) == (200, False)


@pytest.mark.process
def test_cookies_of_the_running_site_stay_below_its_path(site):
    cookies = [value for name, value in ask(site, f"{MOUNT}/join/")[0].getheaders() if name.lower() == "set-cookie"]
    assert [re.search(r"^\w+", each)[0] for each in cookies] == ["csrftoken_support"]
    assert all("Path=/support;" in each + ";" for each in cookies)


@pytest.mark.process
@pytest.mark.parametrize(("path", "code"), [(f"{MOUNT}/ws/monitoring/", 4401), ("/ws/monitoring/", NO_SUCH_STREAM)])
def test_sockets_are_below_the_path(site, path, code):
    parts = urlsplit(site.url)
    with (
        connect(f"ws://{parts.netloc}{path}", origin=f"http://{parts.netloc}") as socket,
        pytest.raises(ConnectionClosed) as closed,
    ):
        socket.recv(timeout=30)
    assert closed.value.rcvd.code == code
