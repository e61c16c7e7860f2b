from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from invitations.models import Invitation


@admin.register(Invitation)
class InvitationAdmin(admin.ModelAdmin):
    """Read-only, for questions afterwards: invitations are made and revoked in their session."""

    list_display = ["email", "session", "recipient", "channel", "state", "created_at"]
    list_filter = ["channel", "recipient", "delivery__state"]
    list_select_related = ["session", "participant__session", "delivery"]
    search_fields = ["email", "session__number"]
    exclude = ["token_hash", "nonce"]

    @admin.display(description=_("state"))
    def state(self, invitation: Invitation) -> str:
        return str(invitation.state_label)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Invitation | None = None) -> bool:
        return False
