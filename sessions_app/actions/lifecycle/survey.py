from collections.abc import Mapping

from django.db import transaction

from sessions_app.errors import NotInSession, RatingMissing, SurveyTooEarly
from sessions_app.models import Participant, SurveyAnswer, SurveyReply
from supportcenter.refusals import require


@transaction.atomic
def answer_survey(
    participant: Participant,
    *,
    rating: int | None = None,
    solved: str = "",
    remark: str | None = None,
    replies: Mapping[int, str] | None = None,
) -> SurveyAnswer:
    """Keep what a customer says about the session once they are out of it, bit by bit (E41).

    The rating comes first, by one press; what is not given stays as it was. `replies` are values by the key of their
    question, and an empty one takes the reply back.

    Raises SurveyTooEarly while they are still in the session, NotInSession once their data is erased, RatingMissing.
    """
    # An erasure locks the session, too: what is said while it waits must not be kept after it.
    participant.session.locked()
    participant.refresh_from_db(fields=["name", "left_at"])
    require(not participant.is_erased, NotInSession)
    require(not (participant.session.is_open and participant.is_present), SurveyTooEarly)
    answer = SurveyAnswer.objects.filter(participant=participant).first() or SurveyAnswer(participant=participant)
    require(rating or answer.pk, RatingMissing)
    answer.rating, answer.solved = rating or answer.rating, solved or answer.solved
    answer.remark = answer.remark if remark is None else remark
    answer.save()
    for question, value in (replies or {}).items():
        _reply(answer, question, value)
    return answer


def _reply(answer: SurveyAnswer, question: int, value: str) -> None:
    if value:
        SurveyReply.objects.update_or_create(answer=answer, question_id=question, defaults={"value": value})
    else:
        answer.replies.filter(question=question).delete()
