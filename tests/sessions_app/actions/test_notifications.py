from datetime import time

import pytest
from django.db import IntegrityError, transaction

from sessions_app.actions.notifications import choose_notifications
from sessions_app.errors import NotACsr
from supportcenter.accounts.models import NotificationSettings
from supportcenter.accounts.quiet_hours import QuietHours
from supportcenter.live.log.eventlog import events_after

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

NIGHT = QuietHours(time(22), time(7), "Asia/Riyadh")


def test_what_is_chosen_is_kept_and_open_pages_hear_of_it(amal):
    choose_notifications(silent=["wrote"], unshown=["lost", "joined"], quiet_hours=NIGHT, by=amal)
    kept = NotificationSettings.of(amal)
    assert (kept.silent, kept.unshown, kept.quiet_hours) == (["wrote"], ["joined", "lost"], NIGHT)
    assert [(event.type, event.data) for event in events_after(amal.stream, 0, audience="staff")] == [
        ("notifications.changed", {})
    ]


def test_chosen_again_it_takes_the_place_of_what_was(amal):
    choose_notifications(silent=["wrote"], unshown=[], quiet_hours=NIGHT, by=amal)
    choose_notifications(silent=[], unshown=["lost"], quiet_hours=None, by=amal)
    kept = NotificationSettings.objects.get()
    assert (kept.silent, kept.unshown, kept.quiet_hours, kept.time_zone) == ([], ["lost"], None, "")


def test_until_then_everything_is_told_and_nothing_is_stored(amal):
    settings = NotificationSettings.of(amal)
    assert (settings.silent, settings.unshown, settings.quiet_hours) == ([], [], None)
    assert not NotificationSettings.objects.exists()


def test_who_is_no_csr_any_more_chooses_nothing(amal):
    amal.csr_privileges.delete()
    with pytest.raises(NotACsr):
        choose_notifications(silent=[], unshown=[], quiet_hours=None, by=amal)
    assert not NotificationSettings.objects.exists()


def test_quiet_hours_have_both_ends_and_a_time_zone(amal):
    for half in ({"quiet_from": time(22)}, {"quiet_from": time(22), "quiet_until": time(7)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            NotificationSettings.objects.create(user=amal, **half)
