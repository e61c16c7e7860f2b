"""Settings of queues: which there are, and when each is open."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from supportcenter.accounts.requests import SignedInRequest
from supportcenter.refusals import require
from supportcenter.responses import render_form
from supportcenter.text.whole_numbers import whole_number
from webacd.actions.opening_hours import set_opening_hours
from webacd.errors import HoursChanged, NotAManager
from webacd.forms import OpeningHoursForm
from webacd.models import Agent, Queue
from webacd.rules.permissions import may_change_queues

QUEUES = 50


@never_cache
@require_safe
@login_required
def queues(request: SignedInRequest) -> HttpResponse:
    require(may_change_queues(request.user), NotAManager)
    active = Count("agents", filter=Q(agents__in=Agent.objects.active()))
    found = Queue.objects.with_timetable().annotate(active_agents=active).order_by("name", "pk")
    page = Paginator(found, QUEUES).get_page(whole_number(request.GET.get("page", "")) or 1)
    return render(request, "webacd/settings/queues.html", {"page": page})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def opening_hours(request: SignedInRequest, slug: str) -> HttpResponse:
    require(may_change_queues(request.user), NotAManager)
    queue = get_object_or_404(Queue.objects.with_timetable(), slug=slug)
    template = "webacd/settings/opening_hours.html"
    if request.method != "POST":
        return render(request, template, {"queue": queue, "form": OpeningHoursForm(queue=queue)})
    form = OpeningHoursForm(request.POST, queue=queue)
    if not form.is_valid():
        return render_form(request, template, form, queue=queue)
    shown, also = form.cleaned_data["shown"], form.cleaned_data["also"]
    try:
        set_opening_hours(queue, form.spans, shown=shown, also=also, by=request.user)
    except HoursChanged as refusal:
        form.refuse_stale(refusal, Queue.objects.with_timetable().get(pk=queue.pk))
        return render_form(request, template, form, status=refusal.status, queue=queue)
    messages.success(request, gettext("The settings are saved."))
    return redirect("settings_queues")
