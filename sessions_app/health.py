"""What `manage.py doctor` says about the disks and programs behind files and recordings."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext, gettext_noop

from sessions_app.storage import ffmpeg, virus_scanner
from supportcenter.accounts.models import SitePolicy
from supportcenter.disks import MEBIBYTE, disks_in_use
from supportcenter.doctor import Finding, fail, health_check, ok, warn


@health_check(gettext_noop("disk"))
def disks() -> Iterator[Finding]:
    policy = SitePolicy.current()
    for disk in disks_in_use():
        floor = policy.disk_floor(disk.total)
        facts = {"folder": disk.folder, "free": disk.free // MEBIBYTE, "floor": floor // MEBIBYTE}
        if disk.free >= floor:
            yield ok(gettext("%(folder)s: %(free)d MiB are free, %(floor)d MiB have to be") % facts)
        else:
            yield fail(
                gettext(
                    "%(folder)s: %(free)d MiB are free, %(floor)d MiB have to be: no files and recordings are taken"
                )
                % facts,
                gettext("Make room on this disk, or change “Storage” in the site policy."),
            )


@health_check("ffmpeg")
def film_maker() -> Iterator[Finding]:
    found = ffmpeg.find()
    if found:
        yield ok(found)
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
