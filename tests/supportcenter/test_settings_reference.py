"""The reference of the settings: complete, translated, the source of `.env.example`, and without a value of ours."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import override

from supportcenter.environment import Asked, Environment
from supportcenter.settings_reference.env_example import env_example
from supportcenter.settings_reference.reference import Link, described, drawn
from supportcenter.settings_reference.table import GROUPS
from supportcenter.settings_reference.words import bounds_in_words, default_in_words
from tests.environment import ROOT, site_environment

ENTRIES = [entry for group in GROUPS for entry in group.entries]
TEXTS = {str(text) for entry in ENTRIES for text in (entry.meaning, entry.default) if text}
TEXTS |= {str(group.title) for group in GROUPS}


def rows():
    return {row.name: row for group in described() for row in group.rows}


# ---- What is described ------------------------------------------------------------------------------------------


def test_every_setting_that_is_read_is_described_and_no_other():
    names = [entry.name for entry in ENTRIES]
    assert sorted(names) == sorted(settings.SETTINGS_ASKED)


def test_anchors_are_english_words_and_different():
    slugs = [group.slug for group in GROUPS]
    assert len(set(slugs)) == len(slugs)
    assert [slug for slug in slugs if not re.fullmatch(r"[a-z]+(-[a-z]+)*", slug)] == []


def test_a_text_is_quoted_by_pairs_of_backticks():
    assert [text for text in TEXTS if text.count("`") % 2] == []


def test_env_example_is_what_the_table_makes():
    """`manage.py describe_settings > .env.example` writes it."""
    assert (ROOT / ".env.example").read_text() == env_example()


def test_env_example_leads_to_documents_that_are_there():
    named = re.findall(r"docs/[\w-]+\.md", env_example())
    assert len(named) > 5
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_page_names_no_document_of_the_repository():
    assert "docs/" not in str(described())


# ---- In both languages ------------------------------------------------------------------------------------------


def test_every_text_is_translated():
    """All but what is written as it is, such as an address."""
    words = {text for text in TEXTS if re.sub(r"`[^`]*`", "", text)}
    with override("ar"):
        said = {str(told) for entry in ENTRIES for told in (entry.meaning, entry.default)}
        said |= {str(group.title) for group in GROUPS}
    assert words & said == set()
    assert len(words) > len(ENTRIES)


def test_what_is_written_as_it_is_stays_in_arabic():
    for entry in ENTRIES:
        for text in (entry.meaning, entry.default):
            written = sorted(re.findall(r"`([^`]+)`", str(text)))
            with override("ar"):
                assert sorted(re.findall(r"`([^`]+)`", str(text))) == written


# ---- Nothing of this machine ------------------------------------------------------------------------------------


EVERYTHING = {
    "PORT": "8111",
    "SITE_URL": "https://ours.test/below",
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz-ours",
    "SECRET_KEY_FALLBACKS": "abcdefghijklmnopqrstuvwxyz0123456789-ours",
    "DEBUG": "1",
    "DEVELOPER_PAGES": "1",
    "ALLOWED_HOSTS": "ours.test",
    "TRUSTED_ORIGINS": "https://ours.test",
    "LINK_SIGNING_KEY": "ours-abcdefghijklmnopqrstuvwxyz0123456789",
    "TRUSTED_PROXIES": "3",
    "DATABASE_URL": "postgres://ours:ours@ours.test/ours",
    "DATABASE_PASSWORD": "ours",
    "REDIS_URL": "redis://ours.test",
    "FILES_KEY": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    "HTTP_THREADS": "7",
    "HTTP_BODY_LIMIT": "7654321",
    "SOCKET_BYTE_BUDGET": "765432",
    "SOCKET_DB_THREADS": "7",
    "HEALTH_PORT": "8112",
    "TURN_SECRET": "ours0123456789abcdefghijklmnopqrstuvwxyz",
    "TURN_HOST": "relay.ours.test",
    "TURN_URLS": "turn:relay.ours.test",
    "STUN_URLS": "stun:relay.ours.test",
    "TURN_TTL": "777",
    "MEDIA_RELAY_ONLY": "1",
    "FFMPEG": "/ours/ffmpeg",
    "CLAMD_URL": "tcp://ours.test:3310",
    "DEMO_PASSWORD": "ours",
    "ADMIN_USERNAME": "ours",
    "ADMIN_EMAIL": "ours@ours.test",
    "ADMIN_PASSWORD": "ours",
    "WEB_PUSH_HOSTS": "push.ours.test",
    "OIDC_URL": "https://login.ours.test",
    "OIDC_CLIENT_ID": "ours",
    "OIDC_CLIENT_SECRET": "ours",
    "OIDC_NAME": "Ours",
    "OIDC_SCOPES": "openid,ours",
    "SAML_METADATA_URL": "https://login.ours.test/metadata",
    "SAML_ENTITY_ID": "ours",
    "SAML_NAME": "Ours",
    "SSO_CREATE_ACCOUNTS": "0",
    "SSO_LINK_BY_EMAIL": "1",
    "SSO_REPRESENTATIVES": "ours",
    "SSO_MANAGERS": "ours",
    "SSO_ADMINISTRATORS": "ours",
    "SSO_TEAMS": "ours=Ours",
    "SSO_USERNAME_ATTRIBUTE": "ours",
    "SSO_EMAIL_ATTRIBUTE": "ours",
    "SSO_FIRST_NAME_ATTRIBUTE": "ours",
    "SSO_LAST_NAME_ATTRIBUTE": "ours",
    "SSO_GROUPS_ATTRIBUTE": "ours",
    "PASSWORD_SIGN_IN": "0",
    "EMAIL_URL": "submission://ours:ours@mail.ours.test",
    "EMAIL_PASSWORD": "ours",
    "MAIL_WEBHOOK_SECRET": "ours:0123456789abcdef",
    "MAIL_WEBHOOK_KEY": "ours",
    "MAIL_FROM": "ours@ours.test",
    "SITE_LANGUAGE": "ar",
    "TIME_ZONE": "Asia/Riyadh",
    "LOG_LEVEL": "CRITICAL",
    "LOG_FORMAT": "json",
    "ACCESS_LOG": "1",
    "METRICS": "1",
    "METRICS_TOKEN": "ours0123456789abcdef",
    "SENTRY_DSN": "https://ours@ours.test/1",
    "SECURITY_CONTACT": "ours@ours.test",
}
# The first two are the test's own; the others follow from those above, exclude them, or need a file or a package.
LEFT = {"ENV_FILE", "DATA_DIR", "FORCE_SCRIPT_NAME", "BUNDLES", "STORAGE_URL", "JOBS_RUNNER"}
LEFT |= {"SAML_METADATA_FILE", "SAML_KEY_FILE", "SAML_CERTIFICATE_FILE"}
TELL = """
import json
import django
django.setup()
from django.conf import settings
from django.utils.translation import override
from supportcenter.settings_reference.env_example import env_example
from supportcenter.settings_reference.reference import described
with override("ar"):
    arabic = described()
