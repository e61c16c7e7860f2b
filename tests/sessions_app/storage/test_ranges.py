import io

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.storage.ranges import file_response

# Closing a response looks after the database's connections.
pytestmark = pytest.mark.django_db
BODY = bytes(range(100))


def ask(method="get", **headers):
    request = getattr(RequestFactory(), method)("/film", headers=headers)
    file = io.BytesIO(BODY)
    response = file_response(request, file, size=len(BODY), content_type="video/webm", etag='"7-100"')
    body = b"".join(response) if response.streaming else response.content
    response.close()
    assert file.closed
    return response, body


def test_whole_file_without_a_range():
    response, body = ask()

    assert (response.status_code, body) == (200, BODY)
    assert (response["Content-Length"], response["Accept-Ranges"], response["ETag"]) == ("100", "bytes", '"7-100"')


@pytest.mark.parametrize(
    ("wanted", "first", "last"),
    [
        ("bytes=0-9", 0, 9),
        ("bytes=90-", 90, 99),
        ("bytes=-5", 95, 99),
        ("bytes=-500", 0, 99),
        ("bytes=95-500", 95, 99),
        ("bytes=0-0", 0, 0),
        ("BYTES = 3 - 4", 3, 4),
    ],
)
def test_part_of_the_file(wanted, first, last):
    response, body = ask(range=wanted)

    assert (response.status_code, body) == (206, BODY[first : last + 1])
    assert response["Content-Range"] == f"bytes {first}-{last}/100"
    assert response["Content-Length"] == str(last - first + 1)


@pytest.mark.parametrize("wanted", ["bytes=100-", "bytes=500-600", "bytes=-0"])
def test_part_that_is_not_there(wanted):
    response, body = ask(range=wanted)

    assert (response.status_code, response["Content-Range"], body) == (416, "bytes */100", b"")


@pytest.mark.parametrize("wanted", ["", "bytes=", "bytes=-", "bytes=9-3", "bytes=0-1,5-6", "seconds=0-9", "bytes=a-b"])
def test_what_is_no_range_is_ignored(wanted):
    response, body = ask(range=wanted)

    assert (response.status_code, body) == (200, BODY)


def test_range_of_another_file_gives_the_whole():
    assert ask(range="bytes=0-9", **{"if-range": '"6-90"'})[0].status_code == 200
    assert ask(range="bytes=0-9", **{"if-range": '"7-100"'})[0].status_code == 206


def test_head_says_how_long_it_is():
    response, body = ask("head")

    assert (response.status_code, response["Content-Length"], body) == (200, "100", b"")


@given(st.text(max_size=30))
def test_no_header_is_an_error(wanted):
    header = wanted.encode("latin1", "ignore").decode("latin1").replace("\n", "").replace("\r", "")
    assert ask(range=header)[0].status_code in {200, 206, 416}
