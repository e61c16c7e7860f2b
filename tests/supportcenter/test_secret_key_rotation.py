"""Another secret key: what was made with the former one works while that holds, and not when it is given up."""

import base64
import re
from datetime import date
from io import StringIO

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.core.management import CommandError, call_command
from django.core.signing import Signer
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.crypto import salted_hmac

from invitations.models.tokens import is_seal, token_of
from invitations.rules.links import join_link
from sessions_app.rules.relay_pass import holder_of, relay_pass
from supportcenter import doctor
from supportcenter.accounts.challenges import give_challenge, has_passed
from supportcenter.accounts.push import service
from supportcenter.accounts.push.keys import public_key
from supportcenter.accounts.rights import account_grounds, is_signed_in
from supportcenter.backups import facts, refusing
from supportcenter.backups.errors import NoBackup
from supportcenter.browser_secrets import digest
from supportcenter.environment import WrongSetting
from supportcenter.jobs.workers.heartbeat import key_mark
from supportcenter.live.sockets.handshake import request_of
from supportcenter.live.sockets.rights import read_changed
from supportcenter.one_press import new_name, secret_of_press
from supportcenter.report_mail.links import is_ours, signed
from supportcenter.report_mail.models import Subscription
from supportcenter.secret_key import drop_former, exchange, former_keys, kept_former_keys, read_or_create
from supportcenter.serving import probe
from tests.push_service import Device, claims_of
from webacd.rules.places import places_after

pytestmark = pytest.mark.django_db
OLD, NEW = "the former secret key of this site, 0123456789", "the present secret key of this site, 987654321"


@pytest.fixture(autouse=True)
def before(settings):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = OLD, []


@pytest.fixture
def rotate(settings):
    def rotate():
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]

    return rotate


@pytest.fixture
def drop(settings):
    def drop():
        settings.SECRET_KEY_FALLBACKS = []

    return drop


# ---- Sign-ins ----------------------------------------------------------------------------------------------------


def answers(client):
    """Who is signed in, and by which cookie."""
    return client.get(reverse("home")).wsgi_request.user.username, client.cookies["sessionid"].value


def test_sign_in_goes_on_and_keeps_its_cookie(client, amal, rotate, drop):
    """Django would give it another key, which the open page's sockets and other requests do not have."""
    client.force_login(amal)
    key = client.cookies["sessionid"].value
    rotate()
    assert answers(client) == ("amal", key)
    drop()
    # The request has made it one of the present key.
    assert answers(client) == ("amal", key)


def test_sign_in_that_was_not_used_meanwhile_ends_with_the_former_key(client, amal, rotate, drop):
    client.force_login(amal)
    rotate()
    drop()
    assert client.get(reverse("home")).wsgi_request.user.is_anonymous


def test_signing_in_still_changes_the_key_of_the_browser(client, amal):
    client.get(reverse("account_login"))
    session = client.session
    session["before"] = True
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    client.force_login(amal)
    assert client.cookies["sessionid"].value != before


def handshake(client):
    cookies = "; ".join(f"{name}={each.value}" for name, each in client.cookies.items())
    return request_of({"path": "/ws/", "headers": [(b"cookie", cookies.encode())], "query_string": b""})


def test_socket_of_an_open_page_goes_on(client, amal, rotate, drop):
    client.force_login(amal)
    rotate()
    request = handshake(client)
    assert request.user == amal
    grounds = account_grounds(request, amal)
    assert read_changed(grounds) == set()
    assert answers(client)[0] == "amal"
    drop()
    assert handshake(client).user == amal


def test_sign_in_of_a_device_counts_until_the_former_key_is_given_up(client, amal, rotate, drop):
    client.force_login(amal)
    key = client.cookies["sessionid"].value
    rotate()
    assert is_signed_in(amal, key)
    drop()
    assert not is_signed_in(amal, key)


def test_link_for_a_password(amal, rotate, drop):
    token = default_token_generator.make_token(amal)
    rotate()
    assert default_token_generator.check_token(amal, token)
    drop()
    assert not default_token_generator.check_token(amal, token)


