"""What distribution adds to the pages of the site and of sessions."""

from supportcenter.slots import Names, Page, fills
from webacd.queries.queues import open_queues
from webacd.rules.permissions import may_watch


@fills("home_of_customers", "webacd/home/_open_queues.html")
def queues(page: Page) -> Names:
    """Those a customer may turn to now. A page of made-up people brings its own."""
    return {"queues": page["queues"] if "queues" in page else open_queues()}


@fills("home_cards", "webacd/home/_cards.html")
def cards(page: Page) -> Names:
    return {} if may_watch(page["user"]) else None


@fills("person_menu", "webacd/navbar/_monitor.html")
def monitor(page: Page) -> Names:
    return {} if page["user"].is_manager else None


@fills("provide_support", "webacd/navbar/_inbox.html")
@fills("home_actions", "webacd/home/_inbox.html")
def inbox(page: Page) -> Names:
    """Read along with whoever is signed in, so it costs no query."""
    return {} if getattr(page["user"], "agent", None) else None
