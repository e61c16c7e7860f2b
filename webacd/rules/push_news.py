"""What is pushed to agents, for as long as it can be answered: an offer, and that a queue is asked for help (E65)."""

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext

from supportcenter import clock
from supportcenter.accounts.models import User
from supportcenter.accounts.push.news import News, pushes
from supportcenter.text.directions import apart
from webacd.models import HelpQuestion, Offer

OFFER, HELP = "offer", "help"
# The kind in the settings of notifications: a colleague's question, whichever way it is asked.
ASKED = "asked"


@pushes(OFFER)
def offer_news(subject: int, user: User) -> News | None:
    """Only while it can be accepted. In the words, and with the tag, of a page that tells it (webacd/offers.js)."""
    offer = Offer.objects.running().filter(pk=subject, agent__user=user).first()
    if offer is None:
        return None
    return News(OFFER, gettext("A customer is waiting for you"), f"offer-{offer.pk}", reverse("inbox"))


@pushes(HELP)
def help_news(subject: int, user: User) -> News | None:
    """Only while an agent of the queue can say yes. In words and tag of a page that tells it (help_questions.js)."""
    open_ones = HelpQuestion.objects.open().filter(pk=subject, agent__user=user, request__expires_at__gt=clock.now())
    # Who has been taken out of the queue meanwhile may not answer any more.
    served = open_ones.filter(agent__memberships__queue=F("request__queue"))
    question = served.select_related("request__asked_by", "request__session__primary").first()
    asking = question.request.asked_by if question else None
    # The end of a session is heard of a moment after it.
    if question is None or asking is None or not question.request.asker_has_the_session:
        return None
    words = gettext("{name} asks you for help.").format(name=apart(asking.display_name))
    return News(ASKED, words, f"help-{question.pk}", reverse("inbox"))
