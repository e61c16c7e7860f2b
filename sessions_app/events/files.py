"""Files that are sent (E42)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sessions_app.events.facts import about, file_facts, of_file
from supportcenter.live.log.eventlog import Draft

if TYPE_CHECKING:
    from sessions_app.models import Activity, FileTransfer


def file_offered(activity: Activity, transfers: Iterable[FileTransfer]) -> Draft:
    """E42: the files that a participant wants to send, before the receiver has agreed."""
    return Draft("file.offered", {**about(activity), "files": [file_facts(each) for each in transfers]})


def file_started(transfer: FileTransfer) -> Draft:
    """The file is being sent; recorded again when it continues by another way."""
    return Draft("file.started", {**of_file(transfer), "way": transfer.way})


def file_paused(transfer: FileTransfer) -> Draft:
    return Draft("file.paused", of_file(transfer))


def file_resumed(transfer: FileTransfer) -> Draft:
    return Draft("file.resumed", of_file(transfer))


def file_finished(transfer: FileTransfer) -> Draft:
    """The receiver has the whole file, or can download it: its digest was compared."""
    facts = {"size": transfer.size, "digest": transfer.digest, "way": transfer.way}
    return Draft("file.finished", {**of_file(transfer), **facts})


def file_stopped(transfer: FileTransfer) -> Draft:
    """What was received of it is discarded, at the receiver too (E14)."""
    return Draft("file.stopped", {**of_file(transfer), "reason": transfer.stop_reason})
