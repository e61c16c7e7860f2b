"""The cast, on stage in every test that names them."""

import os
from datetime import timedelta

import pytest
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth.signals import user_logged_in
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.dispatch import receiver
from django.utils import timezone, translation

from supportcenter import security_log
from supportcenter.accounts.models import SitePolicy
from supportcenter.accounts.rate_limits import rate_limiter
from supportcenter.audit.keeping import keep
from supportcenter.jobs.workers.runner import run_due
from supportcenter.live.delivery.hub import hub
from supportcenter.live.sockets import db as socket_db
from supportcenter.live.sockets.admission import admission
from supportcenter.live.sockets.limits import people
from supportcenter.security_log import noted
from tests import left_out
from tests.emptying import let_entries_go, quick_flush  # noqa: F401
from tests.factories import make_customer, make_person, make_session
from tests.mail_server import mail_server  # noqa: F401
from tests.push_service import PushService
from tests.services import postgres_url, redis_url  # noqa: F401
from tests.site_process import prepared_folder  # noqa: F401

# Tests have their pages in this process, as `serve` has.
hub.serves = True


def pytest_sessionstart():
    """Tests read Arabic; compiling looks at dates and is done in no time when nothing changed."""
    call_command("compile_catalogues")


def pytest_collection_modifyitems(config, items):
    """SQLite has no such case: what is marked `postgresql` is not skipped there, but runs where it can fail."""
    if connection.vendor != "postgresql":
        none_here = [item for item in items if item.get_closest_marker("postgresql")]
        items[:] = [item for item in items if item not in none_here]
        config.hook.pytest_deselected(items=none_here)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_logreport(report):
    # Each worker of xdist reports to the one that started it, which is no worker.
    is_here = "PYTEST_XDIST_WORKER" not in os.environ
    # Place, line and reason. What was expected to fail is "skipped" too, with something else.
    if is_here and report.skipped and isinstance(report.longrepr, tuple):
        left_out.note(report.longrepr[2])


@receiver(user_logged_in)
def sign_in_by_password(request, user, **_):
    """Tests sign in by `force_login`, which skips what a password leaves behind: when its owner has shown it."""
    if not get_authentication_records(request, user):
        record_authentication(request, user, "password")


@pytest.fixture
def policy(db):
    """The site's policy, with its defaults."""
    return SitePolicy.current()


@pytest.fixture
def amal(db):
    """The CSR in control."""
    return make_person("amal")


@pytest.fixture
def bilal(db):
    """The CSR who assists."""
    return make_person("bilal")


@pytest.fixture
def faris(db):
    """A CSR who is no WebACD agent."""
    return make_person("faris")


@pytest.fixture
def dana(db):
    """The admin and manager."""
    return make_person("dana", csr=False, is_staff=True, is_superuser=True)


@pytest.fixture
def eve(db):
    """Signed in, and must see nothing."""
    return make_person("eve", csr=False)


@pytest.fixture
def session(amal):
    """Amal's session, just started."""
    return make_session(amal)


@pytest.fixture
def carol(session):
    """The customer in amal's session."""
    return make_customer(session)


@pytest.fixture
def everybody(policy, amal, bilal, eve, faris, dana, disk):
    """Everybody in front of the whole site, for tests that walk all of its URLs."""
    from tests.everybody import Everybody  # It imports every app's front door, which other tests do without.

    return Everybody(policy, amal, bilal, eve, faris, dana)


@pytest.fixture(autouse=True)
def static_files_as_they_lie(settings):
    """Tests read pages without collecting their files first: no hashed names, no manifest."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.fixture(autouse=True)
def a_disk_of_its_own(settings, tmp_path):
    """What a test uploads is no later one's affair: rows get the same numbers again."""
    settings.PARTS_DIR, settings.MEDIA_ROOT = tmp_path / "parts", tmp_path / "media"


@pytest.fixture(autouse=True)
def sockets_let_go_of_the_database():
    """The sockets' threads keep their connections, and a test database in use cannot be dropped."""
    yield
    socket_db.close_connections()


class Clock:
    """Time that stands still until a test moves it, and then does what has become due."""

    def __init__(self, traveller):
        self._traveller = traveller

    def forward(self, **duration):
        self._traveller.shift(timedelta(**duration))
        run_due()


@pytest.fixture
def clock(time_machine, db):
    time_machine.move_to(timezone.now(), tick=False)
    # The database has a clock of its own, by which no entry is old.
    let_entries_go()
    return Clock(time_machine)


@pytest.fixture(autouse=True)
def nobody_has_guessed_yet():
    """The limiter is the process's: one test's wrong numbers must not lock out the next."""
    yield
    rate_limiter().storage.reset()


@pytest.fixture(autouse=True)
def nobody_has_used_anything_up():
    """What people and addresses have used up is the process's: tests have the same people."""
    yield
    admission.clear()
    people.clear()
    security_log.pace.clear()


@pytest.fixture(autouse=True)
def audited_where_there_is_a_database(request):
    """What is noted in a test without a database has nowhere to be kept."""
    has_database = {"db", "transactional_db"} & {*request.fixturenames} or request.node.get_closest_marker("django_db")
    if not has_database:
        noted.disconnect(keep)
    yield
    noted.connect(keep)


@pytest.fixture(autouse=True)
def nothing_cached():
    """Rows get the same numbers again, and allauth counts attempts there. The cache is this process's own memory."""
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def english_again():
    """A request leaves its language in the thread, where the next test would refuse in Arabic."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """Hashing is slow on purpose, which no test needs."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def disk(settings, tmp_path):
    """A disk of the test's own for uploads and for what is kept of them."""
    settings.PARTS_DIR, settings.MEDIA_ROOT = tmp_path / "parts", tmp_path / "media"
    return tmp_path


@pytest.fixture
def push_service(settings):
    """A push service that the site may call, on this machine."""
    with PushService() as service:
        settings.WEB_PUSH_HOSTS = [service.origin]
        yield service
