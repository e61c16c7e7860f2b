"""Which connected pages count as activity of their sign-in: a running session's, and an agent's (E71)."""

import pytest

from sessions_app.realtime import consumers as of_sessions
from tests.realtime import in_database
from tests.test_rights import dashboard, followed, inbox, person
from webacd.realtime import consumers as of_webacd

pytestmark = pytest.mark.django_db(transaction=True)


def at_work():
    agents = [sign_in for _agent, sign_in in of_webacd.at_work._here]
    return [*of_sessions.at_work._here, *agents]


@pytest.mark.parametrize(("page", "counts"), [(dashboard, True), (inbox, True), (person, False)])
async def test_page_counts_by_its_sign_in_while_it_is_connected(page, counts):
    scene = await in_database(page)
    socket = await followed(scene)
    assert at_work() == ([scene.browser.cookies["sessionid"].value] if counts else [])
    await socket.leave()
    assert at_work() == []
