"""Where a browser may have the server send to, and with which keys."""

import pytest

from supportcenter.accounts.push.places import is_key, is_place_of_a_push_service, is_secret
from tests.push_service import Device, PushService, encoded


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/abc:APA91b_-x",
        "https://fcm.googleapis.com:443/wp/abc",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAAA",
        "https://web.push.apple.com/QGuQyavXutnMH",
        "https://wns2-par02p.notify.windows.com/w/?token=BQYAAA%2f",
        "https://FCM.googleapis.com/x",
    ],
)
def test_push_services_of_the_browsers_are_called(endpoint):
    assert is_place_of_a_push_service(endpoint)


@pytest.mark.parametrize(
    "endpoint",
    [
        "",
        "fcm.googleapis.com/x",
        "http://fcm.googleapis.com/x",
        "https://fcm.googleapis.com:8443/x",
        "https://fcm.googleapis.com:99999/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://10.0.0.5/x",
        "https://169.254.169.254/latest/meta-data/",
        "https://localhost/x",
        "https://example.org/fcm.googleapis.com",
        "https://fcm.googleapis.com.example.org/x",
        "https://evilfcm.googleapis.com/x",
        "https://notify.windows.com.example.org/x",
        "https://notify.windows.com/x",
        "https://.notify.windows.com/x",
        "https://a..notify.windows.com/x",
        "https://a_b.notify.windows.com/x",
        "https://a%2f.notify.windows.com/x",
        "https://" + "x" * 64 + ".notify.windows.com/x",
        "https://fcm.googleapis.com@127.0.0.1/x",
        "https://user:secret@fcm.googleapis.com/x",
        "https://127.0.0.1\\@fcm.googleapis.com/x",
        "https://127.0.0.1#@fcm.googleapis.com/x",
        "https://127.0.0.1/?@fcm.googleapis.com/x",
        "https://fcm.googleapis.com/x\r\nHost: 127.0.0.1",
        "https://fcm.googleapis.com/ x",
        "https://fcm。googleapis.com/x",
        "https://fcm.googleapis.com./x",
        "file:///etc/passwd",
        "gopher://fcm.googleapis.com/x",
        "https://fcm.googleapis.com/" + "x" * 1000,
        "https://[fcm.googleapis.com/x",
    ],
)
def test_nothing_else_is(endpoint):
    assert not is_place_of_a_push_service(endpoint)


def test_origin_in_the_setting_stands_for_itself_alone(settings):
    settings.WEB_PUSH_HOSTS = ["http://127.0.0.1:9001", "https://push.example.org:8443"]
    assert is_place_of_a_push_service("http://127.0.0.1:9001/send/x")
    assert is_place_of_a_push_service("https://push.example.org:8443/x")
    for other in ("http://127.0.0.1:9002/x", "https://127.0.0.1:9001/x", "https://push.example.org/x"):
        assert not is_place_of_a_push_service(other)
    assert not is_place_of_a_push_service("https://fcm.googleapis.com/x")


def test_keys_are_what_browsers_have():
    device = Device(PushService())
    assert is_key(device.p256dh)
    assert is_secret(device.auth)


@pytest.mark.parametrize("key", ["", "x" * 87, "!" * 87, encoded(b"\x04" + b"\x01" * 64), encoded(b"\x02" * 33)])
def test_what_is_no_point_on_the_curve_is_no_key(key):
    assert not is_key(key)


@pytest.mark.parametrize("secret", ["", "abc", "x" * 23, "=" * 22, "é" * 22, encoded(b"1" * 15), encoded(b"1" * 17)])
def test_what_has_not_sixteen_bytes_is_no_secret(secret):
    assert not is_secret(secret)
