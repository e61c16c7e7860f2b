"""Which cookie a socket's page is known by, as it is found before the handshake."""

import pytest

from supportcenter.routing import socket_cookie


@pytest.mark.parametrize(
    ("path", "cookie"),
    [
        ("/ws/support/abc/", "seat-abc"),
        ("/ws/waiting/abc/", "place-abc"),
        ("/ws/sessions/abc/", "sessionid"),
        ("/ws/webacd/inbox/", "sessionid"),
        ("/ws/monitoring/", "sessionid"),
        ("/ws/elsewhere/", None),
        ("/", None),
    ],
)
def test_page_is_known_by_one_cookie(path, cookie):
    assert socket_cookie(path) == cookie
