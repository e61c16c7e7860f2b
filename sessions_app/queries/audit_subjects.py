"""What the audit log calls a session, and how it is found there: by its number, as long as it is kept."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext

from sessions_app.models import SupportSession
from sessions_app.models.session_numbers import in_threes, normalise
from supportcenter.audit.subjects import Named, Subjects
from supportcenter.text.directions import ltr

# A number is used again after some months.
MOST_OF_A_NUMBER = 20


def _named(keys: Collection[int]) -> dict[int, Named]:
    rows = SupportSession.objects.filter(pk__in=keys).values_list("pk", "key", "number")
    return {pk: Named(_words(number), reverse("record", args=[key])) for pk, key, number in rows}


def _words(number: str) -> str:
    return gettext("session %(number)s") % {"number": ltr(in_threes(number))}


def _found(text: str) -> list[int]:
    number = normalise(text)
    sessions = SupportSession.objects.filter(number=number).order_by("-pk") if number else SupportSession.objects.none()
    return list(sessions.values_list("pk", flat=True)[:MOST_OF_A_NUMBER])


SESSIONS = Subjects(_named, _found)
