"""Customers with a seat who are not in the session: one waits in the lobby, one was removed (E37, E49).

What only customers open answers them as declared here; everything else answers them as it answers a stranger.
"""

import pytest

from tests.everybody import table, undone, url_of
from tests.test_authorisation import DECLARED, asked
from tests.test_authorisation import table as table_of_everybody
from tests.test_authorisation_of_sockets import SOCKETS, close_code

OUTSIDE = ["walter", "rami"]

# Beside a refusal stand the lobby's own page, going away, and what is left to them when it is over.
ANSWERS = """
                              walter rami
remote_support           GET  200    200
customer_region          GET  403    410
customer_regions         GET  403    410
customer_device          POST 204    410
customer_equip           POST 403    410
customer_leaving         POST 204    204
customer_send_message    POST 403    410
customer_edit_message    POST 403    410
customer_delete_message  POST 403    410
customer_react           POST 403    410
customer_note_read       POST 403    410
customer_leave           POST 302    410
answer_survey            GET  403    302
answer_survey            POST 403    302
remember_browser         GET  403    302
remember_browser         POST 403    302
mail_receipt             GET  403    302
mail_receipt             POST 403    302
mail_transcript          GET  403    302
mail_transcript          POST 403    410
customer_offer_files     POST 403    410
customer_send_blocks     POST 403    422
customer_file_step       POST 403    410
customer_download_file   GET  403    410
customer_file_picture    GET  403    410
customer_ice             GET  403    410
customer_start_activity  POST 403    410
customer_running         POST 403    410
customer_stop_activity   POST 403    403
answer_call              POST 403    410
customer_decline_call    POST 403    410
allow_activity           POST 403    410
decline_activity         POST 403    410
withdraw_consent         POST 403    410
save_receipt             GET  200    200
save_transcript          GET  403    410
leave_message_after      GET  409    409
leave_message_after      POST 409    409
back_to_queue            POST 409    409
open_invitation          GET  302    200
"""


@pytest.mark.django_db
@pytest.mark.walk
@pytest.mark.parametrize("viewer", OUTSIDE)
def test_every_url_answers_as_declared_or_as_it_answers_a_stranger(everybody, viewer):
    own = {(name, method): answers for name, method, *answers in table(ANSWERS, OUTSIDE)}
    wrong = []
    for name, method, stranger, *_others in table_of_everybody(DECLARED):
        if url_of(name) in everybody.urls:
            answers = own.get((name, method))
            declared = answers[OUTSIDE.index(viewer)] if answers else stranger
            answered = str(asked(everybody, method, name, viewer)[0])
            wrong += [(name, method, answered, declared)] if answered != declared else []
    assert wrong == []


@pytest.mark.django_db
@pytest.mark.walk
@pytest.mark.parametrize("viewer", OUTSIDE)
def test_no_page_names_who_is_inside(everybody, viewer):
    telling = []
    for name in everybody.urls:
        with undone():
            answer = everybody.ask("GET", name, viewer)
        telling += [name] if not answer.streaming and b"Bilal" in answer.content else []
    assert telling == []


@pytest.mark.django_db(transaction=True)
async def test_sockets_follow_the_lobby_alone(everybody):
    answered = {}
    for path, *_codes in table(SOCKETS):
        if "<key>" in path:
            address = "/" + path.replace("<key>", everybody.session.key)
            answered[path] = [await close_code(address, everybody.browser(viewer)) for viewer in OUTSIDE]
    assert answered == {
        "ws/sessions/<key>/": [4401, 4401],
        "ws/support/<key>/": [None, 4410],
        "ws/waiting/<key>/": [4401, 4401],
    }