def test_form_of_an_open_page_is_taken(amal, rotate, drop):
    """Its token comes of the cookie alone."""
    client = Client(enforce_csrf_checks=True)
    page = client.get(reverse("account_login")).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    for change in (rotate, drop):
        change()
        data = {"csrfmiddlewaretoken": token, "login": "amal", "password": "wrong"}
        assert client.post(reverse("account_login"), data).status_code == 200


# ---- Links -------------------------------------------------------------------------------------------------------


def test_join_link(session, rotate, drop):
    path = re.sub(r"^https?://[^/]+", "", join_link(session))
    rotate()
    assert Client().get(path).status_code == 200
    drop()
    assert Client().get(path).status_code == 404


def test_earlier_kind_of_link_too(rotate, drop):
    seal = base64.urlsafe_b64encode(salted_hmac("salt", "text", algorithm="sha256").digest()).rstrip(b"=").decode()
    assert is_seal(seal, "salt", "text")
    rotate()
    assert is_seal(seal, "salt", "text")
    drop()
    assert not is_seal(seal, "salt", "text")


@pytest.mark.parametrize("nonce", ["a" * 23, "b" * 22])
def test_invitation_that_is_sent_again_has_the_same_link(nonce, rotate, drop):
    """What was mailed is found by its digest, whatever the key; sent again after that, it is another link."""
    token = token_of(nonce, "")
    rotate()
    assert token_of(nonce, digest(token)) == token
    assert token_of("c" * 23, digest(token)) != token
    drop()
    again = token_of(nonce, digest(token))
    assert again != token
    assert token_of(nonce, digest(again)) == again


def test_link_that_stops_a_report(amal, rotate, drop):
    link = signed(Subscription(pk=7, user=amal))
    rotate()
    assert is_ours(link)
    drop()
    assert not is_ours(link)


def test_link_that_stops_a_report_of_an_earlier_release(rotate, drop):
    link = Signer(salt="supportcenter.report_mail.stop").sign("7-12")
    rotate()
    assert is_ours(link)
    drop()
    assert not is_ours(link)


def test_leave_to_try_the_relay(rotate, drop):
    text = relay_pass("seat-7")
    rotate()
    assert holder_of(text) == "seat-7"
    drop()
    assert holder_of(text) is None


# ---- Seats, places and presses -----------------------------------------------------------------------------------


def press(name, **more):
    request = RequestFactory().post("/join/", {"once": name})
    request.META["CSRF_COOKIE"] = "x" * 32
    return secret_of_press(request, "seat", more)


def test_press_that_is_repeated_is_the_same_press(rotate, drop):
    name = new_name()
    seat = press(name)
    rotate()
    assert press(name) == seat
    assert press(new_name()) != seat
    drop()
    assert press(name) != seat


def test_form_that_a_former_release_has_drawn_is_one_press(rotate):
    assert press("n" * 22) == press("n" * 22)


def test_place_that_was_taken_is_found(session, carol, rotate, drop):
    taken = places_after(carol)
    rotate()
    assert places_after(carol)[len(taken) :] == taken
    assert set(places_after(carol)[: len(taken)]).isdisjoint(taken)
    drop()
    assert set(places_after(carol)).isdisjoint(taken)


def test_ticket_of_a_form(rotate, drop, clock):
    request = RequestFactory().post("/join/")
    tickets = [give_challenge(request, "number").ticket for _ in range(2)]
    clock.forward(seconds=20)
    rotate()
    coming = [RequestFactory().post("/join/", {"ticket": each}) for each in tickets]
    assert has_passed(coming[0], "number")
    assert not has_passed(coming[1], "another number")
    drop()
    assert not has_passed(coming[1], "number")


# ---- Push --------------------------------------------------------------------------------------------------------


