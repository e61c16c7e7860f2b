"""What is pushed to agents: an offer, from the moment it is made until it is over (E65)."""

from django.urls import reverse
from django.utils.translation import gettext

from supportcenter.accounts.models import User
from supportcenter.accounts.push.news import News, pushes
from webacd.models import Offer

OFFER = "offer"


@pushes(OFFER)
def offer_news(subject: int, user: User) -> News | None:
    """Only while it can be accepted. In the words, and with the tag, of a page that tells it (webacd/offers.js)."""
    offer = Offer.objects.running().filter(pk=subject, agent__user=user).first()
    if offer is None:
        return None
    return News(OFFER, gettext("A customer is waiting for you"), f"offer-{offer.pk}", reverse("inbox"))
