"""What a canned reply may be: its shortcut, its texts and their variables, and how many there may be."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from sessions_app.models import CannedReply, ChatMessage, canned_reply
from sessions_app.models.canned_reply import LONGEST_VALUE, VARIABLES

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
LONGEST = ChatMessage.LONGEST


def problems(**fields):
    """What is wrong with which field."""
    try:
        CannedReply(**{"shortcut": "thanks", "text": "Thank you.", **fields}).full_clean()
    except ValidationError as error:
        return error.message_dict
    return {}


def make_reply(shortcut="thanks", **more):
    return CannedReply.objects.create(**{"shortcut": shortcut, "text": "Thank you.", **more})


@pytest.mark.parametrize(
    "texts", [{"text": "Hi"}, {"text": "", "text_ar": "مرحبا"}, {"text": "Hi", "text_ar": "مرحبا"}]
)
def test_a_text_in_one_language_is_enough(texts):
    assert problems(**texts) == {}


@pytest.mark.parametrize("text", ["", " \r\n "])
def test_without_any_text_it_is_refused_by_the_database_too(text):
    assert list(problems(text=text)) == ["text"]
    with pytest.raises(IntegrityError), transaction.atomic():
        make_reply(text="")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Hello {name}", "There is no variable {name}. There are {customer}, {representative}, {number}, {queue}."),
        ("Hello {customer", "A curly bracket has no partner. Write a variable as {customer}."),
    ],
)
@pytest.mark.parametrize("field", ["text", "text_ar"])
def test_a_variable_that_is_none_is_refused_and_named(field, text, said):
    assert problems(**{field: text}) == {field: [said]}


def test_every_variable_is_taken_in_both_texts():
    everything = " ".join(f"{{{name}}}" for name in VARIABLES)
    assert problems(text=everything, text_ar=everything) == {}


def test_with_its_variables_filled_in_a_text_is_no_longer_than_a_message():
    assert problems(text="x" * LONGEST) == {}
    assert list(problems(text="x" * (LONGEST + 1))) == ["text"]
    assert problems(text="{customer}" + "x" * (LONGEST - LONGEST_VALUE)) == {}
    assert list(problems(text="{customer}" + "x" * (LONGEST - LONGEST_VALUE + 1))) == ["text"]
    # A browser sends a line break as two characters.
    assert problems(text="x\r\n" * (LONGEST // 2)) == {}


@pytest.mark.parametrize(
    ("typed", "kept"), [("/thanks", "thanks"), ("#شكرا", "شكرا"), (" many-thanks ", "many-thanks")]
)
def test_a_shortcut_is_what_is_typed_after_the_sign(typed, kept):
    reply = CannedReply(shortcut=typed, text="Thank you.")
    reply.full_clean()
    assert reply.shortcut == kept


@pytest.mark.parametrize("shortcut", ["two words", "/", "", "\u200f", "x" * 41])
def test_a_shortcut_is_one_word_that_can_be_read(shortcut):
    assert "shortcut" in problems(shortcut=shortcut)


@pytest.mark.parametrize(("first", "second"), [("Thanks", "tHANKS"), ("إعادة", "اعاده")])
def test_a_shortcut_stands_for_one_reply_of_its_scope_in_whatever_spelling(amal, bilal, first, second):
    for owner in (None, amal, bilal):
        make_reply(first, owner=owner)
        assert problems(shortcut=second, owner=owner) == {"shortcut": ["Another reply has this shortcut."]}
        with pytest.raises(IntegrityError), transaction.atomic():
            make_reply(second, owner=owner)


def test_a_reply_may_keep_its_own_shortcut(amal):
    reply = make_reply(owner=amal)
    reply.text = "Thanks!"
    reply.full_clean()


def test_there_are_so_many_and_no_more(amal, monkeypatch):
    monkeypatch.setattr(canned_reply, "MOST", 2)
    monkeypatch.setattr(canned_reply, "MOST_OF_THE_SITE", 1)
    make_reply("a", owner=amal)
    last = make_reply("b", owner=amal)
    make_reply("site")
    said = "There are {} replies already, which is the limit. Delete one first."
    assert problems(shortcut="c", owner=amal) == {"__all__": [said.format(2)]}
    assert problems(shortcut="c") == {"__all__": [said.format(1)]}
    last.full_clean()


def test_their_texts_together_are_so_long_and_no_longer(amal, monkeypatch):
    monkeypatch.setattr(canned_reply, "MOST_CHARACTERS", 10)
    make_reply("a", text="12345", text_ar="67", owner=amal)
    assert problems(shortcut="b", text="890", owner=amal) == {}
    said = "All texts together may have 10 characters. Shorten or delete some first."
    assert problems(shortcut="b", text="8901", owner=amal) == {"__all__": [said]}
    assert problems(shortcut="b", text="8901") == {}


def test_of_two_written_at_once_the_second_is_told_that_its_shortcut_is_taken():
    second = CannedReply(shortcut="Thanks", text="Thanks!")
    second.full_clean()
    make_reply()
    with pytest.raises(ValidationError) as refused:
        second.write()
    assert refused.value.messages == ["Another reply has this shortcut."]
    assert CannedReply.objects.get().text == "Thank you."
