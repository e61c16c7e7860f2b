"""What distribution adds to the pages of the site and of sessions."""

from django.utils.translation import gettext

from sessions_app.models import Participant
from sessions_app.queries.monitoring import longest_open_sessions
from supportcenter.accounts.setup import may_set_up
from supportcenter.live.log import eventlog
from supportcenter.setup_items import SetupItem, way
from supportcenter.slots import Names, Page, fills
from webacd.events import MONITOR
from webacd.models import Agent
from webacd.queries.again import ways_after
from webacd.queries.customer_panel import request_of, transfer_of
from webacd.queries.help_requests import standing_of
from webacd.queries.live import Live
from webacd.queries.positions import FARTHEST
from webacd.queries.queue_entries import waiting_for
from webacd.queries.queues import open_queues
from webacd.queries.transfers import latest_transfer
from webacd.queries.waiting import status_in_transfer
from webacd.rules.permissions import is_agent, may_change_queues, may_watch


@fills("home_of_customers", "webacd/home/_open_queues.html")
def queues(page: Page) -> Names:
    """Those a customer may turn to now. A page of made-up people brings its own."""
    return {"queues": page["queues"] if "queues" in page else open_queues()}


@fills("home_cards", "webacd/home/_cards.html")
def cards(page: Page) -> Names:
    return {} if may_watch(page["user"]) else None


@fills("home_first", "webacd/home/_live.html")
def now(page: Page) -> Names:
    """What a manager looks for first. Sessions are for those who may read the record of each."""
    user = page["user"]
    if not may_watch(user):
        return None
    names = {"position": eventlog.position(MONITOR), "live": Live(user)}
    return names | {"sessions": longest_open_sessions()} if user.is_manager else names


@fills("setup_items", "webacd/home/_setup_item.html")
def queue_with_an_agent(page: Page) -> Names:
    staffed = Agent.objects.active().filter(memberships__queue__is_active=True)
    item = SetupItem(
        gettext("A queue with an agent"),
        gettext("Customers who come without a number wait there for an agent."),
        staffed.exists(),
        way(page["user"], "webacd.view_queue", "admin:webacd_queue_changelist"),
        gettext("Queues"),
    )
    return {"item": item}


@fills("site_menu", "webacd/navbar/_monitor.html")
def monitor(page: Page) -> Names:
    return {} if page["user"].is_manager else None


@fills("report_nav", "webacd/statistics/_nav.html")
def statistics(page: Page) -> Names:
    """For a lead, those of the team's agents."""
    return {} if page["user"].is_manager or page["user"].is_lead else None


@fills("report_mail_nav", "webacd/statistics/_back.html")
def way_to_statistics(page: Page) -> Names:
    """For those who look after a queue and have no other report."""
    return {} if may_watch(page["user"]) and not page["user"].is_manager else None


@fills("settings_nav", "webacd/settings/_nav.html")
def queues_to_set_up(page: Page) -> Names:
    return {} if may_change_queues(page["user"]) else None


@fills("site_menu", "webacd/settings/_way.html")
def way_to_queues(page: Page) -> Names:
    """For those of the staff who set up queues and nothing else; the others' way is the site's own."""
    user = page["user"]
    return {} if may_change_queues(user) and not may_set_up(user) else None


# ---- for agents: the signed-in user is read with their agent, so that asking costs no query


@fills("provide_support", "webacd/navbar/_inbox.html")
@fills("home_actions", "webacd/home/_inbox.html")
@fills("first_steps", "webacd/home/_first_step.html")
@fills("quiet_hours_note", "webacd/notifications/_any_hour.html")
def inbox(page: Page) -> Names:
    return {} if is_agent(page["user"]) else None


@fills("navbar_end", "webacd/navbar/_agent.html")
def agent_bar(page: Page) -> Names:
    """On every page, the dashboard too, which has a query to spare for nothing: what costs one comes after loading."""
    user = page.get("user")
    return {"agent": user.agent} if is_agent(user) else None


@fills("tray_strip", "webacd/room/_tray_offers.html")
@fills("room_dialogs", "webacd/transfer/_dialog.html", order=10)
@fills("room_dialogs", "webacd/help/_dialog.html", order=11)
@fills("stage_notices", "webacd/help/_place.html")
@fills("transfer_tool", "webacd/room/_transfer_tool.html")
@fills("transfer_menu", "webacd/room/_transfer_item.html")
def in_sessions(page: Page) -> Names:
    """A session may be transferred (S67), and a queue asked for help (E64)."""
    return {} if is_agent(page["me"].user) else None


@fills("room_tools", "webacd/help/_tool.html", order=10)
@fills("tray_menu", "webacd/room/_tray_item.html")
@fills("tray_menu", "webacd/help/_tray_item.html")
def in_control(page: Page) -> Names:
    return {} if page["may"].control and is_agent(page["me"].user) else None


@fills("region_help", "webacd/help/_standing.html")
def help_in_session(page: Page) -> Names:
    """How the latest request for help stands, for the primary and for who came. Asked for once a page has loaded."""
    me = page["me"]
    return {"help": standing_of(page["session"], me, in_control=page["may"].control)} if is_agent(me.user) else None


@fills("customer_panel", "webacd/customer_panel/_queue.html")
def how_they_came_here(page: Page) -> Names:
    """The queue, the wait, the answers, and who transferred the session (E62); the record says the rest below (E63)."""
    customer = page["panel"].customer
    came, handed = request_of(customer), None if page.get("record") else transfer_of(customer)
    return {"came": came, "handed": handed} if came or handed else None


@fills("ended_note", "webacd/room/_ended_note.html")
def transferred(page: Page) -> Names:
    me = page["me"]
    if me.left_reason != Participant.LeftReason.TRANSFERRED:
        return None
    return {"transfer": latest_transfer(page["session"], me.user)}


@fills("ended_next", "webacd/room/_next_customer.html")
def next_customer(page: Page) -> Names:
    """After a session: who waits for this agent. A page of made-up people brings its own number."""
    user = page["user"]
    if not is_agent(user):
        return None
    return {"waiting": page["waiting"] if "waiting" in page else waiting_for(user.agent), "most": FARTHEST}


# ---- for customers


@fills("customer_status", "webacd/waiting/_in_transfer.html")
def in_transfer(page: Page) -> Names:
    """For the customer of a session without a primary: position and estimated wait (E17)."""
    return status_in_transfer(page["session"])


@fills("ended_unanswered", "webacd/room/_ended_unanswered.html")
def leave_a_message(page: Page) -> Names:
    return {}


@fills("ended_early", "webacd/room/_ended_early.html")
def ways_on(page: Page) -> Names:
    """To a representative again, for a customer whose session has ended early."""
    return {"on": ways_after(page["session"], page["me"])}
