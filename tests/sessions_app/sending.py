"""A file of a megabyte and a bit: offered, started, and sent block by block, as pages do."""

import hashlib
from io import BytesIO

from sessions_app.actions.activities.consent import give_consent
from sessions_app.actions.files import transfers as verbs
from sessions_app.actions.files.blocks import take_blocks
from sessions_app.actions.files.offers import Offered, offer_files
from sessions_app.models import FileTransfer
from sessions_app.storage import upload_store
from sessions_app.storage.block_digests import BLOCK, digest_of_file
from tests.sessions_app.storage.test_virus_scanner import scanner  # noqa: F401

WHOLE = bytes(range(256)) * 4096 + b"and a bit more"
REPORT = Offered("report.pdf", len(WHOLE), "application/pdf")


def offer(session, by=None, files=None, **more):
    files = [REPORT] if files is None else files
    return offer_files(session, files, by=by or session.primary, **more)


def sending(session, carol, way="server", **more):
    """A file from Amal to Carol that has been accepted and started."""
    activity = give_consent(session, offer(session, **more), by=carol)
    return [verbs.start_file(session, each, way=way, by=each.sender) for each in activity.files.all()]


def upload(transfer, whole=WHOLE, *, by=None, upto=None):
    for offset in range(0, len(whole[:upto]), BLOCK):
        data = whole[offset : offset + BLOCK]
        block(transfer, offset, data, by=by)


def block(transfer, offset, data, *, digest=None, by=None):
    digest = digest or hashlib.sha256(data).hexdigest()
    return take_blocks(transfer, offset=offset, data=data, digests=[digest], by=by or transfer.sender)


def sent(session, transfer, whole=WHOLE):
    return verbs.report_sent(session, transfer, digest=digest_of_file(BytesIO(whole)), by=transfer.sender)


def fresh(transfer):
    return FileTransfer.objects.get(pk=transfer.pk)


def is_left_on_disk(transfer):
    return upload_store.path_of(transfer.parts).exists()
