"""What a team's lead may open (E69): what any other representative may, and what is told here of the team's session.

Each URL and each socket is asked by lina, who leads amal's team, and by ciro, who leads none: one that is not declared
and answers lina otherwise fails the test.
"""

import pytest

from tests.everybody import ADMIN, undone
from tests.test_authorisation_of_sockets import SOCKETS, close_code

# What lina gets where ciro gets the other answer: (of lina, of ciro).
OF_LEADS = {
    ("monitoring", "GET"): (200, 403),
    ("monitoring_region", "GET"): (200, 403),
    ("monitoring_rows", "GET"): (200, 403),
    ("record", "GET"): (200, 404),
    ("record_list", "GET"): (200, 404),
    ("record_csv", "GET"): (200, 404),
    ("recording", "GET"): (200, 404),
    ("download_file", "GET"): (200, 404),
    ("file_picture", "GET"): (200, 404),
    ("acd_figures", "GET"): (200, 403),
    ("acd_figures_csv", "GET"): (200, 403),
    ("acd_figures_xlsx", "GET"): (200, 403),
}


@pytest.mark.django_db
@pytest.mark.walk
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_lead_may_what_any_representative_may_and_see_the_team(everybody, method):
    different = {}
    for name in everybody.urls | everybody.admin_urls:
        if not name.startswith(ADMIN) or method == "GET":
            answers = tuple(_asked(everybody, method, name, viewer) for viewer in ("lina", "ciro"))
            different |= {(name, method): answers} if len(set(answers)) > 1 else {}
    assert different == {which: answers for which, answers in OF_LEADS.items() if which[1] == method}


@pytest.mark.django_db(transaction=True)
async def test_lead_may_follow_the_list_of_open_sessions_alone(everybody):
    different = {}
    for path in (row.split()[0] for row in SOCKETS.strip().splitlines()[1:]):
        place = everybody.in_line if path == "ws/waiting/<key>/" else everybody.session
        address = "/" + path.replace("<key>", place.key)
        codes = [await close_code(address, everybody.browser(viewer)) for viewer in ("lina", "ciro")]
        different |= {path: codes} if len(set(codes)) > 1 else {}
    assert different == {"ws/monitoring/": [None, 4403]}


def _asked(everybody, method, name, viewer):
    with undone():
        answer = everybody.ask(method, name, viewer)
        return answer.status_code