def test_what_was_subscribed_with_the_former_key_is_signed_with_it(rotate, drop, push_service):
    """A push service answers 403 to any other; the browser subscribes again when it next shows a page."""
    device, former = Device(push_service), public_key()
    push_service.only_for = f"k={former}"

    def outcome():
        return service.hand_over(device.fields, {"title": "x"}, seconds=60, topic="t").outcome

    assert (outcome(), push_service.asked) == (service.Outcome.ACCEPTED, 1)
    rotate()
    assert public_key() != former
    assert (outcome(), push_service.asked) == (service.Outcome.ACCEPTED, 3)
    assert claims_of(device.headers[-1], former)
    drop()
    assert (outcome(), push_service.asked) == (service.Outcome.REFUSED, 4)
    assert len(device.got) == 2


# ---- The site itself ---------------------------------------------------------------------------------------------


def test_doctor_is_answered_by_a_process_with_the_former_key(rotate, drop):
    question = probe.question("nonce")
    scope = {"query_string": f"question={question}".encode(), "headers": []}
    rotate()
    assert probe.asked_by(scope) == "nonce"
    drop()
    assert probe.asked_by(scope) is None


def test_processes_with_different_keys_are_told_apart(rotate):
    before = key_mark()
    rotate()
    assert key_mark() != before


def test_backup_of_the_site_under_its_former_key_is_restored(rotate, drop):
    class Backup:
        facts = type("Facts", (), {"site": facts.fingerprint(OLD), "key": facts.GIVEN, "site_url": "http://x"})
        members = {"keys": 0}

    rotate()
    refusing.refuse_other_key(Backup, without_key=False)
    drop()
    with pytest.raises(NoBackup, match="SECRET_KEY"):
        refusing.refuse_other_key(Backup, without_key=False)


def test_doctor_reminds_of_former_keys(rotate):
    words = [finding.words for name, finding in doctor.examine(active=False) if name == "secret key"]
    assert "former keys still hold: 1" not in words
    rotate()
    words = [finding.words for name, finding in doctor.examine(active=False) if name == "secret key"]
    assert "former keys still hold: 1" in words


# ---- The command -------------------------------------------------------------------------------------------------


@pytest.fixture
def own_key(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.SECRET_KEY = read_or_create(tmp_path / "secret_key")
    return tmp_path / "secret_key"


def command(*arguments):
    out = StringIO()
    call_command("rotate_secret_key", *arguments, stdout=out)
    return out.getvalue()


def test_command_makes_another_key_and_keeps_the_former(own_key, clock):
    former = own_key.read_text()
    assert command().startswith("There is another secret key, and the former one still holds.")
    assert own_key.read_text() != former
    assert former_keys([], own_key) == [former]
    assert [path.stat().st_mode & 0o777 for path in own_key.parent.iterdir()] == [0o600, 0o600]
    (kept,) = kept_former_keys(own_key)
    said = command("--drop")
    assert said.startswith(f"Given up: the keys until {kept.until}.")
    assert former_keys([], own_key) == []
    with pytest.raises(CommandError, match="No former key is kept"):
        command("--drop")


def test_command_that_broke_off_loses_no_key(own_key, monkeypatch):
    """The former one is written down first; the next run knows that it is the present one still."""
    present = own_key.read_text()

    def killed(length):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("supportcenter.secret_key.secrets.token_urlsafe", killed)
        with pytest.raises(KeyboardInterrupt):
            exchange(own_key, date(2026, 11, 30))
    assert own_key.read_text() == present
    command()
    assert former_keys([], own_key) == [present]


def test_key_of_the_environment_is_exchanged_there(own_key, settings):
    settings.SECRET_KEY = NEW
    with pytest.raises(CommandError, match="SECRET_KEY is set in the environment"):
        command()


def test_former_keys_of_the_environment_come_first_and_easy_ones_are_refused(own_key):
    assert former_keys([OLD, NEW], own_key) == [OLD, NEW]
    with pytest.raises(WrongSetting, match="SECRET_KEY_FALLBACKS: is too easy"):
        former_keys(["short"], own_key)
    own_key.with_name("secret_key_fallbacks").write_text("nonsense")
    with pytest.raises(WrongSetting, match="secret_key_fallbacks cannot be read"):
        former_keys([], own_key)
    own_key.with_name("secret_key_fallbacks").unlink()
    assert drop_former(own_key) == []
