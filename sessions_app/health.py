"""What `manage.py doctor` says about the disks and programs behind files and recordings."""

from collections.abc import Iterator

from django.conf import settings

from sessions_app.storage import ffmpeg, virus_scanner
from supportcenter.accounts.models import SitePolicy
from supportcenter.disks import MEBIBYTE, disks_in_use
from supportcenter.doctor import Finding, fail, health_check, ok, warn


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
