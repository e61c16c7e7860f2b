"""Where one is signed in, and signing out elsewhere."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from supportcenter.accounts.actions.sign_ins import end_other_sign_ins, end_sign_in
from supportcenter.accounts.requests import SignedInRequest
from supportcenter.accounts.sign_ins import sign_ins_of


@never_cache
@require_safe
@login_required
def sign_ins(request: SignedInRequest) -> HttpResponse:
    shown = sign_ins_of(request.user, this=request.session.session_key or "")
    return render(
        request, "account/sign_ins.html", {"sign_ins": shown, "others": [one for one in shown if not one.is_this]}
    )


@require_POST
@login_required
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    end_sign_in(pk, by=request.user)
    messages.success(request, gettext("That device is signed out."))
    return redirect("sign_ins")


@require_POST
@login_required
def end_others(request: SignedInRequest) -> HttpResponse:
    ended = end_other_sign_ins(keep=request.session.session_key or "", by=request.user)
    words = ngettext("%(count)s other device is signed out.", "%(count)s other devices are signed out.", ended)
    messages.success(request, words % {"count": ended} if ended else gettext("You are signed in on this device only."))
    return redirect("sign_ins")
