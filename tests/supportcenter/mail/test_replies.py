import smtplib
from types import SimpleNamespace

import pytest
from anymail.exceptions import AnymailInvalidAddress, AnymailRecipientsRefused, AnymailRequestsAPIError

from supportcenter.mail.replies import reply_of


def api_error(status):
    response = SimpleNamespace(status_code=status, reason="x", json=lambda: {"message": "no"}, text="no")
    return AnymailRequestsAPIError("refused", response=response)


@pytest.mark.parametrize(
    ("problem", "failure"),
    [
        (smtplib.SMTPRecipientsRefused({"carol@example.com": (550, b"5.1.1 unknown")}), "bad_address"),
        (smtplib.SMTPRecipientsRefused({"carol@example.com": (550, b"5.2.2 mailbox full")}), "refused"),
        (
            smtplib.SMTPRecipientsRefused({"carol@example.com": (554, b"5.7.1 Message from 192.5.1.25 rejected")}),
            "refused",
        ),
        (smtplib.SMTPRecipientsRefused({"carol@example.com": (452, b"4.2.2 mailbox full")}), "not_now"),
        (smtplib.SMTPDataError(554, b"5.7.1 spam"), "refused"),
        (smtplib.SMTPDataError(451, b"4.7.1 greylisted"), "not_now"),
        # What the site's admin can mend is not held against the invitation.
        (smtplib.SMTPAuthenticationError(535, b"5.7.8 bad credentials"), "not_now"),
        (smtplib.SMTPSenderRefused(553, b"no", "support@center.example"), "not_now"),
        (smtplib.SMTPSenderRefused(553, b"5.1.8 Sender address rejected", "support@center.example"), "not_now"),
        (smtplib.SMTPDataError(530, b"Must issue a STARTTLS command first"), "not_now"),
        (smtplib.SMTPRecipientsRefused({"carol@example.com": (554, b"5.7.1 Relay access denied")}), "not_now"),
        (smtplib.SMTPServerDisconnected("gone"), "unreachable"),
        (ConnectionRefusedError(111, "Connection refused"), "unreachable"),
        (TimeoutError("timed out"), "unreachable"),
        (AnymailInvalidAddress("nonsense"), "bad_address"),
        (AnymailRecipientsRefused(), "refused"),
        (api_error(422), "refused"),
        (api_error(401), "not_now"),
        (api_error(402), "not_now"),
        (api_error(404), "not_now"),
        (api_error(429), "not_now"),
        (api_error(503), "not_now"),
    ],
)
def test_what_an_answer_means(problem, failure):
    assert reply_of(problem).reason == failure


def test_the_servers_own_words_are_kept_on_one_line():
    problem = smtplib.SMTPRecipientsRefused({"carol@example.com": (550, b"5.1.1 no\r\nsuch  user")})

    assert reply_of(problem).detail == "5.1.1 no such user"
