"""Whatever a browser or a program sends, in the address, the headers or the body: an answer, never a fault of the site.

Harmless values, such as broken programs and curious people send. Every URL, for someone who is let in there.
"""

import re
from urllib.parse import urlencode

import pytest

from tests.everybody import undone

LONG_NUMBER = "9" * 5000
VALUES = {
    "5,000 digits": LONG_NUMBER,
    "more than a column holds": "9" * 19,
    "less than nothing": "-1",
    "digits of another script": "١٢٣",
    "a power": "²",
    "null byte": "a\0b",
    "half a pair": "a\ud83db",
    "ten thousand letters": "x" * 10_000,
    "a far year": "99999-01-01",
    "no day": "2024-02-30",
    "not a number": "NaN",
    "endless": "1e999",
}
IN_ADDRESSES = [
    "age", "before", "beside", "csr", "download", "everything", "full", "language", "number", "o", "p", "page", "part",
    "q", "since", "state", "text", "until", "_to_field", "_changelist_filters", "_popup", "next", "e", "all",
]  # fmt: skip
IN_FORMS = [
    "agent", "answer", "audience", "can", "client_id", "comment", "confirmed", "content_type", "customer", "details",
    "digest", "email", "email_box", "failure", "kind", "language", "login", "message", "more", "name", "nonce",
    "number", "page", "password", "press", "queue", "rating", "recipient", "secret", "size", "solved", "standing",
    "status", "text", "way", "next", "action", "_selected_action", "index", "form-TOTAL_FORMS", "form-INITIAL_FORMS",
]  # fmt: skip
HEADERS = {
    "Accept-Language of 10,000 characters": {"Accept-Language": "en," * 3333},
    "Accept-Language that is none": {"Accept-Language": "\x01;q=9;;,,*"},
    "Range of 5,000 digits": {"Range": f"bytes={LONG_NUMBER}-"},
    "Range up to 5,000 digits": {"Range": f"bytes=0-{LONG_NUMBER}"},
    "last 5,000 digits": {"Range": f"bytes=-{LONG_NUMBER}"},
    "Range in another script": {"Range": "bytes=٠-٩"},
    "If-Modified-Since garbage": {"If-Modified-Since": "the day after tomorrow"},
    "If-Modified-Since in a far year": {"If-Modified-Since": "Sun, 06 Nov 99999 08:49:37 GMT"},
    "If-None-Match garbage": {"If-None-Match": '"' * 100},
    "Accept garbage": {"Accept": "\xff/;;q=,"},
    "Referer garbage": {"Referer": "http://[::1:99999/\x7f"},
    "Origin garbage": {"Origin": "http://[::1"},
    "Content-Length in another script": {"Content-Length": "٣"},
    "X-Block of 5,000 digits": {"X-Block-Offset": LONG_NUMBER, "X-Block-Digests": "0" * 64},
    "X-Block below nothing": {"X-Block-Offset": "-1", "X-Block-Digests": "0" * 64},
    "language cookie garbage": {"Cookie": "django_language=../../x; ;=;,\xff"},
}
FORM = "application/x-www-form-urlencoded"
BODIES = {
    "form in UTF-16": (f"{FORM}; charset=utf-16", "name=كارول".encode("utf-16")),
    "form in UTF-7": (f"{FORM}; charset=utf-7", b"name=+AGEA"),
    "form in no charset": (f"{FORM}; charset=no-such", b"name=a"),
    "form in base64": (f"{FORM}; charset=base64", b"name=a"),
    "form in idna": (f"{FORM}; charset=idna", b"name=.."),
    "bytes that are no UTF-8": (FORM, b"name=%FF%FE&number=%ED%A0%80&\xff=\xff"),
    "percent signs without digits": (FORM, b"name=%&number=%zz&%=%"),
    "more fields than a form has": (FORM, b"&".join([b"name=a"] * 1100)),
    "multipart without a boundary": ("multipart/form-data", b"--x\r\n\r\na\r\n--x--"),
    "multipart that never ends": ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=a"),
    "multipart with two boundaries": ("multipart/form-data; boundary=x; boundary=y", b"--x\r\n\r\na\r\n--y--"),
    "multipart in UTF-16": ("multipart/form-data; boundary=x; charset=utf-16", b"--x--"),
    "multipart of broken base64": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="name"\r\nContent-Transfer-Encoding: base64\r\n\r\na\r\n--x--',
    ),
    "JSON": ("application/json", b'{"name": "\\ud83d"}'),
    "nested JSON": ("application/json", b"[" * 200 + b"]" * 200),
    "a type that is none": ("\xff;;=", b"name=a"),
    "nothing": (FORM, b""),
}
# One of each kind: a page, a list, a table, a file or a part of it; a form, and what says in headers what it brings.
READ_BY_HEADERS = [
    "home", "join", "reports", "reports_csv", "reports_xlsx", "record", "recording", "download_file",
    "customer_download_file", "customer_file_picture", "save_receipt", "remote_support", "dashboard", "theme",
    "save_transcript",
]  # fmt: skip
CHANGED_BY_HEADERS = ["join", "send_blocks", "customer_send_blocks", "add_recording_chunk", "set_language"]
# What has to be tried in each field by itself.
SHARP = ["5,000 digits", "null byte", "half a pair", "ten thousand letters"]
AS = pytest.mark.parametrize("viewer", ["carol", "amal", "dana"])
pytestmark = [pytest.mark.django_db, pytest.mark.walk, pytest.mark.slow]


@AS
def test_query(everybody, viewer):
    queries = {name: query_of(dict.fromkeys(IN_ADDRESSES, value)) for name, value in VALUES.items()}
    queries["bytes that are no text"] = "&".join(f"{name}=%FF%ED%A0%80%00%" for name in IN_ADDRESSES)
    asked = [(what, "GET", {"QUERY_STRING": query}) for what, query in queries.items()]
    assert faults(everybody, viewer, pages_open(everybody, viewer), asked) == {}


