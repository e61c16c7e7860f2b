"""A wrong value is one line that names the setting, and 2; an empty one is none; a misspelt name is told."""

import subprocess
import sys
from pathlib import Path

import pytest

from supportcenter.environment import Environment, WrongSetting
from supportcenter.misspelt import meant_by
from tests.environment import ROOT, SETTINGS, site_environment

SECRET = "hush"
WRONG = [
    ("DATA_DIR", "/proc/nowhere"),
    ("ENV_FILE", "/nowhere/.env"),
    ("PORT", "http"),
    ("PORT", "65536"),
    ("PORT", "0"),
    ("SITE_URL", "support.example.org"),
    ("SITE_URL", "ftp://support.example.org"),
    ("SITE_URL", "https://"),
    ("SECRET_KEY", "letmein"),
    ("SECRET_KEY_FALLBACKS", "letmein"),
    ("DEBUG", "perhaps"),
    ("DEVELOPER_PAGES", "2"),
    ("TRUSTED_ORIGINS", "support.example.org"),
    ("TRUSTED_PROXIES", "-1"),
    ("TRUSTED_PROXIES", "yes"),
    ("DATABASE_URL", f"postgres://support:{SECRET}#1@db.example.org/support"),
    ("DATABASE_URL", f"postgres://support:12{SECRET}/4@db.example.org/support"),
    ("DATABASE_URL", f"mysql://support:{SECRET}@db.example.org/support"),
    ("DATABASE_URL", "support"),
    ("DATABASE_URL", f"postgres://support:{SECRET}%zz@db.example.org/support"),
    ("DATABASE_URL", f"postgres://support:{SECRET}@db.example.org:99999/support"),
    ("FILES_KEY", SECRET),
    ("FILES_KEY", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=,none"),
    ("REDIS_URL", f"http://:{SECRET}@redis.example.org"),
    ("REDIS_URL", "redis.example.org"),
    ("HTTP_THREADS", "0"),
    ("HTTP_BODY_LIMIT", "1"),
    ("SOCKET_BYTE_BUDGET", "-5"),
    ("SOCKET_DB_THREADS", "four"),
    ("JOBS_RUNNER", "cron"),
    ("JOBS_RUNNER", "celery"),
    ("TURN_TTL", "0"),
    ("MEDIA_RELAY_ONLY", "maybe"),
    ("CLAMD_URL", "127.0.0.1:3310"),
    ("EMAIL_URL", f"carrier-pigeon://support:{SECRET}@mail.example.org"),
    ("EMAIL_URL", "mail.example.org"),
    ("EMAIL_URL", f"anymail+carrier-pigeon://{SECRET}"),
    ("EMAIL_URL", f"anymail+postmark://{SECRET}:{SECRET}"),
    ("EMAIL_URL", f"anymail+postmark://{SECRET}?streams=1"),
    ("MAIL_FROM", "nobody"),
    ("SITE_LANGUAGE", "fr"),
    ("TIME_ZONE", "Mars/Olympus"),
    ("TIME_ZONE", "../../etc"),
    ("LOG_LEVEL", "LOUD"),
    ("ADMIN_USERNAME", "amal"),
    ("WEB_PUSH_HOSTS", "fcm.googleapis.com/send"),
    ("WEB_PUSH_HOSTS", "*"),
    ("WEB_PUSH_HOSTS", "ftp://push.example.org"),
    ("OIDC_URL", "login.example.org"),
    ("OIDC_URL", "http://login.example.org"),
    ("OIDC_URL", "https://login.example.org/#main"),
    ("OIDC_URL", "https://login.example.org"),
    ("OIDC_CLIENT_ID", "support"),
    ("OIDC_SCOPES", "profile"),
    ("SAML_METADATA_URL", "http://login.example.org/metadata"),
    ("SAML_METADATA_FILE", "/nowhere/metadata.xml"),
    ("SAML_METADATA_FILE", ".env.example"),
    ("SAML_KEY_FILE", "manage.py"),
    ("SSO_LINK_BY_EMAIL", "perhaps"),
    ("SSO_TEAMS", "billing-group"),
    ("SSO_TEAMS", "billing-group="),
    ("PASSWORD_SIGN_IN", "0"),
]


def started_with(tmp_path, program, **settings):
    """What a program of the site says with these settings: (exit code, its standard error)."""
    environment = {**site_environment(tmp_path), **settings}
    run = subprocess.run([sys.executable, *program], cwd=ROOT, env=environment, capture_output=True, text=True)
    return run.returncode, run.stderr


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_wrong_value_is_one_line_and_two(tmp_path, name, value):
    code, said = started_with(tmp_path, ["manage.py", "version_of_nothing"], **{name: value})
    assert (code, said.count("\n")) == (2, 1)
    assert said.startswith(f"{name}: ")
    assert SECRET not in said


@pytest.mark.parametrize(
    "program",
    [["manage.py", "serve"], ["-m", "celery", "-A", "supportcenter", "report"], ["-c", "import supportcenter.asgi"]],
    ids=["serve", "celery", "asgi"],
)
def test_every_program_says_it_in_one_line(tmp_path, program):
    assert started_with(tmp_path, program, PORT="http") == (2, "PORT: “http” is not a whole number.\n")


def test_empty_means_absent_for_every_setting(tmp_path):
    nothing = dict.fromkeys(SETTINGS - {"DATA_DIR", "ENV_FILE"}, "")
    tell = "from django.conf import settings as s; print(s.DATABASES['default']['ENGINE'], s.PORT, s.JOBS_RUNNER)"
    environment = {**site_environment(tmp_path), **nothing}
    told = subprocess.run([sys.executable, "-c", tell], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert told.stderr == ""
    assert told.stdout.split() == ["supportcenter.sqlite_queue", "8000", "embedded"]


def test_empty_folder_and_file_are_the_usual_ones(tmp_path):
    given = Environment({"DATA_DIR": "", "ENV_FILE": " "}, tmp_path / "none")
    assert given.path("DATA_DIR", tmp_path / "var") == tmp_path / "var"


@pytest.fixture
def file(tmp_path):
    return tmp_path / ".env"


def test_environment_hides_the_file_even_with_nothing(file):
    file.write_text("REDIS_URL=redis://file.example.org\nPORT=1\nHTTP_THREADS=\n")
    given = Environment({"REDIS_URL": ""}, file)
    assert given.url("REDIS_URL", schemes=("redis",)) == ""
    assert given.number("PORT", 8000) == 1
    assert given.number("HTTP_THREADS", 4) == 4


PASSWORD = " p@ss/w:rd#%$HOME${HOME}'\"[ é] "


def test_database_password_is_taken_as_it_is(tmp_path):
    tell = "from django.conf import settings as s; d = s.DATABASES['default']; print(d['USER'], d['PASSWORD'])"
    settings = {"DATABASE_URL": "postgres://support@db.example.org/support", "DATABASE_PASSWORD": PASSWORD}
    environment = {**site_environment(tmp_path), **settings}
    told = subprocess.run([sys.executable, "-c", tell], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert told.stdout == f"support {PASSWORD}\n"


def test_file_may_quote_a_password(file):
    file.write_text("DATABASE_PASSWORD=' p@ss/w:rd#%${HOME}\"[ é]'\n")
    assert Environment({}, file).text("DATABASE_PASSWORD", verbatim=True) == ' p@ss/w:rd#%${HOME}"[ é]'


@pytest.mark.parametrize("make", [Path.mkdir, lambda file: file.write_bytes(b"SITE_URL=\xff\n")])
def test_file_that_cannot_be_read_is_a_wrong_setting(file, make):
    make(file)
    with pytest.raises(WrongSetting, match="ENV_FILE: "):
        Environment({"ENV_FILE": str(file)}, file)


def test_switches_are_read_in_words(file):
    given = Environment({"A": "Yes", "B": "off"}, file)
    assert (given.flag("A", False), given.flag("B", True), given.flag("C", True)) == (True, False, True)


def test_lists_stand_between_commas(file):
    assert Environment({"A": " a, b,,"}, file).names("A", []) == ["a", "b"]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("TRUSTED_PROXY", "TRUSTED_PROXIES"),
        ("SITEURL", "SITE_URL"),
        ("LOGLEVEL", "LOG_LEVEL"),
        ("DJANGO_SECRET_KEY", "SECRET_KEY"),
        ("ALLOWED_HOST", "ALLOWED_HOSTS"),
        ("site_url", "SITE_URL"),
        ("EMAIL_HOST", "EMAIL_URL"),
        ("DEFAULT_FROM_EMAIL", "MAIL_FROM"),
        ("CELERY_BROKER_URL", "REDIS_URL"),
        ("CSRF_TRUSTED_ORIGINS", "TRUSTED_ORIGINS"),
    ],
)
def test_name_that_resembles_one_of_ours_is_that_one(name, meant):
    assert meant_by(name, SETTINGS) == meant


OF_A_SHELL = """
PATH HOME LANG LC_ALL TZ PWD OLDPWD SHELL SHLVL TERM USER LOGNAME MAIL HOSTNAME HOST EDITOR PAGER DISPLAY SSH_TTY
SSH_CONNECTION XDG_DATA_DIRS XDG_DATA_HOME XDG_RUNTIME_DIR HTTP_PROXY HTTPS_PROXY NO_PROXY PYTHONPATH VIRTUAL_ENV
LOG_DIR PGHOST PGPASSWORD POSTGRES_USER POSTGRES_DB DATABASE_HOST REDIS_HOST SITE_NAME AWS_SECRET_ACCESS_KEY CI
DEBIAN_FRONTEND KUBERNETES_PORT KUBERNETES_SERVICE_PORT SENTRY_RELEASE PIP_CACHE_DIR UV_CACHE_DIR INVOCATION_ID
""".split()  # noqa: SIM905 - as a shell shows them


@pytest.mark.parametrize("name", OF_A_SHELL)
def test_names_of_a_shell_are_no_attempt(name):
    assert meant_by(name, SETTINGS) is None


def test_names_that_are_read_are_not_mistaken(file):
    given = Environment({"SITE_URL": "https://support.example.org", "LOGLEVEL": "DEBUG"}, file)
    given.url("SITE_URL", schemes=("https",))
    given.text("LOG_LEVEL")
    assert given.mistaken_names() == {"LOGLEVEL": "LOG_LEVEL"}


def test_misspelt_name_is_a_warning_at_start(tmp_path):
    code, said = started_with(tmp_path, ["manage.py", "check"], TRUSTED_PROXY="1")
    assert code == 0
    assert "TRUSTED_PROXY is set, and nothing reads it. Was TRUSTED_PROXIES meant?" in said


def test_wrong_setting_names_it():
    assert str(WrongSetting("PORT", "is wrong.")) == "PORT: is wrong."
