import pytest

from supportcenter.live.log.collecting import collect_recorded
from supportcenter.live.log.eventlog import Draft, record_all
from tests.supportcenter.live.conftest import STREAM, tell

pytestmark = pytest.mark.django_db


def test_collect_recorded_has_what_the_block_records():
    tell("before")
    with collect_recorded() as recorded:
        one = tell("chat.said")
        more = record_all([(STREAM, Draft("chat.said")), ("inbox.1", Draft("offer.made"))])
    tell("after")

    assert recorded == [one, *more]


def test_collect_recorded_has_what_a_block_within_it_records():
    with collect_recorded() as outer:
        first = tell("first")
        with collect_recorded() as inner:
            second = tell("second")

    assert (outer, inner) == ([first, second], [second])
