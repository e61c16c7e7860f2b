"""Files over HTTP, for CSRs and customers: who gets what, and with which headers."""

import hashlib
from io import BytesIO

import pytest
from django.urls import reverse

from sessions_app.actions.activities.consent import give_consent
from sessions_app.actions.files.blocks import take_blocks
from sessions_app.actions.files.offers import Offered, offer_files
from sessions_app.actions.files.transfers import report_sent, start_file
from sessions_app.actions.lifecycle.leave import leave_session
from sessions_app.models import FileTransfer
from sessions_app.storage.block_digests import BLOCK, MOST_AT_ONCE, blocks_in, digest_of_file
from supportcenter.jobs.workers.runner import run_due
from tests.factories import make_assistant, make_customer, make_session
from tests.sessions_app.views.asking import FETCH, send

pytestmark = pytest.mark.django_db(transaction=True)

PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)


def arrived(session, to, name="picture.png", content_type="image/png", whole=PNG):
    activity = offer_files(session, [Offered(name, len(whole), content_type)], to=to, by=session.primary)
    give_consent(session, activity, by=to)
    transfer = start_file(session, activity.files.get(), way="server", by=session.primary)
    take_blocks(transfer, offset=0, data=whole, digests=[hashlib.sha256(whole).hexdigest()], by=session.primary)
    report_sent(session, transfer, digest=digest_of_file(BytesIO(whole)), by=session.primary)
    run_due()
    return FileTransfer.objects.get(pk=transfer.pk, state="done")


def offer(browser, name, session, *files):
    columns = {"name": [name for name, _ in files], "size": [size for _, size in files]}
    fields = {**columns, "content_type": ["" for _ in files]}
    return browser.post(reverse(name, args=[session.key]), fields, headers=FETCH)


def send_block(browser, name, session, pk, data, offset=0):
    digests = ",".join(hashlib.sha256(block).hexdigest() for block in blocks_in(data))
    headers = {**FETCH, "x-block-offset": str(offset), "x-block-digests": digests}
    url = reverse(name, args=[session.key, pk])
    return browser.post(url, data, content_type="application/octet-stream", headers=headers)


def get(browser, name, session, pk, **headers):
    return browser.get(reverse(name, args=[session.key, pk]), headers=headers)


def body(answer):
    return b"".join(answer.streaming_content)


def test_offer_accept_send_fetch(desk, seat, session, carol):  # noqa: F811
    whole = b"x" * (BLOCK + 5)
    offered = offer(seat, "customer_offer_files", session, ("a b.txt", len(whole))).json()
    (file,) = offered["files"]
    assert (offered["state"], file["name"], file["size"]) == ("requested", "a b.txt", len(whole))
    pk = file["file"]

    assert send(desk, "accept_files", session, offered["activity"]).json()["state"] == "allowed"
    started = send(seat, "customer_file_step", session, pk, "start", way="server").json()
    assert started == {"file": pk, "state": "moving", "way": "server", "received": 0}
    assert send_block(seat, "customer_send_blocks", session, pk, whole[:BLOCK]).json() == {"received": BLOCK}
    again = send_block(seat, "customer_send_blocks", session, pk, whole[BLOCK:], offset=2 * BLOCK)
    assert (again.status_code, again.json()["error"]["expected"]) == (409, BLOCK)
    assert send_block(seat, "customer_send_blocks", session, pk, whole[BLOCK:], offset=BLOCK).status_code == 200
    digest = digest_of_file(BytesIO(whole))
    assert send(seat, "customer_file_step", session, pk, "sent", digest=digest).json()["state"] == "checking"
    assert get(desk, "download_file", session, pk).status_code == 404
    run_due()

    answer = get(desk, "download_file", session, pk)
    assert body(answer) == whole
    assert answer["Content-Disposition"] == 'attachment; filename="a b.txt"'


def test_several_files_are_offered_in_order(desk, session, carol):  # noqa: F811
    offered = offer(desk, "offer_files", session, ("a", 1), ("b", 2)).json()
    assert [(file["name"], file["size"]) for file in offered["files"]] == [("a", 1), ("b", 2)]


def test_file_is_refused_with_its_sentence(desk, session, carol):  # noqa: F811
    refused = offer(desk, "offer_files", session, ("a.txt", 0))
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "file_is_empty")
    assert "a.txt" in refused.json()["error"]["message"]


@pytest.mark.parametrize("size", ["x", -1, 2**60])
def test_offer_that_no_page_makes_is_not_found(desk, session, carol, size):  # noqa: F811
    assert offer(desk, "offer_files", session, ("a", size)).status_code == 404


def test_no_browser_runs_or_believes_what_it_gets(desk, seat, session, carol):  # noqa: F811
    page = arrived(session, carol, "صفحة.html", "text/html", b"<script>alert(1)</script>")
    for browser, name in ((desk, "download_file"), (seat, "customer_download_file")):
        answer = get(browser, name, session, page.pk)
        assert answer["Content-Type"] == "application/octet-stream"
        assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert "no-store" in answer["Cache-Control"]
    assert get(desk, "file_picture", session, page.pk).status_code == 404


def test_picture_is_shown_within_the_page(desk, seat, session, carol):  # noqa: F811
    png = arrived(session, carol)
    for browser, name in ((desk, "file_picture"), (seat, "customer_file_picture")):
        answer = get(browser, name, session, png.pk)
        assert (answer["Content-Type"], body(answer)) == ("image/png", PNG)
        assert answer["Content-Disposition"] == "inline"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize("content_type", ["image/svg+xml", "text/html", "", "application/pdf"])
