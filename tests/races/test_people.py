"""Two administrators who take the role from each other at the same moment: one of them stays."""

from functools import partial

import pytest

from supportcenter.accounts.account_form import AccountForm
from supportcenter.accounts.actions.people import change_person
from supportcenter.accounts.models import User
from tests.factories import make_person
from tests.races.together import refusals, together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]


@pytest.mark.parametrize("taken", ["administrator", "is_active"])
def test_two_administrators_against_each_other(policy, taken):
    first, second = (make_person(name, csr=False, is_staff=True, is_superuser=True) for name in ("rima", "sami"))
    for _round in range(5):
        User.objects.update(is_staff=True, is_superuser=True, is_active=True)
        forms = [without(taken, person, by) for person, by in ((second, first), (first, second))]
        outcomes = together(partial(change_person, forms[0], by=first), partial(change_person, forms[1], by=second))
        assert refusals(outcomes) == ["not_an_admin"]
        assert User.objects.filter(is_active=True, is_superuser=True).count() == 1


def without(taken, person, by):
    """The form of a person from whom this is taken."""
    ticked = {"is_active": "on", "administrator": "on"}
    typed = {"username": person.username, "email": person.email, "first_name": person.first_name, "language": "en"}
    shown = {f"initial-{name}": value for name, value in {**typed, **ticked}.items()}
    sent = {**typed, **shown, **{name: value for name, value in ticked.items() if name != taken}}
    form = AccountForm(sent, instance=User.objects.get(pk=person.pk), by=by)
    assert form.is_valid(), form.errors
    return form
