"""What is pushed to representatives: that a colleague asks them to assist (E65)."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext

from sessions_app.models import Participant
from supportcenter.accounts.models import User
from supportcenter.accounts.push.news import News, pushes
from supportcenter.text.directions import apart, ltr

ASKED = "asked"
# As long as pages tell it that hear it late (static/js/notifications/news.js).
ASKED_LIVES = timedelta(minutes=1)


@pushes(ASKED)
def asked_news(subject: int, user: User) -> News | None:
    """`subject` is who asks. Only while they have the session, and the person is not in it yet."""
    asking = Participant.objects.present().filter(pk=subject).select_related("session__primary").first()
    if asking is None or not asking.session.is_open or not asking.is_primary:
        return None
    session = asking.session
    if session.participants.present().filter(user=user).exists():
        return None
    title = gettext("{name} asks you to assist in session {number}.")
    words = title.format(name=apart(asking.name), number=ltr(session.number_in_threes))
    return News(ASKED, words, f"asked-{session.number}", f"{reverse('assist_session')}?number={session.number}")
