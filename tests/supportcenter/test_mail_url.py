import pytest

from supportcenter.environment import WrongSetting
from supportcenter.mail_url import SMTP, mail_settings


@pytest.mark.parametrize(
    ("url", "port", "starttls", "tls"),
    [
        ("submission://mail.example.org", 587, True, False),
        ("smtps://mail.example.org", 465, False, True),
        ("smtp://mail.example.org", 25, False, False),
        ("smtp://mail.example.org:2525", 2525, False, False),
        ("smtp://mail.example.org:465?ssl=True", 465, False, True),
        ("smtp://mail.example.org:587?tls=True", 587, True, False),
    ],
)
def test_scheme_says_the_port_and_where_tls_begins(url, port, starttls, tls):
    found = mail_settings(url)
    assert (found["EMAIL_HOST"], found["EMAIL_BACKEND"]) == ("mail.example.org", SMTP)
    assert (found["EMAIL_PORT"], found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (port, starttls, tls)


def test_user_and_password_are_decoded():
    found = mail_settings("submission://support%40example.org:p%40ss%2Fword@mail.example.org")
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("support@example.org", "p@ss/word")


def test_password_of_its_own_is_taken_as_it_is():
    found = mail_settings("submission://support@mail.example.org", password="p@ss/w#rd %41")
    assert found["EMAIL_HOST_PASSWORD"] == "p@ss/w#rd %41"


@pytest.mark.parametrize(
    "url",
    [
        "mail.example.org",
        "smtp+ssl://mail.example.org",
        "http://mail.example.org",
        "submission://",
        "submission://mail.example.org:port",
        "submission://mail.example.org/path",
        "submission://mail.example.org?starttls=1",
        "submission://mail.example.org?ssl=1",
        "submission://support:12/3@mail.example.org",
        "console://",
        "dummy://",
    ],
)
def test_what_names_no_mail_server_is_a_wrong_setting(url):
    with pytest.raises(WrongSetting, match=r"^EMAIL_URL: "):
        mail_settings(url)
