"""The customer as staff see them, who came by a queue and was here before."""

from playwright.sync_api import expect

# As many earlier sessions as fill the list, one of which the representative was not in.
EARLIER = """
from datetime import timedelta
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.join import join_session
from sessions_app.actions.lifecycle.start import start_session
from sessions_app.models import ClosingReason, Tag
from supportcenter.accounts.models import User
tag = Tag.objects.get_or_create(name="Printer", name_ar="طابعة")[0]
for username in ("faris", "bilal", "bilal"):
    session = start_session(by=User.objects.get(username=username))
    join_session(session, name="Carol", email="carol@example.org")
    session.refresh_from_db()
    end_session(session, by=session.primary)
    session.started_at -= timedelta(days=3)
    session.save()
    session.tags.add(tag)
    session.closing.mark_closed(session.primary, ClosingReason.objects.filter(is_on=True).first())
"""
# And she came by a queue, and said what it is about.
CAME = """
from datetime import timedelta
from django.utils import timezone
from sessions_app.models import Participant
from webacd.models import Queue, SupportRequest
carol = Participant.objects.filter(session__ended_at=None, kind="customer").latest("pk")
carol.email, carol.came_by = "Carol@example.org", "queue"
carol.save()
queue, now = Queue.objects.get(slug="technical-support"), timezone.now()
about = {"label": "What is it about?", "label_ar": "ما الموضوع؟", "value": "My printer blinks twice.\\nطابعتي لا تعمل."}
SupportRequest.objects.create(
    session=carol.session, name="Carol", entry_queue=queue, queue=queue, answers=[about],
    arrived_at=now - timedelta(minutes=4), outcome="answered", outcome_at=now,
)
"""


def customer_panel(studio, name):
    """Among the participants, in the drawer and in the record; and the customer's choice to be known again."""
    studio.site.run(EARLIER)
    words = studio.words
    desk = studio.csr("bilal").start()
    carol = studio.customers.join(desk.number)
    carol.is_live()
    studio.site.run(CAME)
    desk.reload()
    desk.unfold_participants()
    studio.shoot(f"{name}-participants", desk.page)
    desk.page.keyboard.press("Escape")
    desk.page.get_by_role("tab", name=words("Customer"), exact=True).click()
    expect(desk.page.locator(".earlier")).to_be_visible()
    studio.shoot(name, desk.page)
    desk.end()
    studio.shoot(f"{name}-record", desk.person.open(f"/sessions/{desk.key}/record/"))
    carol.is_thanked()
    studio.shoot(f"{name}-remember", carol.page)
    carol.page.get_by_role("button", name=words("Remember this browser"), exact=True).click()
    expect(carol.page.get_by_role("button", name=words("Forget this browser"), exact=True)).to_be_visible()
    studio.shoot(f"{name}-remembered", carol.page)


CUSTOMERS = {"customer panel": customer_panel}
