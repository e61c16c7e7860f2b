"""How much the site may store: each disk keeps some room free, and a session and the site have their quotas.

What goes directly from browser to browser needs no room. Files that are on their way count with all of their bytes, so
that several cannot fill together what each of them alone would have left.
"""

from __future__ import annotations

from django.db.models import F, Q, Sum
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from sessions_app.errors import NoSpaceLeft, QuotaReached
from sessions_app.models import FileTransfer, Recording, RecordingSegment, SupportSession
from supportcenter.accounts.models import SitePolicy
from supportcenter.disks import MEBIBYTE, disks_in_use, disks_of_uploads
from supportcenter.refusals import require

State = FileTransfer.State
ON_THEIR_WAY = [State.MOVING, State.PAUSED]


def require_room(session: SupportSession, policy: SitePolicy, *, size: int = 0) -> None:
    """Ask before a file of `size` bytes, or a recording, begins. Raises NoSpaceLeft or QuotaReached."""
    require(has_space(policy, size=size + promised_bytes()), NoSpaceLeft)
    require_quota(session, policy, size=size)


def require_space(policy: SitePolicy, *, size: int) -> None:
    """Ask before so many bytes of what has begun are written. Raises NoSpaceLeft."""
    require(has_space(policy, size=size), NoSpaceLeft)


def has_space(policy: SitePolicy, *, size: int, part_of_floor: float = 1) -> bool:
    """Whether each disk would still have its floor free (or that part of it) with `size` bytes more of uploads."""
    taking = disks_of_uploads()
    return all(
        disk.free - (size if disk.device in taking else 0) >= policy.disk_floor(disk.total) * part_of_floor
        for disk in disks_in_use()
    )


def require_quota(session: SupportSession, policy: SitePolicy, *, size: int) -> None:
    """Ask whether session and site may keep `size` bytes more. Raises QuotaReached, which names the number."""
    of_session = _("This session may keep %(most)s of files and recordings, and has reached that limit.")
    of_site = _("This site may keep %(most)s of files and recordings, and has reached that limit.")
    for mebibytes, mine, words in (
        (policy.session_mebibytes, session, of_session),
        (policy.site_mebibytes, None, of_site),
    ):
        most = mebibytes * MEBIBYTE
        is_within = not most or stored_bytes(mine) + size <= most
        require(is_within, QuotaReached, message=words % {"most": filesizeformat(most)})


def promised_bytes() -> int:
    """Bytes that files on their way through the server have yet to bring, in the whole site."""
    coming = FileTransfer.objects.filter(state__in=ON_THEIR_WAY, way=FileTransfer.Way.SERVER)
    return coming.aggregate(bytes=Sum(F("size") - F("received")))["bytes"] or 0


def stored_bytes(session: SupportSession | None = None) -> int:
    """Bytes of files and recordings that a session, or without one the site, keeps or has promised to keep.

    What retention or an admin has deleted counts no more.
    """
    files = FileTransfer.objects.filter(way=FileTransfer.Way.SERVER)
    files = files.filter(Q(state__in=[*ON_THEIR_WAY, State.CHECKING]) | Q(state=State.DONE) & ~Q(file=""))
    films = Recording.objects.filter(state=Recording.State.READY).exclude(file="")
    pieces = RecordingSegment.objects.filter(recording__state__in=[Recording.State.RUNNING, Recording.State.FINISHING])
    if session:
        files, films = files.filter(session=session), films.filter(session=session)
        pieces = pieces.filter(recording__session=session)
    return sum(rows.aggregate(bytes=Sum("size"))["bytes"] or 0 for rows in (files, films, pieces))
