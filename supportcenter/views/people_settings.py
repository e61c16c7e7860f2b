"""Settings of people: an account that is added or changed, and the link to choose its password."""

from copy import copy
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from supportcenter.accounts.account_form import AccountForm
from supportcenter.accounts.actions.factors import reset_factors
from supportcenter.accounts.actions.people import (
    add_person,
    change_person,
    delete_person,
    send_password_link,
    set_enabled,
)
from supportcenter.accounts.actions.sign_ins import end_sign_ins_of
from supportcenter.accounts.errors import (
    HoldsMore,
    NotAnAdministrator,
    TooManyLinks,
    UsernameTaken,
)
from supportcenter.accounts.models import User
from supportcenter.accounts.past import has_past
from supportcenter.accounts.people import (
    holds_no_more,
    may_add_people,
    may_change_people,
    may_delete_people,
    may_see_people,
)
from supportcenter.accounts.requests import SignedInRequest
from supportcenter.accounts.sign_ins import sign_ins_of
from supportcenter.accounts.team_limits import teams_in_words
from supportcenter.handling import asks_again
from supportcenter.refusals import Conflict, Refused, require
from supportcenter.responses import render_form
from supportcenter.text.addresses import deliverable
from supportcenter.text.directions import apart, ltr

ADD, CHANGE = "settings/add_person.html", "settings/person.html"


@asks_again
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def add(request: SignedInRequest) -> HttpResponse:
    require(may_see_people(request.user) and may_add_people(request.user), NotAnAdministrator)
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
    if settings.PASSWORD_SIGN_IN and not person.has_usable_password():
        _say_link_is_sent(request, person)
    if may_change_people(request.user):
        return redirect("settings_person", person.pk)
    return redirect("settings_people")


@asks_again
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
        "past": has_past(person),
        "may_delete": may_delete_people(request.user),
        "sign_ins": sign_ins_of(person),
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
    except Conflict as refusal:
        return _refused(request, CHANGE, form, refusal, **context)
    messages.success(request, gettext("The settings are saved."))
    return redirect("settings_people")


@asks_again
@never_cache
@require_POST
@login_required
def enabled(request: SignedInRequest, pk: int) -> HttpResponse:
    """Disable an account, or enable it again: from the settings, and from the administration, which says so."""
    person = get_object_or_404(User, pk=pk)
    enable = request.POST.get("enabled") == "yes"
    set_enabled(person, enabled=enable, by=request.user)
    said = gettext("The account is enabled.") if enable else gettext("The account is disabled.")
    messages.success(request, said)
    if request.POST.get("back") == "admin":
        return redirect("admin:accounts_user_change", pk)
    return redirect("settings_person", pk)


@asks_again
@never_cache
@require_POST
@login_required
def delete(request: SignedInRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User, pk=pk)
    delete_person(person, by=request.user)
    messages.success(request, gettext("The account of %(name)s is deleted.") % {"name": person.display_name})
    return redirect("settings_people")


@asks_again
@never_cache
@require_POST
@login_required
def send_link(request: SignedInRequest, pk: int) -> HttpResponse:
    person = _person(request, pk)
    send_password_link(person, by=request.user)
    _say_link_is_sent(request, person)
    return redirect("settings_person", pk)


@asks_again
@never_cache
@require_POST
@login_required
def end_sign_ins(request: SignedInRequest, pk: int) -> HttpResponse:
    person = _person(request, pk)
    ended = end_sign_ins_of(person, by=request.user)
    words = ngettext(
        "%(name)s was signed out of %(count)s device.", "%(name)s was signed out of %(count)s devices.", ended
    )
    messages.success(request, words % {"name": apart(person.display_name), "count": ended})
    return redirect("settings_person", pk)


@asks_again
@never_cache
@require_POST
@login_required
def reset_factor(request: SignedInRequest, pk: int) -> HttpResponse:
    person = _person(request, pk)
    reset_factors(person, by=request.user)
    messages.success(request, gettext("The second factor of %(name)s is reset.") % {"name": person.display_name})
    return redirect("settings_person", pk)


def _person(request: SignedInRequest, pk: int) -> User:
    require(may_see_people(request.user) and may_change_people(request.user), NotAnAdministrator)
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
