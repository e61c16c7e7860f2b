import pytest

from sessions_app.actions.chat import say
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.join import join_session
from sessions_app.actions.lifecycle.leave import leave_session
from sessions_app.errors import MessageRefused, NotAdmitted, NotInSession, SessionHasEnded
from sessions_app.models import ChatMessage
from tests.factories import latest

pytestmark = pytest.mark.django_db


def test_say_keeps_and_tells_the_line_as_typed(session, carol):
    before = len(latest(session))

    message = say(session, text="  <b>It says</b>\r\nerror 7 \u202e😀  ", client_id="c1", by=carol)

    assert message.text == "<b>It says</b>\nerror 7 \u202e😀"
    assert latest(session, before) == [
        (
            "chat.said",
            {
                "message": message.pk,
                "participant": carol.pk,
                "text": message.text,
                "client_id": "c1",
                "conversation": 1,
            },
        )
    ]


def test_same_message_sent_twice_is_said_once(session, carol):
    first = say(session, text="Hello", client_id="c1", by=carol)
    said = latest(session)

    assert say(session, text="Hello", client_id="c1", by=carol) == first
    assert ChatMessage.objects.count() == 1
    assert latest(session) == said


@pytest.mark.parametrize("text", ["", " \n ", "a\0b", "x" * 4001])
def test_message_that_cannot_be_shown_is_refused(session, carol, text):
    with pytest.raises(MessageRefused):
        say(session, text=text, client_id="c1", by=carol)

    assert not ChatMessage.objects.exists()


def test_longest_message_is_taken(session, carol):
    assert len(say(session, text="😀" * 4000, client_id="c1", by=carol).text) == 4000


def test_say_is_refused_to_who_left_or_waits_or_comes_late(session, carol, policy):
    policy.admit_by_hand = True
    policy.save()
    omar, _seat = join_session(session, name="Omar")
    with pytest.raises(NotAdmitted):
        say(session, text="Hello", client_id="c1", by=omar)

    leave_session(session, by=carol)
    with pytest.raises(NotInSession):
        say(session, text="Hello", client_id="c1", by=carol)

    end_session(session, by=session.primary)
    with pytest.raises(SessionHasEnded):
        say(session, text="Hello", client_id="c1", by=session.primary)


def test_message_acknowledged_before_the_end_is_acknowledged_again(session, carol):
    first = say(session, text="Hello", client_id="c1", by=carol)
    end_session(session, by=session.primary)

    assert say(session, text="Hello", client_id="c1", by=carol) == first
