import pytest

from sessions_app.rules.device_check import checked_device, is_old


def test_what_a_page_of_ours_says_is_taken():
    said = {"browser": "firefox", "version": "140", "system": "linux", "socket": "ok", "rtt": "43", "udp": "unreached"}
    assert checked_device(said) == {**said, "version": 140, "rtt": 43}


@pytest.mark.parametrize(
    "said",
    [
        {"name": "x"},
        {"browser": "<b>netscape</b>"},
        {"camera": "Present"},
        {"version": "0"},
        {"version": "1000"},
        {"rtt": "-4"},
        {"rtt": "4.5"},
        {"rtt": "9" * 4000},
        {"screen": ""},
    ],
    ids=repr,
)
def test_what_no_page_of_ours_says_is_left_out(said):
    assert checked_device(said | {"phone": "yes"}) == {"phone": "yes"}


def test_old_is_what_is_below_the_oldest_supported():
    assert is_old({"browser": "chrome", "version": 124})
    assert not is_old({"browser": "chrome", "version": 125})
    assert not is_old({"browser": "other", "version": 1})
    assert not is_old({"browser": "chrome"})


def test_on_an_iphone_other_browsers_count_by_numbers_of_their_own():
    assert not is_old({"browser": "chrome", "version": 99, "system": "ios"})
    assert is_old({"browser": "safari", "version": 16, "system": "ios"})
