"""One representative sends conversations of several sessions at once: the bound of an hour holds over all (E67)."""

from functools import partial

import pytest

from sessions_app.actions import transcripts
from sessions_app.actions.chat import say
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.models import TranscriptMail
from tests.factories import make_customer, make_session
from tests.races.together import refusals, together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]
SESSIONS, MOST = 4, 2


def test_an_hours_bound_holds_over_all_sessions(rounds, monkeypatch, settings):
    settings.MAIL_IS_SET_UP = True
    monkeypatch.setattr(transcripts, "MOST_AN_HOUR", MOST)
    for scene in rounds():
        TranscriptMail.objects.all().delete()
        sender, sends = scene.person("sara"), []
        for number in range(SESSIONS):
            session = make_session(sender)
            customer = make_customer(session)
            say(session, text="Hello", client_id="c1", by=customer)
            end_session(session, by=session.primary)
            email = f"c{number}@example.com"
            sends.append(partial(transcripts.send_transcript, session, customer, email=email, by=session.primary))
        assert refusals(together(*sends)) == ["transcripts_too_fast"] * (SESSIONS - MOST)
        assert TranscriptMail.objects.count() == MOST
