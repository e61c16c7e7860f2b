"""The reports that somebody gets by mail: the list, a form for one more, and two ways to stop one."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from supportcenter.accounts.requests import SignedInRequest
from supportcenter.refusals import require
from supportcenter.report_mail.actions import stop, stop_linked, subscribe
from supportcenter.report_mail.errors import NoReports
from supportcenter.report_mail.forms import SubscriptionForm
from supportcenter.report_mail.links import is_ours, subscription_in
from supportcenter.report_mail.models import Subscription
from supportcenter.report_mail.reports import reports_for
from supportcenter.responses import changed, render_form


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def report_mail(request: SignedInRequest) -> HttpResponse:
    reports = reports_for(request.user)
    require(bool(reports) or Subscription.objects.filter(user=request.user).exists(), NoReports)
    if request.method == "POST":
        form = SubscriptionForm(request.POST, reports=reports)
        if form.is_valid():
            subscribe(**form.cleaned_data, by=request.user)
            return changed(request, "report_mail")
    else:
        form = SubscriptionForm(initial={"report": request.GET.get("report", "")}, reports=reports)
    mine = list(Subscription.objects.filter(user=request.user).order_by("report", "rhythm", "weekday", "hour"))
    return render_form(
        request,
        "report_mail/report_mail.html",
        form,
        subscriptions=mine,
        may_add=settings.MAIL_IS_SET_UP and bool(reports),
        zone=timezone.get_current_timezone_name(),
    )


@require_POST
@login_required
def stop_report(request: SignedInRequest, pk: int) -> HttpResponse:
    stop(pk, by=request.user)
    return changed(request, "report_mail")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_report_by_link(request: HttpRequest, signed: str) -> HttpResponse:
    """Ask, since programs that look through mail open every link; then stop it, no matter who is signed in here."""
    if not is_ours(signed):
        raise Http404
    subscription = subscription_in(signed)
    if subscription and request.method == "POST":
        stop_linked(subscription)
        subscription = None
    return render(request, "report_mail/stop.html", {"subscription": subscription})