@AS
def test_form(everybody, viewer):
    """All fields at once, and each alone beside good ones: the first that is wrong would hide the others."""
    bodies = {name: query_of(dict.fromkeys(IN_FORMS, value)).encode() for name, value in VALUES.items()}
    asked = [(what, "POST", {"data": body, "content_type": FORM}) for what, body in bodies.items()]
    doors = doors_of(everybody, viewer)
    found = faults(everybody, viewer, doors, asked)
    for name in doors:
        good = everybody.fields_of(name)
        asked = [
            (f"{what} as {field}", "POST", {"data": query_of(good | {field: value}).encode(), "content_type": FORM})
            for field in good
            for what, value in VALUES.items()
            if what in SHARP
        ]
        found |= faults(everybody, viewer, [name], asked)
    assert found == {}


@AS
def test_header(everybody, viewer):
    asked = [(what, "GET", {"headers": headers}) for what, headers in HEADERS.items()]
    assert faults(everybody, viewer, READ_BY_HEADERS, asked) == {}
    asked = [(what, "POST", {"headers": head, "data": b"abc", "content_type": FORM}) for what, head in HEADERS.items()]
    assert faults(everybody, viewer, CHANGED_BY_HEADERS, asked) == {}


@AS
def test_body(everybody, viewer):
    bodies = BODIES.items()
    asked = [(what, "POST", {"data": data, "content_type": content_type}) for what, (content_type, data) in bodies]
    doors = [name for name in doors_of(everybody, viewer) if name in everybody.urls]
    assert faults(everybody, viewer, doors, asked) == {}


def test_method(everybody):
    asked = [(method, method, {}) for method in ("PUT", "PROPFIND", "get")]
    assert faults(everybody, "amal", everybody.urls, asked) == {}


@AS
def test_no_page_answers_a_trace(everybody, viewer):
    """HTTP's way of having a request sent back, with the cookies that scripts may not read."""
    answers = {name: everybody.ask("TRACE", name, viewer).status_code for name in everybody.urls}
    # A page that says to whatever comes that sign-up is closed.
    answers.pop("account_signup")
    assert {name: answer for name, answer in answers.items() if answer < 300} == {}


@AS
@pytest.mark.parametrize("number", ["9" * 19, LONG_NUMBER, "٣"])
def test_number_in_an_address(everybody, viewer, number):
    """In every place of an address where a number stands."""
    found = {}
    for name in everybody.urls | everybody.admin_urls:
        path = re.sub(r"(?<=/)[0-9]+(?=/)", number, everybody.path_of(name))
        for method in ("GET", "POST") if path != everybody.path_of(name) else ():
            with undone():
                browser = everybody.browser(viewer, raise_request_exception=False)
                status = browser.generic(method, path).status_code
            found |= {(name, method): status} if status >= 500 else {}
    assert found == {}


@pytest.mark.parametrize("charset", ["utf-16", "utf-7", "base64", "no-such", "idna"])
def test_other_charset_is_refused_with_a_page_in_the_readers_language(client, charset):
    answer = in_charset(client, charset, headers={"Accept-Language": "ar"})
    assert answer.status_code == 400
    assert 'dir="rtl"' in answer.content.decode()


@pytest.mark.parametrize("charset", ["utf-8", "UTF8", "us-ascii"])
def test_our_own_charset_may_be_named(client, charset):
    assert in_charset(client, charset).status_code == 422


def in_charset(client, charset, **more):
    """Bytes as they are: `client.post` would write them in that charset."""
    return client.generic("POST", "/join/", b"name=a", f"{FORM}; charset={charset}", **more)


def test_script_hears_of_a_broken_form_as_json(client):
    fields = b"&".join([b"name=a"] * 1100)
    answer = client.post("/join/", fields, content_type=FORM, headers={"X-Requested-With": "fetch"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "unreadable_request")


def test_broken_form_is_one_line_in_the_security_log(client, caplog):
    client.post("/join/", b"&".join([b"name=a"] * 1100), content_type=FORM)
    # Django's own line goes to our handler and no further.
    lines = [record for record in caplog.records if record.name != "django.security.TooManyFieldsSent"]
    assert [line.getMessage() for line in lines] == [
        'request_refused kind="TooManyFieldsSent" address="127.0.0.1" page="join"'
    ]
    assert lines[0].exc_info is None


def query_of(fields):
    """As a browser would write it; half of a pair as the bytes that it would be."""
    listed = {name: value if isinstance(value, list) else [value] for name, value in fields.items()}
    return urlencode(
        {name: [str(each).encode("utf-8", "surrogatepass") for each in values] for name, values in listed.items()},
        doseq=True,
    )


def pages_open(everybody, viewer):
    """The pages that `viewer` can open."""
    return [name for name in everybody.urls | everybody.admin_urls if status(everybody, viewer, name, "GET", {}) == 200]


def doors_of(everybody, viewer):
    """The pages that take a form of `viewer`, whatever they say to it."""
    names = everybody.urls | everybody.admin_urls
    nothing = {"data": b"", "content_type": FORM}
    return [name for name in names if status(everybody, viewer, name, "POST", nothing) not in {404, 405, 410}]


def faults(everybody, viewer, names, asked):
    """The requests that are answered with a fault, and what the answer is."""
    found = {}
    for name in names:
        for what, method, options in asked:
            answered = status(everybody, viewer, name, method, options)
            found |= {(name, what): answered} if answered >= 500 else {}
    return found


def status(everybody, viewer, name, method, options):
    with undone():
        answer = everybody.ask(method, name, viewer, request=options)
    return answer.status_code
