"""What `manage.py doctor` says about mail, the proxy and the public address: each seen well and unwell."""

import json
import shutil
import socket
import ssl
import time
from functools import partial

import pytest
from django.core.mail.backends.smtp import EmailBackend

from supportcenter import doctor
from supportcenter.doctor import Level
from supportcenter.no_mail_server import EmailBackend as NoMail
from supportcenter.serving import probe
from tests.http_provider import HttpProvider
from tests.mail_server import mail_server  # noqa: F401
from tests.relay.relay import HOST, Certificates
from tests.site_process import SiteProcess
from tests.supportcenter.answering import answering, as_the_site

pytestmark = pytest.mark.django_db


def found(check):
    return [(finding.level, finding.words, finding.do) for name, finding in doctor.examine() if name == check]


def levels(check):
    return [level for level, _, _ in found(check)]


# ---- Settings and mail ------------------------------------------------------------------------------------------


def test_misspelt_names(settings):
    settings.MISTAKEN_NAMES = {}
    assert levels("settings") == [Level.OK]
    settings.MISTAKEN_NAMES = {"SITEURL": "SITE_URL"}
    ((level, words, do),) = found("settings")
    assert (level, "SITEURL" in words, "SITE_URL" in do) == (Level.WARN, True, True)


def test_site_without_a_mail_server_fails(settings):
    settings.EMAIL_URL, settings.MAIL_IS_SET_UP = "", False
    settings.EMAIL_BACKEND = f"{NoMail.__module__}.EmailBackend"
    ((level, _, do),) = found("mail")
    assert (level, "EMAIL_URL" in do) == (Level.FAIL, True)
    assert found("mail server answers") == []


@pytest.fixture
def smtp(settings, mail_server):  # noqa: F811
    settings.EMAIL_URL, settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = "smtp://mail", False, False
    return mail_server


def test_mail_server_that_takes_the_probe(smtp):
    assert levels("mail") == [Level.OK]
    assert levels("mail server answers") == [Level.OK]
    message = smtp.messages[0]
    assert (message["To"], message["Auto-Submitted"]) == ("support@center.example", "auto-generated")


@pytest.mark.parametrize(
    ("step", "reply", "advice"),
    [("MAIL", "550 5.7.1 not from you", "MAIL_FROM"), ("RCPT", "550 5.1.1 no such user", "MAIL_FROM")],
)
def test_mail_server_that_refuses(smtp, step, reply, advice):
    smtp.refuse[step] = reply
    ((level, words, do),) = found("mail server answers")
    assert (level, "5." in words, advice in do) == (Level.FAIL, True, True)


def test_mail_server_without_starttls(smtp, settings):
    settings.EMAIL_USE_TLS = True
    ((level, _, do),) = found("mail server answers")
    assert (level, "STARTTLS" in do) == (Level.FAIL, True)


def test_mail_server_that_is_not_there(smtp, settings):
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        settings.EMAIL_PORT = nobody.getsockname()[1]
    ((level, _, do),) = found("mail server answers")
    assert (level, "host and port" in do) == (Level.FAIL, True)
    assert f"{EmailBackend.__module__}.EmailBackend" == settings.EMAIL_BACKEND


@pytest.fixture
def postmark(settings):
    server = HttpProvider()
    settings.EMAIL_URL, settings.MAIL_PROVIDER = "anymail+postmark://hush-hush", "postmark"
    settings.EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
    settings.ANYMAIL = {"POSTMARK_SERVER_TOKEN": "hush-hush", "POSTMARK_API_URL": server.url}
    server.told = {"ErrorCode": 0, "Message": "OK", "MessageID": "its-own-id", "To": settings.DEFAULT_FROM_EMAIL}
    yield server
    server.stop()


def test_provider_that_takes_the_probe(postmark):
    ((level, words, _),) = found("mail server answers")
    assert (level, words.startswith("postmark ")) == (Level.OK, True)
    assert len(postmark.asked) == 1


def test_provider_that_does_not_know_the_token(postmark):
    postmark.status, postmark.told = 401, {"ErrorCode": 10, "Message": "No such token"}
    ((level, words, do),) = found("mail server answers")
    assert (level, words, "EMAIL_URL" in do) == (Level.FAIL, "postmark did not accept a message: No such token", True)
    assert "hush-hush" not in words + do


