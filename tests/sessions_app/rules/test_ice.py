import base64
import hashlib
import hmac
from datetime import UTC, datetime

from sessions_app.rules.ice import IceSettings, ice_configuration, turn_credentials

NOW = datetime(2026, 1, 1, tzinfo=UTC)
RELAY = IceSettings(["stun:stun.test"], ["turn:relay.test?transport=udp"], "secret", 600, relay_only=False)


def test_credential_names_its_end_and_its_holder_and_is_signed_by_the_shared_secret():
    credentials = turn_credentials("participant.7", now=NOW, settings=RELAY)

    username = f"{int(NOW.timestamp()) + 600}:participant.7"
    signature = hmac.digest(b"secret", username.encode(), hashlib.sha1)
    assert credentials == {"username": username, "credential": base64.b64encode(signature).decode()}


def test_configuration_has_what_the_site_has():
    both = ice_configuration("participant.7", now=NOW, settings=RELAY)
    assert [server["urls"] for server in both["ice_servers"]] == [RELAY.stun_urls, RELAY.turn_urls]
    assert (both["ice_transport_policy"], both["seconds"]) == ("all", 600)

    nothing = RELAY._replace(stun_urls=[], turn_secret="")
    assert ice_configuration("participant.7", now=NOW, settings=nothing)["ice_servers"] == []

    strict = ice_configuration("participant.7", now=NOW, settings=RELAY._replace(relay_only=True))
    assert strict["ice_transport_policy"] == "relay"
