"""Settings of mail: how it leaves the site, how the outbox is, and a test. What the environment decides is shown."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from supportcenter.accounts.actions.mail_tests import MAIL_TEST, send_mail_test
from supportcenter.accounts.errors import NotAnAdministrator
from supportcenter.accounts.requests import SignedInRequest
from supportcenter.accounts.setup import may_set_up
from supportcenter.doctor import Level
from supportcenter.mail.outbox_state import MOST, last_of, outbox_state
from supportcenter.mail_providers import PROVIDERS
from supportcenter.management.outside_checks import mail, mail_server
from supportcenter.refusals import require
from supportcenter.text.addresses import deliverable
from supportcenter.text.directions import ltr


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def mail_settings(request: SignedInRequest) -> HttpResponse:
    require(may_set_up(request.user), NotAnAdministrator)
    if request.method == "POST":
        send_mail_test(by=request.user)
        words = gettext("A test message is on its way to %(address)s.")
        messages.info(request, words % {"address": ltr(request.user.email)})
        return redirect("settings_mail")
    context = {
        "server": _server(),
        "sender": settings.DEFAULT_FROM_EMAIL,
        "reports": _reports_of_delivery(),
        "troubles": [finding for finding in mail() if finding.level is not Level.OK],
        "outbox": outbox_state(),
        "most": MOST,
        "may_test": settings.MAIL_IS_SET_UP,
        "own_address": deliverable(request.user.email) and request.user.email,
        "last_test": last_of(MAIL_TEST, request.user.pk),
    }
    return render(request, "settings/mail.html", context)


def _server() -> str:
    """Empty: there is none."""
    if settings.MAIL_PROVIDER or not settings.EMAIL_URL:
        return mail_server() if settings.EMAIL_URL else ""
    return f"{mail_server()}:{settings.EMAIL_PORT}"


def _reports_of_delivery() -> str:
    """Is the site told what becomes of its messages? "yes", "not_set_up", or "never" by servers of this kind."""
    if settings.MAIL_WEBHOOK:
        return "yes"
    return "not_set_up" if settings.MAIL_PROVIDER and PROVIDERS[settings.MAIL_PROVIDER].webhook else "never"
