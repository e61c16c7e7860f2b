"""What customers said in the survey, as a page and as a file."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sessions_app.forms.reports import SurveyFilterForm
from sessions_app.models import SurveyAnswer, SurveyQuestion
from sessions_app.queries.reports import csrs_to_choose
from sessions_app.queries.survey import PAGE, RATINGS, Survey, all_answers, answers_for, questions_in, survey
from sessions_app.views.overview import chosen_days
from sessions_app.views.reports import report_page
from supportcenter.accounts.models import User
from supportcenter.accounts.requests import SignedInRequest
from supportcenter.audit.exports import report_file
from supportcenter.handling import asks_again
from supportcenter.reporting.charts.axis import Unit
from supportcenter.reporting.charts.columns import Chart, Look, Series
from supportcenter.reporting.charts.periods import first_weekday_in, periods_of
from supportcenter.reporting.numbers import average
from supportcenter.reporting.table_file import Ending
from supportcenter.reporting.tables import Column, Kind, Table
from supportcenter.responses import render_form
from supportcenter.text.whole_numbers import whole_number

TEMPLATE = "sessions_app/reports/survey.html"
COLUMNS = [
    Column(_("Session number")),
    Column(pgettext_lazy("survey", "Answered"), Kind.TIME),
    Column(_("Support Representative")),
    Column(_("Customer")),
    Column(_("Rating"), Kind.NUMBER),
    Column(_("Is the problem solved?")),
    Column(_("Anything else?")),
]


@report_page
def survey_page(request: SignedInRequest) -> HttpResponse:
    form = _form(request)
    if not form.is_valid():
        return render_form(request, TEMPLATE, form)
    which, csr = _days(form), _csr(form)
    found = survey(request.user, *which, csr=csr)
    before = request.GET.get("before", "")
    answers = answers_for(
        request.user, *which, csr=csr, rating=form.cleaned_data["rating"], before=whole_number(before) or None
    )
    filters = request.GET.copy()
    filters.pop("before", None)
    context = {
        "form": form,
        "survey": found,
        "filters": filters.urlencode(),
        "later": before,
        "answers": answers[:PAGE],
        "older": answers[PAGE - 1].participant_id if len(answers) > PAGE else None,
        **_charts(found),
    }
    return render(request, TEMPLATE, context)


@asks_again
@report_page
def survey_file(request: SignedInRequest, ending: Ending) -> HttpResponseBase:
    form = _form(request)
    if not form.is_valid():
        return render_form(request, TEMPLATE, form)
    days, csr = _days(form), _csr(form)
    answers = all_answers(request.user, *days, csr=csr, rating=form.cleaned_data["rating"])
    questions = questions_in(request.user, *days, csr=csr)
    columns = [*COLUMNS, *(Column(each.words, Kind.NUMBER if each.is_scale else Kind.TEXT) for each in questions)]
    return report_file(request.user, Table("survey", _("Survey"), columns, _rows(answers, questions)), ending)


def _form(request: SignedInRequest) -> SurveyFilterForm:
    chosen = {**{name: request.GET.get(name, "") for name in ("csr", "rating")}, **chosen_days(request)}
    return SurveyFilterForm(chosen, csrs=csrs_to_choose(request.user))


def _days(form: SurveyFilterForm) -> tuple[Any, Any]:
    return form.cleaned_data["since"], form.cleaned_data["until"]


def _csr(form: SurveyFilterForm) -> User | None:
    key = form.cleaned_data.get("csr")
    return User(pk=key) if key else None


def _charts(found: Survey) -> dict[str, object]:
    days = found.days
    periods = periods_of(days.first, days.last, first_weekday=first_weekday_in(get_language() or "en"))
    counts, rated = periods.sums(found.count_by_day), periods.sums(found.rated_by_day)
    averages = [average(total, count) for total, count in zip(rated, counts, strict=True)]
    solved = [(str(word), found.now.by_solved[value]) for value, word in SurveyAnswer.Solved.choices]
    if unsaid := found.now.by_solved[""]:
        solved.append((gettext("Not answered"), unsaid))
    return {
        "ratings": [(str(rating), found.now.by_rating[rating]) for rating in reversed(RATINGS)],
        "solved": solved,
        "averages": Chart(periods, [Series(gettext("Average rating"), averages, Look.LINE)], Unit.RATING),
        "counts": Chart(periods, [Series(gettext("Ratings"), counts)]),
    }


def _rows(answers: Iterable[SurveyAnswer], questions: Sequence[SurveyQuestion]) -> Iterator[list[object]]:
    for answer in answers:
        customer = answer.participant
        session = customer.session
        said = {reply.question_id: reply.value for reply in answer.replies.all()}
        yield [
            session.number,
            answer.at,
            session.primary.name if session.primary else "",
            customer.display_name,
            answer.rating,
            str(answer.solved_words),
            answer.remark,
            *(_cell(question, said.get(question.pk, "")) for question in questions),
        ]


def _cell(question: SurveyQuestion, value: str) -> object:
    if not value:
        return None if question.is_scale else ""
    return whole_number(value) if question.is_scale else str(question.in_words(value))
