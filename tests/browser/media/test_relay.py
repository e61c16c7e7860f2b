"""Everything through a real coturn: over UDP, over TCP; and not with a credential that is old or made up."""

import shutil
from datetime import UTC, datetime, timedelta

import pytest

from sessions_app.rules.ice import IceSettings, turn_credentials
from tests.browser.conftest import SignedIn
from tests.browser.media.conftest import Cast
from tests.browser.media.people import until
from tests.browser.media.turn import Turn
from tests.browser.site import Site

BLUE = (0, 0, 255)
# Which candidates were chosen, by every connection the page has made.
OBSERVE = """
  window.connections = [];
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(...options) { super(...options); connections.push(this); }
  };
"""
CHOSEN = """async () => {
  const reports = [...(await connections.at(-1).getStats()).values()];
  const transport = reports.find(({ type }) => type === "transport");
  const pair = reports.find(({ id }) => id === transport?.selectedCandidatePairId);
  const local = reports.find(({ id }) => id === pair?.localCandidateId);
  const remote = reports.find(({ id }) => id === pair?.remoteCandidateId);
  return pair && [local.candidateType, remote.candidateType, local.relayProtocol];
}"""
SERVER = """() => {
  const [{ username, credential }] = connections.at(-1).getConfiguration().iceServers;
  return { username, credential };
}"""
PAIR = """async () => {
  const transport = [...(await connections.at(-1).getStats()).values()].find(({ type }) => type === "transport");
  return transport?.dtlsState === "connected" ? transport.selectedCandidatePairId : null;
}"""
UNAUTHORIZED = 401
ERRORS = """async (server) => {
  const connection = new RTCPeerConnection({ iceServers: [server], iceTransportPolicy: "relay" });
  const errors = [], candidates = [];
  connection.onicecandidateerror = (event) => errors.push(event.errorCode);
  connection.onicecandidate = ({ candidate }) => candidate?.candidate && candidates.push(candidate.candidate);
  connection.createDataChannel("x");
  await connection.setLocalDescription();
  const pause = () => new Promise((next) => setTimeout(next, 100));
  for (let tries = 0; tries < 80 && !errors.length && !candidates.length; tries++) await pause();
  connection.close();
  return [errors, candidates.length];
}"""


@pytest.fixture(scope="module")
def turn(tmp_path_factory):
    turn = Turn(tmp_path_factory.mktemp("turn"))
    yield turn
    turn.stop()


@pytest.fixture(scope="module", params=["udp", "tcp"])
def relayed(request, turn, folder_with_people, tmp_path_factory, browser):
    """A site that lets everything go through the relay, by one transport; and its representatives signed in."""
    folder = tmp_path_factory.mktemp(request.param) / "data"
    with Site(shutil.copytree(folder_with_people, folder), **environment(turn, request.param)) as site:
        yield site, SignedIn(site, browser), request.param


def environment(turn, transport):
    return {
        "TURN_URLS": turn.url(transport),
        "TURN_SECRET": turn.secret,
        "STUN_URLS": "",
        "MEDIA_RELAY_ONLY": "1",
    }


@pytest.fixture
def short_lived(turn, folder_with_people, tmp_path, browser):
    """A site whose credentials for the relay are good for seconds."""
    with Site(shutil.copytree(folder_with_people, tmp_path / "data"), **environment(turn, "udp"), TURN_TTL="8") as site:
        yield site, SignedIn(site, browser)


def test_share_goes_through_the_relay_and_nothing_else(relayed, watch, launch):
    site, signed_in, transport = relayed
    cast = Cast(site, signed_in, watch, launch)
    desk = cast.starts("bilal")
    carol = cast.joins_with_tab(desk.number)
    for side in (desk, carol):
        side.page.context.add_init_script(OBSERVE)
    desk.page.once("dialog", lambda dialog: dialog.accept())
    desk.reload()
    carol.reload()

    desk.asks_for_desktop()
    carol.allows()
    desk.sees("Carol’s screen", BLUE, patience=30)

    assert carol.page.evaluate(CHOSEN) == ["relay", "relay", transport]
    assert until(lambda: desk.page.get_by_text("relayed", exact=True).count())
    cast.go_home()


def test_call_outlives_its_credential_and_finds_another_way_with_a_renewed_one(short_lived, turn, watch, launch):
    cast = Cast(*short_lived, watch, launch)
    desk = cast.starts("bilal")
    carol = cast.joins_with_tab(desk.number)
    carol.page.context.add_init_script(OBSERVE)
    carol.reload()
    desk.asks_for_desktop()
    carol.allows()
    desk.sees("Carol’s screen", BLUE, patience=30)
    first = carol.page.evaluate(SERVER)

    assert until(lambda: carol.page.evaluate(SERVER)["username"] != first["username"], patience=30)
    assert until(lambda: refused(turn, first), patience=30)

    before = carol.page.evaluate(PAIR)
    carol.page.evaluate("connections.at(-1).restartIce()")
    assert until(lambda: carol.page.evaluate(PAIR) not in {None, before}, patience=30)
    assert carol.page.evaluate(CHOSEN) == ["relay", "relay", "udp"]
    desk.sees("Carol’s screen", BLUE, patience=30)
    cast.go_home()


def refused(turn, server):
    with turn.client(server) as browser:
        return browser.allocate() == UNAUTHORIZED


@pytest.mark.parametrize("fault", ["expired", "forged", "none"])
def test_relay_refuses_what_is_old_or_made_up(fault, turn, launch, site):
    settings = IceSettings([], [turn.url("udp")], turn.secret, 600, relay_only=True)
    now = datetime.now(UTC) - (timedelta(hours=1) if fault == "expired" else timedelta())
    server = {"urls": settings.turn_urls, **turn_credentials("participant.7", now=now, settings=settings)}
    if fault == "forged":
        server["credential"] = turn_credentials(
            "participant.7", now=now, settings=settings._replace(turn_secret="guessed")
        )["credential"]
    page = launch().new_page()
    page.goto(site.url)

    errors, candidates = page.evaluate(ERRORS, server)

    # The control case shows that the same question is answered when the credential is good.
    assert (errors[:1], candidates > 0) == (([], True) if fault == "none" else ([401], False))
