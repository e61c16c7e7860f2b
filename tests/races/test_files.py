"""Pieces of a file while something else happens to it: none counts twice, and none stays behind (E14)."""

import hashlib
from functools import partial
from io import BytesIO

import pytest

from sessions_app.actions.activities.consent import give_consent
from sessions_app.actions.control.transfer_control import transfer_control
from sessions_app.actions.files.blocks import take_blocks
from sessions_app.actions.files.offers import Offered, offer_files
from sessions_app.actions.files.transfers import report_received, report_sent, start_file, stop_transfer
from sessions_app.models import ChatMessage, FileTransfer
from sessions_app.storage import upload_store
from sessions_app.storage.block_digests import digest_of_file
from tests.factories import types
from tests.races.together import refusals, together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]

WHOLE = b"a file of one block"


def sending(scene, way="server"):
    activity = offer_files(scene.session, [Offered("a.txt", len(WHOLE))], by=scene.primary)
    give_consent(scene.session, activity, by=scene.carol)
    return start_file(scene.session, activity.files.get(), way=way, by=scene.primary)


def block(scene, transfer):
    digest = hashlib.sha256(WHOLE).hexdigest()
    return partial(take_blocks, transfer, offset=0, data=WHOLE, digests=[digest], by=scene.primary)


def test_the_same_block_twice(rounds):
    for scene in rounds():
        transfer = sending(scene)
        outcomes = together(block(scene, transfer), block(scene, transfer))
        assert refusals(outcomes) == []
        assert FileTransfer.objects.get(pk=transfer.pk).received == len(WHOLE)


def test_block_against_transfer_of_control(rounds):
    for scene in rounds():
        transfer = sending(scene)
        outcomes = together(
            block(scene, transfer), partial(transfer_control, scene.session, scene.second, by=scene.primary)
        )
        assert set(refusals(outcomes)) <= {"file_over"}
        assert FileTransfer.objects.get(pk=transfer.pk).state == "stopped"
        assert not upload_store.path_of(transfer.parts).exists()


def test_arrival_against_cancelling(rounds):
    digest = digest_of_file(BytesIO(WHOLE))
    for scene in rounds():
        transfer = sending(scene, "direct")
        report_sent(scene.session, transfer, digest=digest, by=scene.primary)
        outcomes = together(
            partial(report_received, scene.session, transfer, digest=digest, by=scene.carol),
            partial(stop_transfer, scene.session, transfer, by=scene.primary),
        )
        assert set(refusals(outcomes)) <= {"file_over"}
        told = types(scene.session)
        assert told.count("file.finished") + told.count("file.stopped") == 1
        assert told.count("activity.stopped") == 1
        assert ChatMessage.objects.filter(file=transfer).count() == told.count("file.finished")
