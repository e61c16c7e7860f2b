"""Settings of people: an account that is added or changed, and the link to choose its password."""

from copy import copy
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from supportcenter.accounts.account_form import AccountForm
from supportcenter.accounts.actions.people import add_person, change_person, send_password_link
from supportcenter.accounts.errors import (
    HoldsMore,
    NotAnAdministrator,
    OnlyRepresentativesManage,
    TooManyLinks,
    UsernameTaken,
)
from supportcenter.accounts.models import User
from supportcenter.accounts.people import holds_no_more, may_add_people, may_change_people
from supportcenter.accounts.requests import SignedInRequest
from supportcenter.accounts.team_limits import teams_in_words
from supportcenter.refusals import Refused, require
from supportcenter.responses import render_form
from supportcenter.text.addresses import deliverable
from supportcenter.text.directions import ltr

ADD, CHANGE = "settings/add_person.html", "settings/person.html"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def add(request: SignedInRequest) -> HttpResponse:
    require(may_add_people(request.user), NotAnAdministrator)
    if request.method != "POST":
        return render(request, ADD, {"form": AccountForm(by=request.user)})
    form = AccountForm(request.POST, by=request.user)
    if not form.is_valid():
        return render_form(request, ADD, form)
    try:
        person = add_person(form, by=request.user)
    except (UsernameTaken, TooManyLinks) as refusal:
        return _refused(request, ADD, form, refusal)
    messages.success(request, gettext("%(name)s now has an account.") % {"name": person.display_name})
    if not person.has_usable_password():
        _say_link_is_sent(request, person)
    if may_change_people(request.user):
        return redirect("settings_person", person.pk)
    return redirect("settings_people")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    person = _person(request, pk)
    context: dict[str, Any] = {
        "person": person,
        "may_mail": settings.MAIL_IS_SET_UP,
        "address": deliverable(person.email) and person.email,
        **teams_in_words(person),
    }
    # A copy to fill in: the page tells of the person as they are.
    filled = copy(person)
    if request.method != "POST":
        return render(request, CHANGE, {"form": AccountForm(instance=filled, by=request.user), **context})
    form = AccountForm(request.POST, instance=filled, by=request.user)
    if not form.is_valid():
        return render_form(request, CHANGE, form, **context)
    try:
        change_person(form, by=request.user)
    except (UsernameTaken, OnlyRepresentativesManage) as refusal:
        return _refused(request, CHANGE, form, refusal, **context)
    messages.success(request, gettext("The settings are saved."))
    return redirect("settings_people")


@never_cache
@require_POST
@login_required
def send_link(request: SignedInRequest, pk: int) -> HttpResponse:
    person = _person(request, pk)
    send_password_link(person, by=request.user)
    _say_link_is_sent(request, person)
    return redirect("settings_person", pk)


def _person(request: SignedInRequest, pk: int) -> User:
    require(may_change_people(request.user), NotAnAdministrator)
    person = get_object_or_404(User.objects.select_related("csr_privileges"), pk=pk)
    require(holds_no_more(person, request.user), HoldsMore)
    return person


def _refused(
    request: SignedInRequest, template: str, form: AccountForm, refusal: Refused, **context: Any
) -> HttpResponse:
    form.add_error(None, str(refusal.message))
    return render_form(request, template, form, status=refusal.status, **context)


def _say_link_is_sent(request: SignedInRequest, person: User) -> None:
    words = gettext("A link to choose a password is on its way to %(address)s.")
    messages.info(request, words % {"address": ltr(person.email)})
