"""What processes say to each other. The lists are promises: processes of other releases read and write them too."""

import pytest

from supportcenter.live.delivery.messages import (
    CloseMessage,
    EventMessage,
    GapMessage,
    SignalMessage,
    TakeoverMessage,
    UnreadableMessage,
    unpack,
)

FRAME = {"frame": '{"frame":"event","data":{"text":"مرحبا"}}'}


@pytest.mark.parametrize(
    ("packed", "kind"),
    [
        (["event", "session.7", 4, 2, FRAME, FRAME], EventMessage),
        (["event", "session.7", 4, 2, FRAME, None], EventMessage),
        (["signal", "session.7", "participant.8", None, FRAME], SignalMessage),
        (["close", "session.7", None, 4410, "page-1"], CloseMessage),
        (["takeover", "session.7", "participant.8", "page-1", "01796817600000000.000000001.5a6b7c8d"], TakeoverMessage),
        (["gap", None], GapMessage),
        (["gap", "session.7"], GapMessage),
    ],
)
def test_message_travels_under_a_name_of_its_own(packed, kind):
    message = unpack(packed)

    assert type(message) is kind
    assert message.pack() == packed


@pytest.mark.parametrize(
    ("packed", "name", "stream"),
    [
        (["EventPost", "session.7", 4, 2, FRAME, FRAME], "EventPost", "session.7"),
        (["event", "session.7", 4, 2, FRAME], "event", "session.7"),
        (["event", "session.7", 4, 2, FRAME, FRAME, "more"], "event", "session.7"),
        (["event", "session.7", "4", 2, FRAME, FRAME], "event", "session.7"),
        (["event", "session.7", 4, 2, "no frame", None], "event", "session.7"),
        (["event", "session.7", 4, 2, {"text": "no frame"}, None], "event", "session.7"),
        (["signal", None, None, None, FRAME], "signal", None),
        (["x" * 100, {"stream": "session.7"}], "x" * 40, None),
        ([["event"], "session.7"], "['event']", "session.7"),
        ([], "None", None),
        ({"name": "event"}, "None", None),
        (None, "None", None),
    ],
)
def test_anything_else_says_its_name_and_stream_as_far_as_it_can_be_read(packed, name, stream):
    with pytest.raises(UnreadableMessage) as unreadable:
        unpack(packed)

    assert (unreadable.value.name, unreadable.value.stream) == (name, stream)