with override("en"):
    print(json.dumps([described(), arabic, env_example(), settings.SETTINGS_ASKED["SITE_URL"].default]))
"""


def told_with(data_dir, **given):
    environment = {**site_environment(data_dir), **given}
    return json.loads(subprocess.check_output([sys.executable, "-c", TELL], cwd=ROOT, env=environment, text=True))


@pytest.mark.slow
def test_it_is_the_same_on_every_machine(tmp_path):
    """With nothing set and with everything set, in two folders."""
    assert settings.SETTINGS_ASKED.keys() - EVERYTHING.keys() == LEFT
    *bare, default = told_with(tmp_path / "bare")
    *full, other_default = told_with(tmp_path / "full", **EVERYTHING)
    assert (default, other_default) == ("http://127.0.0.1:8000", "http://127.0.0.1:8111")
    assert full == bare
    assert bare[2] == (ROOT / ".env.example").read_text()
    assert [place for place in (ROOT, tmp_path) if str(place) in str(bare)] == []


# ---- Kinds, bounds and defaults ---------------------------------------------------------------------------------


def test_reader_keeps_what_it_was_asked(tmp_path):
    given = Environment({"PORT": "1"}, tmp_path / ".env", of_others=["THEIRS"])
    given.number("PORT", 8000, most=65535)
    given.text("LANGUAGE", "en", one_of=("en", "ar"))
    given.flag("DEBUG", False)
    given.names("HOSTS", ["a"])
    given.path("DATA", tmp_path)
    given.url("URL", schemes=("https",))
    assert given.asked == {
        "ENV_FILE": Asked("path", tmp_path / ".env"),
        "PORT": Asked("number", 8000, least=1, most=65535),
        "LANGUAGE": Asked("text", "en", one_of=("en", "ar")),
        "DEBUG": Asked("flag", False),
        "HOSTS": Asked("names", ["a"]),
        "DATA": Asked("path", tmp_path),
        "URL": Asked("address", "", schemes=("https",)),
    }
    assert given.known == given.asked.keys() | {"THEIRS"}


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (Asked("text", ""), ""),
        (Asked("number", 1, least=0, most=9), "from `0` to `9`"),
        (Asked("number", 1, least=5), "at least `5`"),
        (Asked("text", "a", one_of=("a", "b")), "one of `a`, `b`"),
        (Asked("address", "", schemes=("https", "http")), "begins with `https://` or `http://`"),
    ],
)
def test_bounds_are_told(asked, words):
    assert bounds_in_words(asked) == words


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (Asked("text", ""), "Empty"),
        (Asked("path", Path()), "Empty"),
        (Asked("path", settings.BASE_DIR / "var"), "`var`"),
        (Asked("flag", True), "Yes"),
        (Asked("number", 0, least=0), "`0`"),
        (Asked("names", ["a", "b"]), "`a`, `b`"),
        (Asked("names", []), "Empty"),
    ],
)
def test_default_is_told(asked, words):
    assert default_in_words(asked) == words


def test_default_that_depends_on_others_is_told_in_words():
    told = rows()
    assert told["SITE_URL"].default == "`http://127.0.0.1:PORT`"
    assert told["DATABASE_URL"].default == "SQLite in `DATA_DIR`"
    assert told["TURN_HOST"].default == "The host of `SITE_URL`"
    assert told["PORT"]._asdict() == {
        "name": "PORT",
        "kind": "A whole number",
        "bounds": "from `1` to `65535`",
        "default": "`8000`",
        "meaning": "The port on which the site listens.",
        "examples": [],
    }


# ---- The page ---------------------------------------------------------------------------------------------------


def test_page_has_every_setting_under_its_name_and_links_topics():
    page = drawn(lambda slug: Link(f"About {slug}", f"/help/{slug}/"))
    assert re.findall(r'<tr id="(\w+)">', page) == [entry.name for entry in ENTRIES]
    assert re.findall(r'<h2 id="([\w-]+)">', page) == [group.slug for group in GROUPS]
    assert '<a href="/help/relay/">About relay</a>' in page
    assert '<code dir="ltr">SITE_URL</code>' in page
    assert "`" not in page


def test_page_in_arabic_has_the_same_anchors():
    with override("ar"):
        page = drawn(lambda slug: Link(slug, slug))
    assert re.findall(r'<h2 id="([\w-]+)">', page) == [group.slug for group in GROUPS]
    assert "المعنى" in page
