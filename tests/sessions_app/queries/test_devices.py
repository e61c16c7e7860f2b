import pytest
from django.utils import translation

from sessions_app.queries.devices import device_said

GOOD = {"browser": "chrome", "version": 148, "system": "windows", "rtt": 43, "socket": "ok", "screen": "yes"}


def test_nothing_is_said_before_something_was_found():
    assert device_said({}) is None


def test_what_works_is_said_in_one_line():
    said = device_said(GOOD)
    assert (said.product, said.rtt, said.concerns) == ("Chrome 148 on Windows", 43, [])


@pytest.mark.parametrize(
    ("found", "worst"),
    [
        ({"screen": "no", "phone": "yes", "camera": "present"}, "Phone: cannot share a screen, can show the camera"),
        ({"screen": "no", "phone": "yes", "camera": "denied"}, "Phone: cannot share a screen"),
        ({"screen": "no", "phone": "no"}, "Cannot share a screen"),
        ({"udp": "unreached", "tcp": "reached"}, "Relay not reached over UDP: calls may stutter"),
        ({"udp": "unreached", "tcp": "unreached"}, "Relay not reached: calls and screens may fail"),
        ({"udp": "unreached"}, "Relay not reached: calls and screens may fail"),
        ({"udp": "reached", "tcp": "unreached"}, ""),
        ({"socket": "failed"}, "No live connection to this site"),
        ({"microphone": "missing"}, "No microphone"),
        ({"camera": "busy"}, "Another program uses the camera"),
        ({"version": 60}, "Old browser"),
    ],
    ids=repr,
)
def test_what_will_not_work_comes_first(found, worst):
    assert device_said(GOOD | found).worst == worst


def test_how_long_an_answer_took_is_not_said_of_a_connection_that_failed_since():
    assert device_said(GOOD | {"socket": "failed"}).rtt is None


def test_in_arabic():
    with translation.override("ar"):
        said = device_said(GOOD | {"microphone": "missing"})
        assert (said.product, said.worst) == ("Chrome 148 على Windows", "لا يوجد ميكروفون")


def test_an_unknown_browser_is_called_so():
    assert device_said({"browser": "other", "system": "other"}).product == "unknown browser"
