from typing import Any, cast

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST

from invitations.actions.send_test import send_test
from invitations.forms import WordingPreviewForm
from invitations.mail.preview import sample, shown
from invitations.models import Invitation, InvitationWording
from invitations.models.variables import VARIABLES
from supportcenter.accounts.errors import TooManyTests
from supportcenter.accounts.models import User
from supportcenter.text.addresses import deliverable
from supportcenter.text.directions import ltr

# A message carries its styles with it; it may do nothing, and only our own page frames it.
PREVIEW_RIGHTS = {
    "default-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    # The logo, by its whole address.
    "img-src": [settings.SITE_ORIGIN],
    "frame-ancestors": [SELF],
    "sandbox": [True],
}


@admin.register(Invitation)
class InvitationAdmin(admin.ModelAdmin):
    """Read-only, for questions afterwards: invitations are made and revoked in their session."""

    help_topic = "invite"
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


@admin.register(InvitationWording)
class InvitationWordingAdmin(admin.ModelAdmin):
    """Beside the form the message as it would be, from what is typed; and a test of it to the admin's own address."""

    help_topic = "texts"
    list_display = ["recipient", "language", "changed_at"]
    list_display_links = ["recipient", "language"]
    change_form_template = "admin/invitations/invitationwording/change_form.html"

    def get_urls(self) -> list[URLPattern]:
        preview = self.admin_site.admin_view(self.preview_view)
        return [path("preview/", preview, name="invitations_invitationwording_preview"), *super().get_urls()]

    @method_decorator(xframe_options_sameorigin)
    @method_decorator(csp(PREVIEW_RIGHTS))
    @method_decorator(require_POST)
    def preview_view(self, request: HttpRequest) -> HttpResponse:
        if not (self.has_change_permission(request) or self.has_add_permission(request)):
            raise PermissionDenied
        form = WordingPreviewForm(request.POST)
        texts = shown(sample(form.wording, inviter=_me(request).display_name)) if form.is_valid() else {}
        return render(request, "mail/preview.html", {"form": form, **texts})

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        more = {"variables": VARIABLES, "may_test": settings.MAIL_IS_SET_UP and bool(deliverable(_me(request).email))}
        return super().changeform_view(request, object_id, form_url, {**(extra_context or {}), **more})

    def response_add(self, request: HttpRequest, obj: InvitationWording, post_url_continue: Any = None) -> HttpResponse:
        return self._tested(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: InvitationWording) -> HttpResponse:
        return self._tested(request, obj) or super().response_change(request, obj)

    def _tested(self, request: HttpRequest, wording: InvitationWording) -> HttpResponse | None:
        """The answer to "Save and send a test to me"; None if that was not asked for."""
        if "_test" not in request.POST:
            return None
        try:
            send_test(wording, to=_me(request))
        except TooManyTests as refusal:
            self.message_user(request, str(refusal.message), messages.WARNING)
        else:
            words = gettext("Saved. A test message is on its way to %(address)s.")
            self.message_user(request, words % {"address": ltr(_me(request).email)}, messages.SUCCESS)
        return redirect(reverse("admin:invitations_invitationwording_change", args=[wording.pk]))


def _me(request: HttpRequest) -> User:
    return cast("User", request.user)
