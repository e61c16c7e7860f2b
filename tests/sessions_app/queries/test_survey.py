"""The survey report counts what one would count from answer to answer."""

from collections import Counter
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from sessions_app.models import Participant, SurveyAnswer, SurveyQuestion, SurveyReply
from sessions_app.queries import survey as survey_queries
from sessions_app.queries.survey import all_answers, answers_for, survey
from supportcenter import clock
from supportcenter.reporting.ranges import Range
from tests.factories import make_team
from tests.plans import statements
from tests.sessions_app.histories import History

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.usefixtures("clock")]


def customers_one_by_one(user, span, csr=None):
    for one in Participant.objects.customers().select_related("session__primary"):
        session = one.session
        controlled_by = session.primary.user_id if session.primary else None
        is_own = user.is_manager or session.participants.filter(user__in={user.pk, *user.people_led}).exists()
        if span[0] <= session.started_at < span[1] and is_own and (csr is None or controlled_by == csr.pk):
            yield one, controlled_by


def figures(answers):
    return [answers.customers, sorted(answers.by_rating.items()), sorted(answers.by_solved.items())]


def figures_one_by_one(customers):
    answers = [one.survey_answer for one in customers if hasattr(one, "survey_answer")]
    ratings, solved = Counter(one.rating for one in answers), Counter(one.solved for one in answers)
    return [sum(one.is_admitted for one in customers), sorted(ratings.items()), sorted(solved.items())]


@pytest.mark.parametrize("zone", ["UTC", "Asia/Kathmandu", "America/Havana"])
def test_figures_are_those_of_the_answers_one_by_one(dana, zone):
    history, zone = History(5), ZoneInfo(zone)
    history.add(120)
    until = clock.now().date()
    since = until - timedelta(days=4)
    days = Range.of(since, until, zone)
    make_team("Billing", history.csrs[1], lead=history.csrs[0])
    for user, csr in ((dana, None), (dana, history.csrs[1]), (history.csrs[2], None), (history.csrs[0], None)):
        with timezone.override(zone):
            found = survey(user, since, until, csr=csr)
        now, before = (list(customers_one_by_one(user, span, csr)) for span in (days.span, days.span_before))
        assert figures(found.now) == figures_one_by_one([one for one, _csr in now])
        assert figures(found.before) == figures_one_by_one([one for one, _csr in before])
        read = (
            history.csrs if user.is_manager else [one for one in history.csrs if one.pk in {user.pk, *user.people_led}]
        )
        by_csr = [figures_one_by_one([one for one, controlled_by in now if controlled_by == each.pk]) for each in read]
        assert sorted(map(repr, map(figures, found.by_csr))) == sorted(repr(one) for one in by_csr if one[0] or one[1])
        rated = [one for one, _csr in now if hasattr(one, "survey_answer")]
        assert found.count_by_day == Counter(one.session.started_at.astimezone(zone).date() for one in rated)
        assert sum(found.rated_by_day.values()) == sum(one.survey_answer.rating for one in rated)
    assert found.now.ratings


def test_pages_hold_each_answer_once_and_the_file_all_of_them(dana, monkeypatch):
    monkeypatch.setattr(survey_queries, "PAGE", 3)
    monkeypatch.setattr(survey_queries, "AT_ONCE", 4)
    History(6).add(60)
    until = clock.now().date()
    days = (until - timedelta(days=5), until)
    span = Range.of(*days, timezone.get_current_timezone()).span
    expected = [one.survey_answer for one, _csr in customers_one_by_one(dana, span) if hasattr(one, "survey_answer")]
    expected.sort(key=lambda one: (one.participant.session.started_at, one.participant_id), reverse=True)
    for rating in (None, 4):
        of_rating = [one for one in expected if rating in (None, one.rating)]
        seen, before = [], None
        while page := answers_for(dana, *days, rating=rating, before=before):
            seen += page[:3]
            before = page[:3][-1].participant_id
        assert seen == of_rating
        assert list(all_answers(dana, *days, rating=rating)) == of_rating
        assert len(of_rating) > 3


def test_page_goes_on_where_an_answer_is_gone(dana):
    History(7).add(30)
    until = clock.now().date()
    days = (until - timedelta(days=10), until)
    gone = answers_for(dana, *days)[3]
    key = gone.participant_id
    gone.participant.delete()
    assert {one.participant_id < key for one in answers_for(dana, *days, before=key)} == {True}


def test_a_rating_alone_counts_as_a_rating_and_as_not_answered(dana):
    History(9).add(40)
    SurveyAnswer.objects.filter(rating=3).update(solved="")
    unsaid = SurveyAnswer.objects.filter(solved="").count()
    until = clock.now().date()
    found = survey(dana, until - timedelta(days=12), until)
    assert unsaid
    assert found.now.by_solved[""] == unsaid
    assert found.now.ratings == found.now.by_solved.total() == SurveyAnswer.objects.count()


def test_replies_are_counted_by_question_and_value(dana):
    History(10).add(60)
    asked = [
        SurveyQuestion.objects.create(kind=kind, text=kind, choices="a\nb" if kind == "choice" else "")
        for kind in ("scale", "choice", "text", "yes_no")
    ]
    scale, choice, text, _never = asked
    answers = list(SurveyAnswer.objects.order_by("pk"))
    replies = [SurveyReply(answer=one, question=scale, value=str(1 + one.pk % 5)) for one in answers]
    replies += [SurveyReply(answer=one, question=choice, value="1") for one in answers[:4]]
    replies += [SurveyReply(answer=one, question=text, value=f"words {one.pk}") for one in answers[:3]]
    SurveyReply.objects.bulk_create(replies)
    until = clock.now().date()
    found = survey(dana, until - timedelta(days=12), until).questions
    assert [each.question for each in found] == [scale, choice, text]
    assert [each.count for each in found] == [len(answers), 4, 3]
    assert found[0].by_value == Counter(str(1 + one.pk % 5) for one in answers)
    assert found[1].shares == [("a", 0), ("b", 4)]
    assert (found[2].shares, found[2].average) == ([], None)
    assert found[0].average == pytest.approx(sum(1 + one.pk % 5 for one in answers) / len(answers), abs=0.05)
    assert survey(dana, until - timedelta(days=1000), until - timedelta(days=900)).questions == []


def test_four_statements(policy, dana):
    History(8).add(20)
    until = clock.now().date()
    with statements() as found:
        survey(dana, until - timedelta(days=9), until)
    # The database's clock is read now and then.
    assert len([sql for sql, _values in found if "FROM" in sql]) == 4
    assert SurveyAnswer.objects.exists()
