import pytest

from sessions_app.models import SupportSession
from sessions_app.rules import rescue_hooks
from supportcenter.jobs.models import Job
from supportcenter.jobs.workers.runner import run_due
from tests.factories import make_assistant, make_session

pytestmark = pytest.mark.django_db


def test_disabled_account_is_dropped_at_once(session, carol, amal, bilal):
    assistant = make_assistant(session, bilal)

    disable(bilal)
    assistant.refresh_from_db()
    session.refresh_from_db()
    assert (assistant.is_present, session.is_open) == (False, True)

    disable(amal)
    session.refresh_from_db()
    assert session.end_reason == "account_disabled"


def test_disabled_account_is_dropped_from_the_other_sessions_though_one_fails(session, amal, monkeypatch):
    """What might rescue the session fails here; the job that failed is tried again later."""

    def fail_at_one(rescued, _vanished):
        return 1 / 0 if rescued.pk == session.pk else False

    amal.privileges.multi_session = True
    amal.privileges.save()
    other = make_session(amal)
    monkeypatch.setattr(rescue_hooks, "_rescuers", [fail_at_one])
    disable(amal)
    assert [SupportSession.objects.get(pk=each.pk).is_open for each in (session, other)] == [True, False]
    assert Job.objects.filter(kind="sessions.account_disabled", failed_at=None).count() == 1


def test_account_that_is_good_again_before_it_was_dropped_stays(session, amal):
    amal.is_active = False
    amal.save()
    amal.is_active = True
    amal.save()
    run_due()
    session.refresh_from_db()
    assert session.is_open


def disable(user):
    user.is_active = False
    user.save()
    run_due()
