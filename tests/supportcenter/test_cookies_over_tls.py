"""Cookies of a site that people reach by https: over TLS alone, from this host alone, and set by no other."""

import re
import shutil
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode

import pytest

from sessions_app.rules.seats import SEAT
from tests.site_process import SiteProcess
from webacd.rules.places import PLACE

HOST, PASSWORD = "support.example.org", "correct horse battery"


@pytest.fixture(scope="module")
def site(prepared_folder, tmp_path_factory):
    folder = shutil.copytree(prepared_folder, tmp_path_factory.mktemp("tls") / "site")
    with SiteProcess(folder, "--demo", SITE_URL=f"https://{HOST}", TRUSTED_PROXIES="1", DEMO_PASSWORD=PASSWORD) as site:
        yield site


class Browser:
    """Behind the proxy that speaks TLS; it keeps what is set, and how."""

    def __init__(self, site):
        self.site, self.kept = site, {}

    def ask(self, method, path, **fields):
        connection = HTTPConnection("127.0.0.1", self.site.port, timeout=30)
        headers = {
            "Host": HOST,
            "Referer": f"https://{HOST}/",
            "Cookie": "; ".join(f"{name}={each.value}" for name, each in self.kept.items()),
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Forwarded-For": "192.0.2.7",
            "X-Forwarded-Proto": "https",
        }
        connection.request(method, path, urlencode(fields), headers)
        answer = connection.getresponse()
        for value in answer.headers.get_all("Set-Cookie") or []:
            self.kept |= SimpleCookie(value)
        page = answer.read().decode()
        connection.close()
        return answer.status, page

    def send(self, path, page, **fields):
        token = re.search('name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
        status, _ = self.ask("POST", path, csrfmiddlewaretoken=token, **fields)
        return status


@pytest.mark.process
def test_every_cookie_of_the_running_site_is_bound_to_its_host(site):
    browser = Browser(site)
    _, page = browser.ask("GET", "/accounts/login/")
    assert browser.send("/accounts/login/", page, login="amal", password=PASSWORD) == 302
    _, page = browser.ask("GET", "/")
    assert browser.send("/language/", page, language="ar", next="/") == 302
    assert {"__Host-csrftoken", "__Host-sessionid", "__Host-django_language"} <= set(browser.kept)
    for name, cookie in browser.kept.items():
        assert name.startswith("__Host-")
        assert (name, cookie["secure"], cookie["path"], cookie["domain"]) == (name, True, "/", "")
        assert (name, cookie["samesite"]) == (name, "Lax")
    # The page's scripts read the token's cookie by its name.
    assert '<meta name="csrf-cookie" content="__Host-csrftoken">' in page
    assert browser.kept["__Host-sessionid"]["httponly"]


@pytest.mark.parametrize("kind", [SEAT, PLACE])
def test_cookies_of_customers_are_as_well(settings, kind):
    assert not kind.name("abc").startswith("_")
    settings.COOKIE_PREFIX = "__Host-"
    assert kind.name("abc") == f"__Host-{kind.word}abc"
