import re
from collections.abc import Iterable, Sequence
from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sessions_app.models import CannedReply, FileTransfer, SurveyAnswer, SurveyQuestion, Tag
from sessions_app.models.survey_answer import LONGEST_WORDS
from sessions_app.storage.block_digests import MOST_AT_ONCE
from supportcenter.accounts.models import User
from supportcenter.reporting.days import DaysForm
from supportcenter.reporting.ranges import RangeForm
from supportcenter.text.fields import AddressField, NameField, WordsField
from supportcenter.text.signed_forms import SignedForm


class StartForm(forms.Form):
    email_box = forms.BooleanField(label=_("Email"), required=False)


class NumberForm(forms.Form):
    """Only asks for something typed: what is wrong with a number is told alike for all wrong ones (E37)."""

    number = forms.CharField(label=_("Session number"), max_length=40)


class PersonForm(forms.Form):
    """Who a customer says they are."""

    name = NameField(label=_("Your name"))
    email = AddressField(label=_("Email address"), required=False)


class JoinForm(SignedForm, PersonForm, NumberForm):
    field_order = ["number", "name", "email"]
    path, signable = "join", re.compile(r"number|name|email")

    @property
    def confirms(self) -> list[str]:
        """Of who the customer says they are, what a signed link vouches for."""
        return [name for name in ("name", "email") if name in self.confirmed]


class DetailsForm(forms.Form):
    """What a browser says it delivers, or why it cannot: words that we know, never a window's title."""

    SURFACES = ["monitor", "window", "browser"]
    FAILURES = ["dismissed", "denied", "missing", "busy", "insecure", "unsupported"]

    surface = forms.ChoiceField(choices=[(word, word) for word in SURFACES], required=False)
    failure = forms.ChoiceField(choices=[(word, word) for word in FAILURES], required=False)


class OfferedFileForm(forms.Form):
    """A file as the sender's browser describes it; what is wrong with it is the action's to say."""

    name = forms.CharField(required=False, strip=False)
    size = forms.IntegerField(min_value=0, max_value=2**53)
    content_type = forms.RegexField(r"^[\w.+-]+/[\w.+-]+$", max_length=100, required=False)


class DigestForm(forms.Form):
    digest = forms.RegexField(r"^[0-9a-f]{64}$")


class BlocksForm(forms.Form):
    """Where some blocks belong, and what each of them should be: no more than one request holds."""

    offset = forms.IntegerField(min_value=0)
    digests = forms.RegexField(rf"^[0-9a-f]{{64}}(,[0-9a-f]{{64}}){{0,{MOST_AT_ONCE - 1}}}$")

    def clean_digests(self) -> list[str]:
        return self.cleaned_data["digests"].split(",")


class WayForm(forms.Form):
    way = forms.ChoiceField(choices=FileTransfer.Way.choices)


