"""What a CSR is told who looks elsewhere, and how."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from sessions_app.actions.notifications import choose_notifications
from sessions_app.errors import NotACsr
from supportcenter import clock
from supportcenter.accounts.models import NotificationSettings
from supportcenter.accounts.notification_form import NotificationsForm
from supportcenter.accounts.notification_kinds import kinds_for
from supportcenter.accounts.requests import SignedInRequest
from supportcenter.refusals import require
from supportcenter.responses import render_form


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def notifications(request: SignedInRequest) -> HttpResponse:
    require(request.user.is_csr, NotACsr)
    kinds, settings = kinds_for(request.user), NotificationSettings.of(request.user)
    form = NotificationsForm(kinds, request.POST) if request.method == "POST" else NotificationsForm.of(kinds, settings)
    if not (form.is_bound and form.is_valid()):
        quiet = settings.quiet_hours
        is_quiet = quiet is not None and quiet.include(clock.now())
        return render_form(request, "sessions_app/notifications/notifications.html", form, is_quiet=is_quiet)
    silent, unshown = form.without("sound"), form.without("shown")
    choose_notifications(silent=silent, unshown=unshown, quiet_hours=form.quiet_hours, by=request.user)
    messages.success(request, gettext("Your notifications are saved."))
    return redirect("notifications")
