"""Pages are compressed, and no length tells what is secret in them."""

import gzip

import pytest
from django.http import HttpResponse, JsonResponse
from django.test import RequestFactory

from supportcenter.compression import APART, SHORT, compress_pages, compressed

TEXT = "A line that comes again. " * 200
SECRET = b"/join/kZ81pQ0wXv7RmT4sYb2n/"


def answer(response, *, method="GET", path="/page/", accepts="gzip, deflate, br", **headers):
    request = RequestFactory().generic(method, path, headers={"Accept-Encoding": accepts, **headers})
    return compress_pages(lambda _: response)(request)


def test_a_page_is_compressed():
    response = answer(HttpResponse(TEXT, headers={"ETag": '"1"'}))
    assert gzip.decompress(response.content).decode() == TEXT
    assert len(response.content) < len(TEXT) / 20
    assert (response["Content-Encoding"], response["Vary"]) == ("gzip", "Accept-Encoding")
    assert (response["Content-Length"], response["ETag"]) == (str(len(response.content)), 'W/"1"')


@pytest.mark.parametrize("accepts", ["", "br", "identity", "gzip;q=0", "gzip; q=0.0, br"])
def test_who_does_not_take_it_gets_the_page_as_it_is(accepts):
    response = answer(HttpResponse(TEXT), accepts=accepts)
    assert response.content.decode() == TEXT
    assert response["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    ("response", "asked"),
    [
        (HttpResponse(TEXT), {"path": "/page/?name=guess"}),
        (HttpResponse(TEXT), {"method": "POST"}),
        (JsonResponse({"secret": TEXT}), {}),
        (HttpResponse("x" * (SHORT - 1)), {}),
        (HttpResponse(TEXT, headers={"Content-Encoding": "br"}), {}),
    ],
    ids=["reflects a query", "reflects a form", "no page", "short", "compressed"],
)
def test_what_is_not_compressed(response, asked):
    before = response.content
    assert "Content-Encoding" in answer(HttpResponse(TEXT)).headers
    assert answer(response, **asked).content == before
    assert not response.has_header("Vary")


def test_what_is_apart_has_no_influence_on_the_length_of_the_rest():
    right, wrong = SECRET, b"/join/9xWcL3hGd6JzUe5fNa0t/"
    page = b"<p>%b</p>" + b" between " * 50
    together = [len(compressed((page % said) + SECRET)) for said in (right, wrong)]
    assert together[0] < together[1], "or there is nothing to listen to"

    apart = [len(compressed((page % said) + APART + SECRET + APART + page % said)) for said in (right, wrong)]
    assert apart[0] - apart[1] == 2 * (len(compressed(page % right)) - len(compressed(page % wrong)))
    assert gzip.decompress(compressed(page % right + APART + SECRET)) == page % right + SECRET
