"""Settings: what an admin changes often, in the product itself. The administration stays the complete way."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.forms import ModelForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from supportcenter.accounts.actions.policy import change_policy
from supportcenter.accounts.errors import NotAnAdministrator
from supportcenter.accounts.models import SitePolicy, User
from supportcenter.accounts.people import may_see_people
from supportcenter.accounts.policy import customer_maximum, said_of_others, session_mode
from supportcenter.accounts.policy_form import LookForm, RulesForm
from supportcenter.accounts.requests import SignedInRequest
from supportcenter.accounts.setup import may_set_up
from supportcenter.handling import asks_again, takes_pictures
from supportcenter.refusals import require
from supportcenter.responses import render_form
from supportcenter.text.whole_numbers import whole_number

PEOPLE = 50


@asks_again
@takes_pictures
def look(request: SignedInRequest) -> HttpResponse:
    return _page_of_policy(request, LookForm, "settings/look.html", "settings")


@asks_again
def rules(request: SignedInRequest) -> HttpResponse:
    return _page_of_policy(request, RulesForm, "settings/rules.html", "settings_rules")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def _page_of_policy(
    request: SignedInRequest, form_class: type[ModelForm[SitePolicy]], template: str, name: str
) -> HttpResponse:
    require(may_set_up(request.user), NotAnAdministrator)
    policy = SitePolicy.objects.get(pk=SitePolicy.current().pk)
    if request.method != "POST":
        return render(request, template, {"form": form_class(instance=policy)})
    form = form_class(request.POST, request.FILES, instance=policy)
    if not form.is_valid():
        return render_form(request, template, form)
    change_policy(form, by=request.user)
    messages.success(request, gettext("The settings are saved."))
    return redirect(name)


@never_cache
@require_safe
@login_required
def people(request: SignedInRequest) -> HttpResponse:
    """Who has an account, and what applies to each now: the site's policy and their privileges together."""
    require(may_see_people(request.user), NotAnAdministrator)
    everyone = User.objects.select_related("csr_privileges").order_by("-is_active", "first_name", "username")
    page = Paginator(everyone, PEOPLE).get_page(whole_number(request.GET.get("page", "")) or 1)
    policy = SitePolicy.current()
    return render(request, "settings/people.html", {"page": page, "rows": [_applying(one, policy) for one in page]})


def _applying(person: User, policy: SitePolicy) -> dict[str, Any]:
    if not person.is_csr:
        return {"person": person}
    return {
        "person": person,
        "mode": said_of_others(session_mode(policy, person.privileges)),
        "maximum": customer_maximum(policy, person.privileges),
    }
