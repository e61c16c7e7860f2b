"""What invitations add to a session's pages: the Invite panel, and the buttons that open it."""

from invitations.queries.panel import panel
from supportcenter.slots import Names, Page, fills


@fills("room_tools", "invitations/room/_tool.html")
@fills("tray_tools", "invitations/room/_tray_tool.html")
@fills("stage_ways", "invitations/room/_stage_way.html")
@fills("no_assistants", "invitations/room/_ask_csr.html")
@fills("no_assistants_menu", "invitations/room/_ask_csr_menu.html")
@fills("no_assistants_tray", "invitations/room/_ask_csr_tray.html")
def button(page: Page) -> Names:
    return {} if page["may"].invite else None


@fills("room_dialogs", "invitations/room/_dialog.html", order=20)
def dialog(page: Page) -> Names:
    """Its place is on every page of the session: the panel comes with control. Made-up people bring their own."""
    if not page["may"].invite:
        return {}
    return page.get("invite_panel") or panel(page["session"], by=page["me"])
