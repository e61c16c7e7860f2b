import re

import pytest
from django.urls import path

from supportcenter.urls import urlpatterns as of_the_site
from supportcenter.views.looks import look, looks
from supportcenter.views.looks_samples import LOOKS

# The site has these addresses only where DEVELOPER_PAGES is set when it starts.
pytestmark = pytest.mark.urls(__name__)
urlpatterns = [
    *of_the_site,
    path("developer/looks/", looks, name="looks"),
    path("developer/looks/<slug:name>/", look, name="look"),
]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", LOOKS)
def test_look_is_a_whole_page(client, db, name, language):
    client.cookies["django_language"] = language
    answer = client.get(f"/developer/looks/{name}/")
    html = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in html
    assert len(re.findall(r"<h1\b", html)) == 1
    ids = re.findall(r'\sid="([^"]*)"', html)
    assert sorted(ids) == sorted(set(ids))
    assert not re.search(r"\s(style|on\w+)=", html), "the policy forbids inline style and script"
    assert not re.search(r"<script(?![^>]*\bsrc=)", html)


@pytest.mark.parametrize("name", ["dashboard", "support"])
def test_look_does_not_follow_a_session_that_never_was(client, db, name):
    html = client.get(f"/developer/looks/{name}/").content.decode()
    assert re.findall(r"js/pages/([\w.]+)", html) == ["site.js"]


def test_looks_lists_every_look(client, db):
    html = client.get("/developer/looks/").content.decode()
    assert re.findall(r'<a href="/developer/looks/([\w-]+)/">', html) == list(LOOKS)


def test_look_that_is_none_is_not_found(client, db):
    assert client.get("/developer/looks/nothing/").status_code == 404
