"""What `manage.py doctor` says about the disks and programs behind files and recordings."""

import secrets
from collections.abc import Iterator

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext, gettext_noop

from sessions_app.models.word_index import is_behind
from sessions_app.rules.ice import IceSettings, turn_credentials
from sessions_app.storage import ffmpeg, virus_scanner
from supportcenter import clock
from supportcenter.accounts.models import SitePolicy
from supportcenter.disks import MEBIBYTE, disks_in_use
from supportcenter.doctor import Finding, fail, health_check, ok, warn
from supportcenter.refusals.files_away import FilesAway
from supportcenter.relay_probe import Credential, probe
from supportcenter.text.directions import ltr

PROBE = b"0123456789"


@health_check(gettext_noop("disk"))
def disks() -> Iterator[Finding]:
    policy = SitePolicy.current()
    for disk in disks_in_use():
        floor = policy.disk_floor(disk.total)
        facts = {"folder": ltr(disk.folder), "free": disk.free // MEBIBYTE, "floor": floor // MEBIBYTE}
        if disk.free >= floor:
            yield ok(gettext("%(folder)s: %(free)d MiB are free, %(floor)d MiB must be") % facts)
        else:
            yield fail(
                gettext("%(folder)s: %(free)d MiB are free, %(floor)d MiB must be: files and recordings are refused")
                % facts,
                gettext("Make room on this disk, or change “Storage” in the site policy."),
            )


@health_check(gettext_noop("storage"))
def file_storage() -> Iterator[Finding]:
    """Keep a small object, read a part of it as players do, and delete it."""
    try:
        name = default_storage.save(f"doctor-{secrets.token_hex(8)}", ContentFile(PROBE))
        with default_storage.open(name) as probe:
            probe.seek(2)
            part = probe.read(3)
        default_storage.delete(name)
    except (FilesAway, OSError) as error:
        yield fail(
            gettext("Files cannot be kept: %(why)s") % {"why": error.__cause__ or error},
            do=gettext("Look at STORAGE_URL, and whether its key may save, read and delete in the bucket."),
        )
        return
    if part == PROBE[2:5]:
        yield ok(gettext("Files can be stored, read from any position and deleted."))
    else:
        yield fail(
            gettext("A part of a file is not what was asked for, so players cannot seek."),
            do=gettext("Use a storage that answers requests with a Range."),
        )


@health_check("ffmpeg")
def film_maker() -> Iterator[Finding]:
    found = ffmpeg.find()
    if found:
        yield ok(ltr(found))
    else:
        yield warn(
            gettext("not found: recordings are kept as the browser sent them"),
            gettext("Install ffmpeg, or name the program in FFMPEG."),
        )


@health_check(gettext_noop("virus scanner"))
def scanner() -> Iterator[Finding]:
    if not settings.CLAMD_URL:
        yield ok(gettext("not configured"))
        return
    try:
        virus_scanner.ping(settings.CLAMD_URL)
    except virus_scanner.ScannerError as error:
        yield fail(
            gettext("does not answer: %(error)s. No file can be handed over") % {"error": error},
            gettext("Start the scanner, and see that CLAMD_URL names it."),
        )
    else:
        yield ok(gettext("answers"))


@health_check(gettext_noop("relay"))
def relay() -> Iterator[Finding]:
    if not settings.TURN_URLS:
        yield warn(
            gettext("there is none: people behind strict networks cannot be seen or heard"),
            do=gettext("Run the relay of deploy/coturn, and set TURN_SECRET (docs/media.md)."),
        )
        return
    yield ok(gettext("configured: %(urls)s") % {"urls": ", ".join(settings.TURN_URLS)})


@health_check(gettext_noop("relay answers"), active=True, patience=60)
def relay_answers() -> Iterator[Finding]:
    """A path is opened at each address of the relay. It takes seconds where one does not answer."""
    for url in settings.TURN_URLS:
        yield from probe(url, credential_of_the_doctor)


def credential_of_the_doctor(seconds: int | None) -> Credential:
    chosen = IceSettings([], settings.TURN_URLS, settings.TURN_SECRET, seconds or settings.TURN_TTL, relay_only=False)
    return Credential(**turn_credentials("doctor", now=clock.now(), settings=chosen))


@health_check(gettext_noop("search"))
def words_of_the_chat() -> Iterator[Finding]:
    if not is_behind():
        yield ok(gettext("all lines of the chat can be searched"))
        return
    yield warn(
        gettext("older lines of the chat are still being made searchable"),
        gettext("Wait; if it lasts for hours, see that jobs are run: “manage.py serve”, or the worker, does that."),
    )
