"""How long a credential counts: for opening a path, and not for one that is open."""

import pytest

from supportcenter.relay_client import OK, UNAUTHORIZED
from tests.browser.media.people import until
from tests.browser.media.turn import Turn

pytestmark = pytest.mark.process


def test_expired_credential_opens_no_path_and_breaks_none_that_is_open(tmp_path):
    """An honest call goes on, although its nonce, too, has become stale."""
    turn = Turn(tmp_path, configuration="allow-loopback-peers\nstale-nonce=1")
    short = turn.credentials(seconds=2)
    with turn.client(short) as running:
        assert running.allocate() == OK

        assert until(lambda: refusal_of_a_new_path(turn, short) == UNAUTHORIZED)

        assert running.refresh() == OK
        assert running.permit("127.0.0.1") == OK
    turn.stop()


def refusal_of_a_new_path(turn, credentials):
    with turn.client(credentials) as browser:
        return browser.allocate()
