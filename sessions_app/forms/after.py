"""What a customer says after a session, and where their receipt goes."""

from collections.abc import Iterable, Sequence
from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from sessions_app.models import SurveyAnswer, SurveyQuestion
from sessions_app.models.survey_answer import LONGEST_WORDS
from supportcenter.text.fields import AddressField, WordsField


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


class TranscriptForm(forms.Form):
    """Where a representative sends the conversation; each customer has one on the page."""

    email = AddressField(label=_("Email address"))

    def __init__(self, *args: Any, customer: int, **more: Any) -> None:
        super().__init__(*args, **more)
        self.auto_id = f"id_conversation_{customer}_%s"


class ReceiptForm(forms.Form):
    """Where a customer wants their receipt sent."""

    email = AddressField(label=_("Email address"))
