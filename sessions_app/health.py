"""What `manage.py doctor` says about the disks and programs behind files and recordings."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _

from sessions_app.rules.ice import IceSettings, turn_credentials
from sessions_app.storage import ffmpeg, virus_scanner
from supportcenter import clock
from supportcenter.accounts.models import SitePolicy
from supportcenter.disks import MEBIBYTE, disks_in_use
from supportcenter.doctor import Finding, fail, health_check, ok, warn
from supportcenter.relay_probe import Credential, probe


@health_check("disk")
def disks() -> Iterator[Finding]:
    policy = SitePolicy.current()
    for disk in disks_in_use():
        floor = policy.disk_floor(disk.total)
        words = f"{disk.folder}: {disk.free // MEBIBYTE} MiB are free, {floor // MEBIBYTE} MiB have to be"
        yield ok(words) if disk.free >= floor else fail(f"{words}: no files and recordings are taken")


@health_check("ffmpeg")
def film_maker() -> Iterator[Finding]:
    found = ffmpeg.find()
    yield ok(found) if found else warn("not found: recordings are kept as the browser sent them")


@health_check("virus scanner")
def scanner() -> Iterator[Finding]:
    if not settings.CLAMD_URL:
        yield ok("not configured")
        return
    virus_scanner.ping(settings.CLAMD_URL)
    yield ok("answers")


@health_check("relay")
def relay() -> Iterator[Finding]:
    if not settings.TURN_URLS:
        yield warn(
            _("there is none: people behind strict networks cannot be seen or heard"),
            do=_("Run the relay of deploy/coturn, and set TURN_SECRET (docs/media.md)."),
        )
        return
    yield ok(_("configured: %(urls)s") % {"urls": ", ".join(settings.TURN_URLS)})


@health_check("relay answers")
def relay_answers() -> Iterator[Finding]:
    """A path is opened at each address of the relay. It takes seconds where one does not answer."""
    for url in settings.TURN_URLS:
        yield from probe(url, credential_of_the_doctor)


def credential_of_the_doctor(seconds: int | None) -> Credential:
    chosen = IceSettings([], settings.TURN_URLS, settings.TURN_SECRET, seconds or settings.TURN_TTL, relay_only=False)
    return Credential(**turn_credentials("doctor", now=clock.now(), settings=chosen))
