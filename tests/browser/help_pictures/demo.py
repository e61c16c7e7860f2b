"""The site that is photographed: its people, its past and what they say are in one language."""

import shutil
import sys
from pathlib import Path

from tests.browser.site import Site
from tests.environment import ROOT

NAMES = {
    "amal": ("أمل", "حداد"),
    "bilal": ("بلال", "ناصر"),
    "faris": ("فارس", "عودة"),
    "dana": ("دانة", "خوري"),
    "eve": ("إيفا", "صخر"),
}
ARABIC = f"""
from supportcenter.accounts.models import User
for username, (first, last) in {NAMES!r}.items():
    User.objects.filter(username=username).update(first_name=first, last_name=last)
"""
# Titles have one language each.
TITLES = {"hello": "ترحيب", "screen": "قبل رؤية الشاشة", "thanks": "وداع"}
ARABIC_REPLIES = f"""
from sessions_app.models import CannedReply
for shortcut, title in {TITLES!r}.items():
    CannedReply.objects.filter(shortcut=shortcut).update(title=title)
"""
# Everybody of the past speaks the language of the picture.
PAST = """
from django.core.management import call_command
from webacd.management import sample_past
for facts in (sample_past.CUSTOMERS, sample_past.TALKS):
    facts["en"] = facts["ar"] = facts[{language!r}]
call_command("seed_demo", "--past")
"""
# The customer was here before, once with somebody else.
EARLIER = """
from datetime import timedelta
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.join import join_session
from sessions_app.actions.lifecycle.start import start_session
from sessions_app.models import ClosingReason, SupportSession, Tag
from supportcenter.accounts.models import User
for username, days in (("faris", 9), ("bilal", 3)):
    session = start_session(by=User.objects.get(username=username))
    join_session(session, name={customer!r}, email="carol@example.org")
    session.refresh_from_db()
    end_session(session, by=session.primary)
    session.refresh_from_db()
    end = session.ended_at - timedelta(days=days)
    SupportSession.objects.filter(pk=session.pk).update(started_at=end - timedelta(minutes=9), ended_at=end)
    session.tags.add(Tag.objects.get(name="Printer"))
    session.closing.mark_closed(session.primary, ClosingReason.objects.filter(is_on=True).first())
"""
# And this time came by a queue, and said what it is about.
CAME = """
from datetime import timedelta
from django.utils import timezone
from sessions_app.models import Participant
from webacd.management.sample_talks import QUESTION
from webacd.models import Queue, SupportRequest
customer = Participant.objects.filter(session__ended_at=None, kind="customer").latest("pk")
customer.email, customer.came_by = "carol@example.org", "queue"
customer.save()
queue, now = Queue.objects.get(slug="technical-support"), timezone.now()
SupportRequest.objects.create(
    session=customer.session, name=customer.display_name, entry_queue=queue, queue=queue,
    answers=[{{**QUESTION, "value": {about!r}}}],
    arrived_at=now - timedelta(minutes=4), outcome="answered", outcome_at=now,
)
"""
# An offer waits for the picture to be taken.
PATIENT = "from webacd.models import Queue; Queue.objects.update(offer_seconds=120)"
CUSTOMER = {"en": "Carol", "ar": "سارة"}


class PhotographedSite(Site):
    program = (sys.executable, Path(__file__).with_name("manage.py"))

    def __init__(self, folder):
        super().__init__(folder, PYTHONPATH=str(ROOT))
        # Browsers offer passkeys for names alone.
        self.url = self.url.replace("127.0.0.1", "localhost")


def site_of(language, folder_with_people, folder):
    """A copy of a prepared folder, for one language; all in it come from one address, and nobody is in a hurry."""
    site = PhotographedSite(shutil.copytree(folder_with_people, folder))
    # The number of a session that has ended is free again.
    site.decide(number_reuse_days=0, **dict.fromkeys(("reload_grace", "connection_grace", "customer_grace"), 120))
    code = [PAST.format(language=language), EARLIER.format(customer=CUSTOMER[language]), PATIENT]
    site.run("\n".join([ARABIC, *code, ARABIC_REPLIES] if language == "ar" else code))
    return site
