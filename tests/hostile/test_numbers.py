"""Numbers are guessed from everywhere, and a right one is joined from everywhere, while ten honest sessions go on."""

import pytest

from tests.challenges import solved
from tests.hostile.attackers import Joiners, NumberGuesser, joining
from tests.hostile.wire import ask, form

pytestmark = pytest.mark.process

LINES = 10
NEWCOMER = "192.0.2.77"


async def test_right_number_is_joined_again_and_again(site, scene, guests):
    """By strangers with many addresses: the session is full soon, and its primary is not kept busy with refusals."""
    async with Joiners(site, scene.hostile["number"]) as joiners:
        await guests.talk(LINES)
    assert set(joiners.seen) <= {302, 409, 429}
    assert await guests.report() == []
    told = [event for event in guests.desks[0].events if event[0] == "join.refused"]
    # One by name, those of the next minute by their number; and the attack may last longer than a minute.
    assert len(told) <= 3


async def test_guessed_numbers_shut_no_one_out(site, scene, guests):
    async with NumberGuesser(site) as guesser:
        await guests.talk(LINES)
        # Above the site's limit an honest customer is slowed down: their browser works for a second, and they are in.
        number = scene.sessions[1]["number"]
        joined = await joined_by(site, number)
        desk = scene.sessions[2]["desk"]
        assisted = await ask(site.port, form("/sessions/assist/", {"number": number}, cookie=desk))
    assert set(guesser.seen) == {404, 429}
    assert joined.headers["location"].startswith("/support/")
    # A representative is never slowed down.
    assert assisted.headers["location"] == f"/sessions/{scene.sessions[1]['key']}/"


async def joined_by(site, number):
    """As the form's page does it: again, with the work that it was asked for."""
    answer = await ask(site.port, joining(number, "Nadia", NEWCOMER))
    if answer.status == 429:
        answer = await ask(site.port, joining(number, "Nadia", NEWCOMER, **solved(answer)))
    return answer
