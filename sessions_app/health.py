"""What `manage.py doctor` says about the disks and programs behind files and recordings."""

import secrets
from collections.abc import Iterator

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext

from sessions_app.storage import ffmpeg, virus_scanner
from supportcenter.accounts.models import SitePolicy
from supportcenter.disks import MEBIBYTE, disks_in_use
from supportcenter.doctor import Finding, fail, health_check, ok, warn
from supportcenter.refusals.files_away import FilesAway

PROBE = b"0123456789"


@health_check("disk")
def disks() -> Iterator[Finding]:
    policy = SitePolicy.current()
    for disk in disks_in_use():
        floor = policy.disk_floor(disk.total)
        words = f"{disk.folder}: {disk.free // MEBIBYTE} MiB are free, {floor // MEBIBYTE} MiB have to be"
        yield ok(words) if disk.free >= floor else fail(f"{words}: no files and recordings are taken")


@health_check("storage")
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
        yield ok(gettext("Files can be kept, read from any place on, and deleted."))
    else:
        yield fail(
            gettext("A part of a file is not what was asked for, so players cannot seek."),
            do=gettext("Use a storage that answers requests with a Range."),
        )


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
