"""Settings of people: all of them as a file, and a file that adds and changes people (E68)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from supportcenter import security_log
from supportcenter.accounts.actions.import_people import import_people, keep_people_file
from supportcenter.accounts.errors import NotAnAdministrator
from supportcenter.accounts.models import PeopleFile, User
from supportcenter.accounts.people import may_import_people, may_see_people
from supportcenter.accounts.people_file.export import people_table
from supportcenter.accounts.people_file.plan import Plan, plan_for
from supportcenter.accounts.people_file.resource import PeopleResource
from supportcenter.accounts.people_file.shown import shown_rows
from supportcenter.accounts.people_file.upload_form import ConfirmForm, UploadForm
from supportcenter.accounts.requests import SignedInRequest
from supportcenter.handling import asks_again, reads_much, takes_tables
from supportcenter.refusals import Conflict, TooMany, require
from supportcenter.reporting.table_file import Ending, table_file
from supportcenter.responses import FORM_REFUSED, render_form

UPLOAD, PREVIEW = "settings/import_people.html", "settings/imported_people.html"
ENDINGS: dict[str, Ending] = {"csv": "csv", "xlsx": "xlsx"}


@asks_again
@reads_much
@never_cache
@require_safe
@login_required
def export(request: SignedInRequest, ending: str) -> HttpResponseBase:
    require(may_see_people(request.user), NotAnAdministrator)
    if ending not in ENDINGS:
        raise Http404
    security_log.note("people_exported", by=request.user.username, count=User.objects.count())
    return table_file(people_table(request.user), ENDINGS[ending])


@asks_again
@reads_much
@takes_tables
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def upload(request: SignedInRequest) -> HttpResponse:
    require(may_import_people(request.user), NotAnAdministrator)
    if request.method != "POST":
        return render(request, UPLOAD, {"form": UploadForm(), "fields": _titles(request.user)})
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return render_form(request, UPLOAD, form, fields=_titles(request.user))
    kept = keep_people_file(form.cleaned_data["file"].name, form.table, by=request.user)
    return redirect("settings_imported_people", kept.pk)


@asks_again
@reads_much
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def preview(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the file would do; confirmed, it does that and nothing else."""
    require(may_import_people(request.user), NotAnAdministrator)
    kept = get_object_or_404(PeopleFile, pk=pk, user=request.user)
    if request.method != "POST":
        return render(request, PREVIEW, _context(kept, request.user))
    form = ConfirmForm(request.POST, asks_about_wrong=True, asks_about_links=True)
    if not form.is_valid():
        return render(request, PREVIEW, _context(kept, request.user), status=FORM_REFUSED)
    try:
        plan = import_people(kept, **form.cleaned_data, by=request.user)
    except (Conflict, TooMany) as refusal:
        context = {**_context(kept, request.user), "refusal": refusal.message}
        return render(request, PREVIEW, context, status=refusal.status)
    messages.success(request, _said(plan))
    return redirect("settings_people")


def _context(kept: PeopleFile, by: User) -> dict[str, Any]:
    plan, resource = plan_for(kept, by=by)
    may_mail = settings.MAIL_IS_SET_UP and plan.to_be_mailed > 0
    form = ConfirmForm(initial={"shown": plan.digest}, asks_about_wrong=bool(plan.wrong), asks_about_links=may_mail)
    return {"file": kept, "plan": plan, "shown": shown_rows(plan, resource), "form": form}


def _titles(by: User) -> list[str]:
    return [*PeopleResource(by).titles.values()]


def _said(plan: Plan) -> str:
    added, changed = len(plan.added), len(plan.changed)
    sentences = [
        ngettext("%(count)s person was added.", "%(count)s people were added.", added) % {"count": added},
        ngettext("%(count)s person was changed.", "%(count)s people were changed.", changed) % {"count": changed},
    ]
    if plan.wrong:
        sentences.append(gettext("Wrong rows were left out: %(count)s.") % {"count": len(plan.wrong)})
    return " ".join(sentences)