class SurveyForm(forms.Form):
    """What a customer says after a session, bit by bit: a field that does not come along leaves what was said.

    `rating` is a button's own value, so that one press is an answer.
    """

    SCALE = [(number, str(number)) for number in range(1, 6)]

    rating = forms.TypedChoiceField(choices=SCALE, coerce=int, empty_value=None, required=False)
    solved = forms.ChoiceField(
        label=_("Is the problem solved?"),
        choices=SurveyAnswer.Solved.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    remark = WordsField(
        label=_("Anything else?"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        required=False,
    )

    def __init__(self, *args: Any, questions: Iterable[SurveyQuestion], **more: Any) -> None:
        super().__init__(*args, **more)
        self._questions = {question.field_name: question for question in questions}
        for name, question in self._questions.items():
            self.fields[name] = _field_for(question)

    @classmethod
    def of(cls, answer: SurveyAnswer | None, questions: Sequence[SurveyQuestion]) -> Self:
        """The form as the customer finds it, with what they have said so far."""
        if answer is None:
            return cls(questions=questions)
        said = {reply.question_id: reply.value for reply in answer.replies.all()}
        initial = {each.field_name: said.get(each.pk, "") for each in questions}
        return cls(initial=initial | {"solved": answer.solved, "remark": answer.remark}, questions=questions)

    @property
    def asked(self) -> list[forms.BoundField]:
        """The fields of the admins' questions."""
        return [self[name] for name in self._questions]

    @property
    def said(self) -> dict[str, Any]:
        """What came along, as `answer_survey` takes it."""
        said = self.cleaned_data
        replies = {each.pk: said[name] for name, each in self._questions.items() if name in self.data}
        remark = said["remark"] if "remark" in self.data else None
        return {"rating": said["rating"], "solved": said["solved"], "remark": remark, "replies": replies}


def _field_for(question: SurveyQuestion) -> forms.Field:
    shared: dict[str, Any] = {"label": question.words, "required": False}
    if question.kind == SurveyQuestion.Kind.TEXT:
        return WordsField(max_length=LONGEST_WORDS, widget=forms.TextInput(attrs={"dir": "auto"}), **shared)
    if question.kind == SurveyQuestion.Kind.CHOICE:
        return forms.ChoiceField(choices=[("", "—"), *question.values], **shared)
    return forms.ChoiceField(choices=question.values, widget=forms.RadioSelect, **shared)


class ReplyForm(forms.ModelForm):
    """A representative's own canned reply; the reply itself says what is wrong with it."""

    class Meta:
        model = CannedReply
        fields = ["shortcut", "title", "text", "text_ar"]
        widgets = {
            "shortcut": forms.TextInput(attrs={"dir": "auto", "autocapitalize": "none", "autocomplete": "off"}),
            "title": forms.TextInput(attrs={"dir": "auto"}),
            "text": forms.Textarea(attrs={"rows": 5, "dir": "ltr", "lang": "en"}),
            "text_ar": forms.Textarea(attrs={"rows": 5, "dir": "rtl", "lang": "ar"}),
        }


class ReceiptForm(forms.Form):
    """Where a customer wants their receipt sent."""

    email = AddressField(label=_("Email address"))


class SessionFilterForm(DaysForm):
    """Which sessions the report lists; nothing said is all of them."""

    STATES = [
        ("waiting", _("Waiting")),
        ("active", _("Active")),
        ("in_transfer", _("In transfer")),
        ("ended", _("Ended")),
    ]

    text = forms.CharField(label=_("Number or customer’s name"), max_length=80, required=False)
    words = forms.CharField(label=_("Words in the chat"), max_length=100, required=False)
    csr = forms.TypedChoiceField(label=_("Support Representative"), coerce=int, empty_value=None, required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    tracked = forms.CharField(label=_("Ticket or tracking value"), max_length=80, required=False)
    tag = forms.TypedChoiceField(label=_("Tag"), coerce=int, empty_value=None, required=False)

    field_order = ["text", "words", "csr", "state", "tracked", "tag", "since", "until"]

    def __init__(self, *args: Any, csrs: list[User], tags: Sequence[Tag], **more: Any) -> None:
        super().__init__(*args, **more)
        let_choose(self, "tag", [(tag.pk, tag.label) for tag in tags])
        if not tags:
            del self.fields["tag"]
        self.fields["since"].required = self.fields["until"].required = False
        let_choose(self, "csr", [(csr.pk, csr.display_name) for csr in csrs])
        let_choose(self, "state", self.STATES)
        if not csrs:
            del self.fields["csr"]


class SurveyFilterForm(RangeForm):
    """Which answers of customers are reported: of some days, a representative's, with some rating."""

    csr = forms.TypedChoiceField(label=_("Support Representative"), coerce=int, empty_value=None, required=False)
    rating = forms.TypedChoiceField(label=_("Rating in the list"), coerce=int, empty_value=None, required=False)

    field_order = ["csr", "rating", "since", "until"]

    def __init__(self, *args: Any, csrs: list[User], **more: Any) -> None:
        super().__init__(*args, **more)
        let_choose(self, "csr", [(csr.pk, csr.display_name) for csr in csrs])
        let_choose(self, "rating", [(rating, str(rating)) for rating in range(1, 6)])
        if not csrs:
            del self.fields["csr"]


def let_choose(form: forms.Form, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """These, or all of them."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [("", pgettext_lazy("no filter", "All")), *choices]
