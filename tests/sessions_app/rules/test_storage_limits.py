"""How much may be stored: what stays free on each disk, and the quotas of a session and of the site."""

import pytest
from django.utils import translation

from sessions_app.actions.files.offers import Offered
from sessions_app.actions.retention.delete_files import delete_file, delete_recording
from sessions_app.errors import NoSpaceLeft, QuotaReached
from sessions_app.rules.storage_limits import has_space, promised_bytes, require_quota, require_room, stored_bytes
from supportcenter.accounts.models import SitePolicy
from supportcenter.disks import disk_of, disks_in_use
from supportcenter.jobs.workers.runner import run_due
from tests.factories import make_session
from tests.sessions_app.recordings import running, send
from tests.sessions_app.sending import WHOLE, fresh, sending, sent, upload
from tests.sessions_app.storing import leave_no_space, leave_space, set_policy

pytestmark = pytest.mark.django_db(transaction=True)
MIB = 1024 * 1024


def test_disk_is_that_of_the_nearest_folder_that_exists(tmp_path):
    disk = disk_of(tmp_path / "not" / "yet")
    assert disk[::3] == disk_of(tmp_path)[::3]
    assert 0 <= disk.free <= disk.total
    assert disk.device == tmp_path.stat().st_dev


def test_each_disk_is_asked_once(settings, tmp_path):
    devices = [disk.device for disk in disks_in_use()]
    assert len(devices) == len(set(devices))
    assert disk_of(tmp_path).device in devices


@pytest.mark.parametrize(
    ("total", "floor"), [(20 * 1024 * MIB, 1024 * MIB), (10 * 1024 * MIB, 512 * MIB), (4096 * 1024 * MIB, 1024 * MIB)]
)
def test_floor_is_the_smaller_of_share_and_amount(policy, total, floor):
    assert policy.disk_floor(total) == floor


def test_zero_keeps_nothing_free(policy):
    policy.disk_floor_percent = 0
    assert policy.disk_floor(10**12) == 0


def test_bytes_to_come_count(policy, disk):
    policy.disk_floor_percent = 0
    free = disk_of(disk).free
    assert has_space(policy, size=free // 2)
    assert not has_space(policy, size=free * 2)


@pytest.mark.both_databases
def test_files_on_their_way_count_with_what_they_have_yet_to_bring(session, carol):
    # Of one that goes directly the site stores nothing.
    sending(session, carol, "direct")
    assert promised_bytes() == 0
    (transfer,) = sending(session, carol)
    assert promised_bytes() == len(WHOLE)
    upload(transfer, upto=MIB)
    assert promised_bytes() == len(WHOLE) - MIB
    upload(transfer)
    sent(session, transfer)
    assert promised_bytes() == 0


def test_several_files_cannot_fill_together_what_one_alone_leaves(session, carol, policy, disk):
    """Each of them has the room for itself."""
    set_policy(disk_floor_percent=0, session_mebibytes=0, file_mebibytes=10**6)
    size = disk_of(disk).free // 5 * 2
    files = [Offered(f"{number}.bin", size) for number in range(2)]
    sending(session, carol, files=files)
    with pytest.raises(NoSpaceLeft):
        sending(session, carol, files=[Offered("3.bin", size)])


def test_quota_of_a_session_counts_files_and_recordings(session, carol, clock, policy, amal):
    recording = running(session, clock)
    send(recording, b"x" * 100)
    (transfer,) = sending(session, carol)
    assert stored_bytes(session) == stored_bytes() == 100 + len(WHOLE)
    upload(transfer)
    sent(session, transfer)
    run_due()
    assert fresh(transfer).state == "done"
    assert stored_bytes(session) == 100 + len(WHOLE)

    delete_file(fresh(transfer))
    assert stored_bytes(session) == 100
    delete_recording(recording)
    assert stored_bytes(session) == 0


def test_quota_names_its_number(session, policy):
    policy.session_mebibytes = 3
    require_quota(session, policy, size=3 * MIB)
    with pytest.raises(QuotaReached) as refused:
        require_quota(session, policy, size=3 * MIB + 1)
    assert "3.0\xa0MB" in str(refused.value.message)
    with translation.override("ar"), pytest.raises(QuotaReached) as refused:
        require_quota(session, policy, size=3 * MIB + 1)
    assert "هذه الجلسة" in str(refused.value.message)


@pytest.mark.both_databases
def test_quota_of_the_site_counts_all_sessions(session, carol, bilal, policy):
    sending(session, carol)
    other = make_session(bilal)
    policy.site_mebibytes = 2
    require_quota(other, policy, size=MIB // 2)
    with pytest.raises(QuotaReached, match="quota_reached"):
        require_quota(other, policy, size=MIB)


def test_zero_is_no_quota(session, policy):
    policy.session_mebibytes = policy.site_mebibytes = 0
    require_quota(session, policy, size=10**15)


def test_room_is_asked_on_disk_and_by_quota(session, policy):
    require_room(session, policy, size=1)
    leave_no_space()
    with pytest.raises(NoSpaceLeft):
        require_room(session, SitePolicy.current(), size=1)
    leave_space()
    require_room(session, SitePolicy.current(), size=1)
