"""What `manage.py doctor` says about the keys of kept files (E74)."""

from collections.abc import Iterator

from django.utils.translation import gettext, gettext_noop

from supportcenter.doctor import Finding, fail, health_check, ok, warn
from supportcenter.files_keys import newest_key
from supportcenter.management.kept_files import Tally, tally
from supportcenter.text.directions import ltr

# Files that are looked at: each costs a look at the disk, or a request to the object storage.
MOST = 2000


@health_check(gettext_noop("files key"), active=True, patience=60)
def files_key() -> Iterator[Finding]:
    newest = newest_key()
    found = tally(MOST)
    if newest is None:
        yield ok(gettext("FILES_KEY is not set, so new files and recordings are not encrypted"))
    else:
        yield ok(
            gettext("with the newest key, %(key)s: %(count)d")
            % {"key": ltr(newest.mark.hex()), "count": found.under(newest)}
        )
        yield from _behind(found)
    if lost := found.without_key:
        keys = ", ".join(mark.hex() for mark in sorted(lost))
        yield fail(
            gettext("cannot be opened, since FILES_KEY lacks their key (%(keys)s): %(count)d")
            % {"keys": ltr(keys), "count": sum(lost.values())},
            gettext("Put that key behind the others in FILES_KEY, and start the site again."),
        )
    if found.kept.total() == MOST:
        yield ok(
            gettext("only the first %(count)d were looked at; “manage.py rotate_files_key --check” counts all")
            % {"count": MOST}
        )


def _behind(found: Tally) -> Iterator[Finding]:
    """What is not as new files are; uploads are over soon, and are no reason for a warning."""
    newest = newest_key()
    others = sum(count for mark, count in found.kept.items() if mark and newest and mark != newest.mark)
    older = others - sum(count for mark, count in found.kept.items() if mark in found.without_key)
    do = gettext("Run “manage.py rotate_files_key”. The site may go on meanwhile.")
    if older:
        yield warn(gettext("with an older key: %(count)d") % {"count": older}, do)
    if plain := found.under(None):
        yield warn(gettext("not encrypted: %(count)d") % {"count": plain}, do)
