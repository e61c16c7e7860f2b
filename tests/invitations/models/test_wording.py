import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from invitations.models import InvitationWording
from invitations.models.variables import VARIABLES
from supportcenter.text.variables import fill

pytestmark = pytest.mark.django_db
LONG = 1000


def problems(**texts):
    """What is wrong with which field."""
    wording = InvitationWording(**{"recipient": "customer", "language": "en", **texts})
    try:
        wording.full_clean()
    except ValidationError as error:
        return error.message_dict
    return {}


def test_empty_texts_and_every_variable_are_accepted():
    everything = " ".join(f"{{{name}}}" for name in VARIABLES)

    assert problems() == {}
    assert problems(subject=everything, opening=everything, closing=everything) == {}


@pytest.mark.parametrize("field", ["subject", "opening", "closing"])
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{representative} {reprsentative}", "There is no variable {reprsentative}."),
        ("{representative} {link}", "There is no variable {link}."),
        ("{representative} {}", "There is no variable {}."),
        ("{representative} {site.name}", "There is no variable {site.name}."),
        ("{representative} {site!r}", "There is no variable {site!r}."),
        ("{representative", "A curly bracket has no partner."),
        ("representative} {representative}", "A curly bracket has no partner."),
        ("{{representative}}", "A curly bracket has no partner."),
    ],
)
def test_a_variable_that_is_none_is_refused(field, text, said):
    assert any(each.startswith(said) for each in problems(**{field: text})[field])


def test_all_that_is_wrong_is_said_at_once():
    assert len(problems(opening="{a} {b} {a} }")["opening"]) == 4
    assert set(problems(subject="{a}", opening="Hello", closing="{")) == {"subject", "opening", "closing"}


def test_an_opening_says_who_invites():
    assert problems(opening="Hello {site}")["opening"] == [
        "Use {representative}, so that people know who invites them."
    ]
    assert problems(opening="Hello from {representative}") == {}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x0b", "\x85"])
def test_a_subject_is_one_line(end):
    assert problems(subject=f"Hello{end}Bcc: eve@example.com")["subject"] == ["The subject must be one line."]


def test_texts_are_bounded():
    assert "subject" in problems(subject="x" * 121)
    assert set(problems(opening="{representative}" + "x" * LONG, closing="x" * (LONG + 1))) == {"opening", "closing"}


def test_one_wording_a_recipient_and_language():
    InvitationWording.objects.create(recipient="customer", language="en")

    assert problems()["__all__"] == ["There is a wording for this recipient and language. Edit that one."]
    assert problems(language="ar") == {}


def test_refusals_are_translated():
    with override("ar"):
        (said,) = problems(opening="{representative} {link}")["opening"]

    assert said.startswith("لا يوجد متغير باسم {link}.")


def test_what_a_value_holds_is_no_variable():
    assert fill("{site} {number}", {"site": "{number}", "number": "1"}) == "{number} 1"
