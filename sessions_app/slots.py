"""What sessions add to the site's own pages."""

from urllib.parse import urlsplit

from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext

from sessions_app.models import SupportSession
from sessions_app.queries.case import closings_that_wait
from sessions_app.queries.person import has_a_past
from sessions_app.queries.room import SESSIONS_SHOWN, restorable_until, running_sessions
from sessions_app.rules.permissions import may_have_replies, may_monitor, may_read_reports, may_start
from supportcenter.accounts.models import SitePolicy
from supportcenter.reporting.first_rows import first_rows
from supportcenter.setup_items import SetupItem
from supportcenter.slots import Names, Page, fills
from supportcenter.whole_addresses import whole_address


@fills("navbar", "sessions_app/navbar/_links.html")
@fills("console_menu", "sessions_app/tour/_menu_item.html")
@fills("home_of_customers", "sessions_app/entry/_join_form.html")
@fills("login_aside", "sessions_app/entry/_join_aside.html")
@fills("customer_ways", "sessions_app/entry/_join_button.html")
def always(page: Page) -> Names:
    return {}


@fills("login_after_sign_out", "sessions_app/entry/_session_waits.html")
def session_that_waits(page: Page) -> Names:
    """Of the page that they come from, which says nothing of whether there is such a session."""
    back = urlsplit(page["request"].GET.get("next", "")).path
    try:
        leads_to = resolve(back).url_name
    except Resolver404:
        return None
    return {"seconds": SitePolicy.current().connection_grace} if leads_to == "dashboard" else None


@fills("before_sign_out", "sessions_app/navbar/_before_sign_out.html")
def before_signing_out(page: Page) -> Names:
    """Whom it would cut off is read when they press, so that no page costs more for it."""
    user = page["user"]
    return {} if user.is_authenticated and user.is_csr else None


@fills("person_menu", "sessions_app/navbar/_replies.html")
def own_replies(page: Page) -> Names:
    return {} if may_have_replies(page["user"]) else None


@fills("navbar_end", "sessions_app/person/_place.html")
def page_of_a_csr(page: Page) -> Names:
    """What they hear on it is asked for once it has loaded, so that no page costs more for it."""
    user = page.get("user")
    return {} if user is not None and user.is_authenticated and user.is_csr else None


@fills("person_menu", "sessions_app/navbar/_notifications.html")
def way_to_notifications(page: Page) -> Names:
    return {} if page["user"].is_csr else None


@fills("site_menu", "sessions_app/navbar/_open_sessions.html")
@fills("home_cards", "sessions_app/home/_open_sessions.html", order=10)
def open_sessions(page: Page) -> Names:
    return {} if may_monitor(page["user"]) else None


@fills("home_cards", "sessions_app/home/_reports.html", order=20)
def reports(page: Page) -> Names:
    """CSRs have them in the navigation bar; for managers they are work of their own."""
    user = page["user"]
    return {} if user.is_authenticated and user.is_manager and may_read_reports(user) else None


@fills("home_work", "sessions_app/home/_work.html")
def work(page: Page) -> Names:
    """A page of made-up people brings its own `running` and `closings`."""
    user = page["user"]
    running = page["running"] if "running" in page else first_rows(running_sessions(user), SESSIONS_SHOWN)
    # How long each can still be restored stands beside it.
    rows = [(session, restorable_until(session, user)) for session in running]
    closings = page["closings"] if "closings" in page else closings_that_wait(user)
    # Who runs a session has begun already; a manager's page says otherwise what comes next.
    begins = not running and not user.is_manager and not has_a_past(user)
    names = {"running": running, "rows": rows, "closings": closings, "begins": begins}
    return names | {"join_address": whole_address("join")} if begins else names


@fills("settings_nav", "sessions_app/settings/_nav.html")
def canned_replies(page: Page) -> Names:
    return {} if page["user"].has_perm("sessions_app.view_cannedreply") else None


@fills("report_mail_nav", "sessions_app/reports/_nav.html")
def ways_to_reports(page: Page) -> Names:
    """Not for those who look after a queue and are no CSRs: they have one report."""
    return {"here": "mail"} if may_read_reports(page["user"]) else None


@fills("setup_items", "sessions_app/home/_setup_item.html")
def first_session(page: Page) -> Names:
    item = SetupItem(
        gettext("A first session"),
        gettext("Start one, join it with another browser, and see that both find each other."),
        SupportSession.objects.exists(),
        reverse("start_session") if may_start(page["user"]) else "",
        gettext("Start a session"),
    )
    return {"item": item}
