"""How the product says no, whatever it refuses."""

import pytest
from django.test import RequestFactory

from supportcenter.refusals import Conflict, Refused
from supportcenter.refusals.answers import answer_refusal

# The sign of a page that asks for a little patience.
PATIENCE = "face__sign--warn"


class Full(Conflict):
    code = "full"
    message = "Everybody is busy."
    try_again_later = True


def page(refusal):
    return answer_refusal(RequestFactory().get("/"), refusal).content.decode()


@pytest.mark.parametrize(("refusal", "says_later"), [(Full(), True), (Conflict("Somebody was quicker."), False)])
def test_page_says_that_only_the_moment_is_wrong(db, refusal, says_later):
    said = page(refusal)

    assert refusal.message in said
    assert (PATIENCE in said) == says_later


def test_program_reads_the_code_and_the_facts():
    request = RequestFactory().get("/", headers={"Accept": "application/json"})

    answer = answer_refusal(request, Refused(seconds=7))

    assert answer.status_code == 403
    assert b'"code": "refused"' in answer.content
    assert b'"seconds": 7' in answer.content
