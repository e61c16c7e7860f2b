"""What invitations add to pages: the Invite panel and the buttons that open it, and to the settings their wording."""

from invitations.queries.customer_panel import invitation_of
from invitations.queries.panel import first_ways, panel
from invitations.queries.wordings import wordings_for
from supportcenter.slots import Names, Page, fills


@fills("room_tools", "invitations/room/_tool.html")
@fills("tray_tools", "invitations/room/_tray_tool.html")
@fills("stage_ways", "invitations/room/_stage_way.html")
@fills("no_assistants", "invitations/room/_ask_csr.html")
@fills("no_assistants_menu", "invitations/room/_ask_csr_menu.html")
@fills("no_assistants_tray", "invitations/room/_ask_csr_tray.html")
def button(page: Page) -> Names:
    return {} if page["may"].invite else None


@fills("region_invite", "invitations/panel/_panel.html")
def invite(page: Page) -> Names:
    """The whole panel, for the page of a CSR who has just been given control; for others it is empty."""
    return panel(page["session"], by=page["me"]) if page["may"].invite else None


@fills("region_tray_invite", "invitations/room/_tray_panel.html")
def in_the_tray(page: Page) -> Names:
    return first_ways(page["session"]) if page["may"].invite else None


@fills("room_dialogs", "invitations/room/_dialog.html", order=20)
def dialog(page: Page) -> Names:
    """Its place is on every page of the session: the panel comes with control. Made-up people bring their own."""
    if not page["may"].invite:
        return {}
    return page.get("invite_panel") or panel(page["session"], by=page["me"])


@fills("customer_panel", "invitations/customer_panel/_invitation.html", order=10)
def how_invited(page: Page) -> Names:
    """A page of made-up people has none."""
    invitation = invitation_of(page["panel"].customer)
    return {"invitation": invitation} if invitation else None


@fills("settings_mail", "invitations/settings/_wordings.html")
def wordings(page: Page) -> Names:
    return {"wordings": wordings_for(page["user"])}