def test_provider_that_may_or_may_not_tell_what_becomes_of_messages(postmark, settings):
    settings.MAIL_WEBHOOK = ""
    assert levels("mail") == [Level.OK, Level.WARN]
    settings.MAIL_WEBHOOK = "postmark/tracking/"
    (_, (level, words, _)) = found("mail")
    assert (level, words.endswith("/anymail/postmark/tracking/")) == (Level.OK, True)


# ---- The proxy --------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path


def passed_on(folder, peer):
    (folder / "forwarded.json").write_text(json.dumps({"peer": peer, "at": time.time()}))


def test_proxy_that_is_set(settings, folder):
    settings.TRUSTED_PROXIES = 1
    passed_on(folder, "10.0.0.9")
    assert levels("proxy") == [Level.OK]


def test_no_proxy(folder):
    assert levels("proxy") == [Level.OK]


@pytest.mark.parametrize(("peer", "level"), [("10.0.0.9", Level.FAIL), ("8.8.8.8", Level.WARN)])
def test_proxy_that_nobody_has_set(folder, peer, level):
    passed_on(folder, peer)
    ((told, words, do),) = found("proxy")
    assert (told, peer in words, "TRUSTED_PROXIES" in do) == (level, True, True)


def test_https_without_a_proxy_is_not_possible(settings, folder):
    settings.SECURE_SITE = True
    assert levels("proxy") == [Level.FAIL]


# ---- The public address -----------------------------------------------------------------------------------------


def at(settings, address):
    settings.SITE_URL = settings.SITE_ORIGIN = address


@pytest.mark.process
def test_site_that_answers_at_its_address(settings, prepared_folder, tmp_path):
    with SiteProcess(shutil.copytree(prepared_folder, tmp_path / "site")) as site:
        at(settings, site.url)
        settings.SECRET_KEY = (site.data_dir / "secret_key").read_text()
        assert levels("public address") == [Level.OK, Level.OK]


def test_address_where_nobody_listens(settings):
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        at(settings, f"http://127.0.0.1:{nobody.getsockname()[1]}")
    assert levels("public address") == [Level.FAIL]


def test_proxy_that_reaches_no_site(settings):
    with answering(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n") as address:
        at(settings, address)
        ((level, words, _),) = found("public address")
    assert (level, "502" in words) == (Level.FAIL, True)


def test_another_site_at_the_address(settings):
    with answering(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}") as address:
        at(settings, address)
        ((level, words, _),) = found("public address")
    assert (level, "not this site" in words) == (Level.FAIL, True)


def test_answer_of_another_key_or_to_another_question_is_none():
    scope = {"query_string": b"question=" + probe.question("one").encode(), "headers": []}
    assert probe.asked_by(scope) == "one"
    body = probe.answer_to("one", scope)
    assert probe.read(body, "one") == (0, False)
    assert probe.read(body, "two") is None
    assert probe.read(b'{"answer": "forged"}', "one") is None
    assert probe.asked_by({"query_string": b"question=forged"}) is None


def test_proxy_that_passes_no_sockets_on(settings):
    with answering(partial(as_the_site, sockets=False)) as address:
        at(settings, address)
        assert levels("public address") == [Level.OK, Level.FAIL]


def test_number_of_proxies_that_is_wrong(settings):
    settings.TRUSTED_PROXIES = 1
    with answering(as_the_site) as address:
        at(settings, address)
        _, (level, words, do), _ = found("public address")
    assert (level, "0 proxies" in words, "TRUSTED_PROXIES=0" in do) == (Level.FAIL, True, True)


@pytest.mark.parametrize("told", [True, False])
def test_https_that_is_told_and_that_is_not(settings, tmp_path, monkeypatch, told):
    certificates = Certificates(tmp_path)
    certificates.issue(names="DNS:localhost")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.trusted))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates.kept / f"{HOST}.crt", certificates.kept / f"{HOST}.key")
    passed_on_as = b"\r\nX-Forwarded-Proto: https\r\n\r\n" if told else b"\r\n\r\n"
    with answering(lambda request: as_the_site(request.replace(b"\r\n\r\n", passed_on_as)), context=context) as address:
        at(settings, address)
        assert levels("public address") == [Level.OK, *([] if told else [Level.FAIL]), Level.OK]


def test_certificate_that_nobody_trusts(settings, tmp_path):
    certificates = Certificates(tmp_path)
    certificates.issue(names="DNS:localhost")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates.kept / f"{HOST}.crt", certificates.kept / f"{HOST}.key")
    with answering(b"", context=context) as address:
        at(settings, address)
        ((level, words, do),) = found("public address")
    assert (level, "certificate" in words, "localhost" in do) == (Level.FAIL, True, True)
