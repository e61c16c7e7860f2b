"""The customer as staff see them, who came by a queue and was here before."""

from playwright.sync_api import expect

from tests.browser.people import Customer
from tests.browser.webacd import Inbox, come_to, is_helped

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
EMAIL = """
from sessions_app.models import Participant
Participant.objects.filter(session__ended_at=None, kind="customer").update(email="Carol@example.org")
"""


def customer_panel(studio, name):
    """Among the participants, in the drawer and in the record; and the customer's choice to be known again."""
    studio.site.run(EARLIER)
    words, stranger = studio.words, studio.stranger()
    inbox = Inbox(studio.csr("bilal"))
    waiting = come_to(stranger, about="My printer blinks twice, and prints nothing.\nطابعتي لا تعمل.")
    desk = inbox.accept()
    carol = is_helped(stranger, waiting)
    carol.is_live()
    studio.site.run(EMAIL)
    desk.page.reload()
    desk.is_live()
    desk.unfold_participants()
    studio.shoot(f"{name}-participants", desk.page)
    desk.page.keyboard.press("Escape")
    desk.page.get_by_role("tab", name=words("Customer"), exact=True).click()
    expect(desk.page.locator(".earlier")).to_be_visible()
    studio.shoot(name, desk.page)
    desk.end()
    studio.shoot(f"{name}-record", desk.person.open(f"/sessions/{desk.key}/record/"))
    carol = Customer(carol.page, stranger)
    carol.is_thanked()
    studio.shoot(f"{name}-remember", carol.page)
    carol.page.get_by_role("button", name=words("Remember this browser"), exact=True).click()
    expect(carol.page.get_by_role("button", name=words("Forget this browser"), exact=True)).to_be_visible()
    studio.shoot(f"{name}-remembered", carol.page)
    inbox.close()


CUSTOMERS = {"customer panel": customer_panel}
