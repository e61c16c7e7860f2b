"""What `manage.py doctor` says about the settings: what a stranger could use, and what only looks right."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.hashers import identify_hasher
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core import checks
from django.utils.translation import gettext, gettext_noop

from supportcenter.accounts.models import User
from supportcenter.doctor import Finding, fail, health_check, ok, warn
from supportcenter.jobs.workers.heartbeat import heard_of, key_mark
from supportcenter.secret_key import FEWEST_DIFFERENT, SHORTEST

LOOPBACK = {"localhost", "127.0.0.1", "::1"}
# `manage.py seed_demo` gives these addresses, which nobody has.
DEMO_ADDRESSES = [f"{name}@example.org" for name in ("amal", "bilal", "faris", "dana", "eve")]
# What the machine's clock shows.
MACHINE_ZONE = Path("/etc/localtime")
# What Django begins a key with that `startproject` has made.
NEVER_CHANGED = "django-insecure-"
# Which only the bundler makes.
MAP_OF_A_BUNDLE = "js/pages/site.js.map"


def is_public() -> bool:
    """Can others than this machine reach the site's address?"""
    return urlsplit(settings.SITE_URL).hostname not in LOOPBACK


@health_check(gettext_noop("secret key"))
def secret_key() -> Iterator[Finding]:
    key = settings.SECRET_KEY
    if len(key) < SHORTEST or len(set(key)) < FEWEST_DIFFERENT or key.startswith(NEVER_CHANGED):
        yield fail(
            gettext("it can be guessed"),
            gettext("Set SECRET_KEY to 32 random characters or more, or leave it empty: then the site makes one."),
        )
        return
    others = sorted({each.name for each in heard_of() if each.key_mark != key_mark()})
    if others:
        yield fail(
            gettext("these processes have another key than this one: %(names)s") % {"names": ", ".join(others)},
            gettext("Give all processes the same SECRET_KEY, and start them again."),
        )
    else:
        yield ok(gettext("strong, and the same in all processes"))
    if settings.SECRET_KEY_FALLBACKS:
        yield warn(
            gettext("former keys still hold: %(count)d") % {"count": len(settings.SECRET_KEY_FALLBACKS)},
            gettext("Give them up after a while: “manage.py rotate_secret_key --drop”, or SECRET_KEY_FALLBACKS."),
        )


@health_check(gettext_noop("strangers"))
def strangers() -> Iterator[Finding]:
    """What is for developers, on a site that others can reach."""
    if not is_public():
        yield ok(gettext("SITE_URL is for this machine alone"))
        return
    found = list(_for_developers())
    yield from found or [ok(gettext("nothing that is for developers is open to them"))]


def _for_developers() -> Iterator[Finding]:
    if settings.DEBUG:
        yield fail(
            gettext("DEBUG shows them the site’s internals"), gettext("Set DEBUG=False, and start the site again.")
        )
    if settings.DEVELOPER_PAGES:
        yield fail(
            gettext("DEVELOPER_PAGES shows them other people’s mail"),
            gettext("Set DEVELOPER_PAGES=False, and start the site again."),
        )
    names = User.objects.filter(email__in=DEMO_ADDRESSES, is_active=True).order_by("username")
    demo = [user.username for user in names if _has_password(user)]
    if demo:
        yield fail(
            gettext("demo accounts can sign in: %(names)s") % {"names": ", ".join(demo)},
            gettext("Delete them in the administration, or clear their “active” box."),
        )


def _has_password(user: User) -> bool:
    try:
        identify_hasher(user.password)
    except ValueError:
        return False
    return True


@health_check("HTTPS")
def https() -> Iterator[Finding]:
    if not is_public() or settings.SITE_URL.startswith("https:"):
        yield ok(settings.SITE_URL)
    else:
        yield fail(
            gettext(
                "%(address)s: browsers share no screen, camera or microphone there, and passwords can be intercepted"
            )
            % {"address": settings.SITE_URL},
            gettext("Put a TLS proxy in front, and set SITE_URL to the address that begins with https://."),
        )


@health_check(gettext_noop("deployment"))
def deployment() -> Iterator[Finding]:
    """Django's own checks; those for deployment say nothing about a site that one person tries on one machine."""
    deploys = is_public()
    messages = [each for each in checks.run_checks(include_deployment_checks=deploys) if not each.is_silenced()]
    for message in messages:
        level = fail if message.level >= checks.ERROR else warn
        words = f"{message.id}: {message.msg}" if message.id else message.msg
        yield level(words, message.hint or gettext("Put this right, and run “manage.py check --deploy”."))
    if not messages:
        yield ok(
            gettext("Django’s checks for deployment find nothing")
            if deploys
            else gettext("Django’s checks find nothing")
        )


@health_check(gettext_noop("scripts"))
def scripts() -> Iterator[Finding]:
    """A page of modules is a hundred requests: as developers want it, and slow for everybody else."""
    if not is_public():
        yield ok(gettext("SITE_URL is for this machine alone"))
    elif MAP_OF_A_BUNDLE in getattr(staticfiles_storage, "hashed_files", {}):
        yield ok(gettext("one file for each page"))
    else:
        yield warn(
            gettext("pages load them one by one, in a hundred requests"),
            gettext("Install requirements/bundles.txt, then build or prepare the site again."),
        )


@health_check(gettext_noop("time zone"))
def time_zone() -> Iterator[Finding]:
    """Days of reports and opening hours are the site's. A machine in UTC says nothing about where the site is."""
    machine = machine_offset()
    if machine == 0 or settings.TIME_ZONE != "UTC":
        yield ok(settings.TIME_ZONE)
    else:
        yield warn(
            gettext("the site’s is UTC, while this machine’s clock shows UTC%(offset)s") % {"offset": offset(machine)},
            gettext("Set TIME_ZONE to the site’s, such as Europe/Berlin: opening hours and reports go by it."),
        )


def machine_offset() -> int:
    """By how many minutes the machine's own time differs from UTC. Django sets this process's zone to the site's."""
    try:
        zone = ZoneInfo.from_file(MACHINE_ZONE.open("rb"))
    except (OSError, ValueError):
        return 0
    offset = datetime.now(zone).utcoffset()
    return int(offset.total_seconds() // 60) if offset else 0


def offset(minutes: int) -> str:
    return f"{'+' if minutes > 0 else '-'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
