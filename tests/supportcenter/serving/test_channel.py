"""The time limits of a connection, on a clock of their own."""

import pytest
from twisted.internet.task import Clock
from twisted.internet.testing import StringTransport
from twisted.web.http import Request

from supportcenter.serving.channel import (
    BODY_PATIENCE,
    HEAD_PATIENCE,
    IDLE_PATIENCE,
    LAST_PATIENCE,
    REFUSED_PATIENCE,
    SLOWEST_LINE,
    LimitedChannel,
)
from supportcenter.serving.crowd import Crowd

HEAD = b"POST /join/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n"


class Answered(Request):
    """Announces its body, and is answered when it is whole."""

    def gotLength(self, length):
        super().gotLength(length)
        self.channel.body_begins(length)

    def process(self):
        self.write(b"answer")
        self.finish()


class Unanswered(Answered):
    def process(self):
        """Nothing yet."""


class Line:
    """A connection and the clock that it goes by."""

    def __init__(self, request=Answered, crowd=None):
        self.clock, self.transport = Clock(), LeavingTransport()
        self.channel = LimitedChannel()
        self.channel.requestFactory, self.channel.callLater = request, self.clock.callLater
        self.channel.crowd = crowd or Crowd()
        self.channel.makeConnection(self.transport)
        self.say = self.channel.dataReceived

    def dribble(self, data, *, seconds, times):
        for _ in range(times):
            self.say(data)
            self.clock.advance(seconds)

    @property
    def is_open(self):
        return not (self.transport.disconnecting or self.transport.is_gone)


class LeavingTransport(StringTransport):
    is_gone = False

    def abortConnection(self):
        self.is_gone = True

    def loseWriteConnection(self):
        """The test looks at what was written."""


def test_connection_that_says_nothing_is_closed():
    line = Line()
    line.clock.advance(HEAD_PATIENCE - 1)
    assert line.is_open
    line.clock.advance(1)
    assert not line.is_open


def test_head_that_comes_byte_by_byte_is_not_waited_for():
    line = Line()
    line.dribble(b"G", seconds=1, times=HEAD_PATIENCE - 1)
    assert line.is_open
    line.dribble(b"G", seconds=1, times=2)
    assert line.transport.is_gone


@pytest.mark.parametrize("length", [1000, 160 * SLOWEST_LINE])
def test_body_has_the_time_of_the_slowest_line_however_often_a_byte_comes(length):
    line = Line()
    line.say(HEAD % length)
    patience = BODY_PATIENCE + length // SLOWEST_LINE
    line.dribble(b"x", seconds=1, times=patience - 1)
    assert line.is_open
    line.dribble(b"x", seconds=1, times=1)
    assert line.transport.is_gone


def test_body_in_time_is_answered():
    line = Line()
    line.say(HEAD % 3)
    line.dribble(b"x", seconds=9, times=3)
    assert line.transport.value().endswith(b"answer\r\n0\r\n\r\n")
    assert line.is_open


def test_request_that_is_being_answered_has_all_the_time():
    line = Line(Unanswered)
    line.say(HEAD % 0)
    line.clock.advance(3600)
    assert line.is_open


def test_idle_connection_is_kept_for_the_next_request_and_no_longer():
    line = Line()
    line.say(HEAD % 0)
    line.clock.advance(IDLE_PATIENCE - 1)
    assert line.is_open
    line.say(HEAD % 0)
    line.clock.advance(IDLE_PATIENCE - 1)
    assert line.is_open
    line.clock.advance(1)
    assert not line.is_open


def test_next_request_may_not_dribble_either():
    line = Line()
    line.say(HEAD % 0)
    line.dribble(b"G", seconds=1, times=HEAD_PATIENCE)
    assert line.transport.is_gone


def test_last_answer_that_is_not_taken_does_not_hold_the_connection():
    line = Line()
    line.say(b"GET / HTTP/1.0\r\n\r\n")
    assert line.transport.disconnecting
    assert not line.transport.is_gone
    line.clock.advance(LAST_PATIENCE)
    assert line.transport.is_gone


def test_refused_client_is_heard_out_into_the_void_and_closed():
    line = Line()
    line.say(HEAD % 1000)
    line.channel.refuse(b"no")
    line.say(b"x" * 1000)
    assert line.transport.value() == b"no"
    line.clock.advance(REFUSED_PATIENCE)
    assert line.transport.is_gone


def test_one_connection_more_than_fits_makes_the_longest_waiting_of_its_address_go():
    crowd = Crowd(each=2)
    lines = [Line(crowd=crowd) for _ in range(3)]
    assert [line.is_open for line in lines] == [False, True, True]


def test_one_connection_more_than_the_site_takes_makes_the_longest_waiting_go():
    crowd = Crowd(each=None, most=2)
    lines = [Line(crowd=crowd) for _ in range(3)]
    assert [line.is_open for line in lines] == [False, True, True]


def test_connection_that_has_asked_makes_way_for_no_one():
    crowd = Crowd(each=1)
    asking = Line(Unanswered, crowd=crowd)
    asking.say(HEAD % 0)
    uploading = Line(crowd=crowd)
    uploading.say(HEAD % 1000)
    idle = [Line(crowd=crowd) for _ in range(2)]
    assert (asking.is_open, uploading.is_open) == (True, True)
    assert [line.is_open for line in idle] == [False, True]


def test_answered_connection_waits_again_behind_the_others():
    crowd = Crowd(each=2)
    first, second = Line(crowd=crowd), Line(crowd=crowd)
    first.say(HEAD % 0)
    Line(crowd=crowd)
    assert (first.is_open, second.is_open) == (True, False)


class Refused(Answered):
    """No request is let in, however many there are."""

    count = 0

    def gotLength(self, length):
        Request.gotLength(self, length)
        type(self).count += 1
        self.channel.refuse(b"no")


def test_what_came_together_with_a_refused_request_is_not_read():
    request = type("Request", (Refused,), {})
    line = Line(request)
    line.say(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n" + 20 * b"\r\n" + b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert (request.count, line.transport.value()) == (1, b"no")