def test_what_could_hold_a_script_is_no_picture(desk, session, carol, content_type):  # noqa: F811
    assert get(desk, "file_picture", session, arrived(session, carol, "a.svg", content_type).pk).status_code == 404


@pytest.mark.parametrize(
    ("asked", "status", "span"),
    [
        ("bytes=0-9", 206, (0, 10)),
        ("bytes=100-", 206, (100, 108)),
        ("bytes=100-9999", 206, (100, 108)),
        ("bytes=0-107", 206, (0, 108)),
        ("bytes=-5", 206, (103, 108)),
        ("bytes=0-1,5-6", 200, (0, 108)),
        ("lines=1-2", 200, (0, 108)),
    ],
)
def test_download_goes_on_from_the_middle(desk, session, carol, asked, status, span):  # noqa: F811
    png = arrived(session, carol)
    answer = get(desk, "download_file", session, png.pk, range=asked)
    assert (answer.status_code, body(answer)) == (status, PNG[slice(*span)])
    assert int(answer["Content-Length"]) == span[1] - span[0]
    if status == 206:
        assert answer["Content-Range"] == f"bytes {span[0]}-{span[1] - 1}/108"


def test_download_from_beyond_the_end_or_of_another_file(desk, session, carol):  # noqa: F811
    png = arrived(session, carol)
    assert get(desk, "download_file", session, png.pk, range="bytes=500-").status_code == 416
    answer = get(desk, "download_file", session, png.pk, range="bytes=5-9", **{"if-range": '"other"'})
    assert (answer.status_code, body(answer)) == (200, PNG)


def test_a_request_holds_more_than_a_form_may_and_no_more_than_it_says(seat, desk, session, carol):  # noqa: F811
    most = MOST_AT_ONCE * BLOCK
    offered = offer(seat, "customer_offer_files", session, ("large.bin", most + BLOCK)).json()
    pk = offered["files"][0]["file"]
    send(desk, "accept_files", session, offered["activity"])
    send(seat, "customer_file_step", session, pk, "start", way="server")

    assert send_block(seat, "customer_send_blocks", session, pk, b"x" * (most + BLOCK)).status_code == 422
    assert send_block(seat, "customer_send_blocks", session, pk, b"x" * most).json() == {"received": most}


def test_file_of_another_session_is_not_found(desk, seat, session, carol, faris):  # noqa: F811
    other = make_session(faris)
    elsewhere = arrived(other, make_customer(other, "Mallory"))
    for browser, prefix in ((desk, ""), (seat, "customer_")):
        assert get(browser, f"{prefix}download_file", session, elsewhere.pk).status_code == 404
        assert get(browser, f"{prefix}download_file", other, elsewhere.pk).status_code == 404
        assert (
            get(browser, f"{prefix}file_picture" if prefix else "file_picture", session, elsewhere.pk).status_code
            == 404
        )
        assert send(browser, f"{prefix}file_step", session, elsewhere.pk, "stop").status_code == 404
        assert send_block(browser, f"{prefix}send_blocks", session, elsewhere.pk, b"x").status_code == 404


def test_who_has_left_or_waits_gets_no_file(seat, session, carol):  # noqa: F811
    png = arrived(session, carol)
    carol.admitted_at, admitted_at = None, carol.admitted_at
    carol.save()
    assert get(seat, "customer_download_file", session, png.pk).status_code == 403
    carol.admitted_at = admitted_at
    carol.save()
    leave_session(session, by=carol)
    assert get(seat, "customer_download_file", session, png.pk).status_code == 410


def test_assistant_reads_and_does_not_send(client, session, carol, bilal):
    png = arrived(session, carol)
    make_assistant(session, bilal)
    client.force_login(bilal)

    assert get(client, "download_file", session, png.pk).status_code == 200
    refused = offer(client, "offer_files", session, ("a", 1))
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "not_in_control")


def test_unknown_step_is_not_found(desk, session, carol):  # noqa: F811
    activity = offer_files(session, [Offered("a", 1)], by=session.primary)
    assert send(desk, "file_step", session, activity.files.get().pk, "delete").status_code == 404


def test_receiver_sees_names_and_sizes_before_saying_yes(seat, desk, session, carol):  # noqa: F811
    offer_files(session, [Offered("<b>a.txt", 2048), Offered("b.txt", 5)], by=session.primary)
    page = seat.get(reverse("customer_region", args=[session.key, "media_bar"])).content.decode()
    assert "wants to send you 2 files" in page
    assert "_b_a.txt" in page
    assert "2.0\xa0KB" in page
    assert "Allow all for this session" in page

    offer_files(session, [Offered("c.txt", 5)], by=carol)
    page = desk.get(reverse("dashboard_region", args=[session.key, "asked"])).content.decode()
    assert "wants to send you 1 file" in page
    assert "Allow all for this session" not in page


def test_chat_shows_the_file_after_a_reload_too(seat, session, carol):  # noqa: F811
    png = arrived(session, carol)
    page = seat.get(reverse("remote_support", args=[session.key])).content.decode()
    assert reverse("customer_file_picture", args=[session.key, png.pk]) in page
    assert reverse("customer_download_file", args=[session.key, png.pk]) in page
