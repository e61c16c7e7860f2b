"""One's own picture."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from limits import RateLimitItemPerHour

from supportcenter.accounts.actions.faces import give_face, remove_face
from supportcenter.accounts.errors import TooManyPictures
from supportcenter.accounts.picture_forms import OwnPictureForm
from supportcenter.accounts.rate_limits import rate_limiter
from supportcenter.accounts.requests import SignedInRequest
from supportcenter.handling import takes_pictures
from supportcenter.refusals import require
from supportcenter.responses import render_form

# Each is unpacked and drawn again. Of one person, and more than anyone tries out.
UPLOADS = RateLimitItemPerHour(30, namespace="faces")
PAGE = "account/picture.html"


@takes_pictures
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def picture(request: SignedInRequest) -> HttpResponse:
    if request.method != "POST":
        return render_form(request, PAGE, OwnPictureForm())
    require(rate_limiter().hit(UPLOADS, str(request.user.pk)), TooManyPictures, retry_after=3600)
    form = OwnPictureForm(request.POST, request.FILES)
    if not form.is_valid():
        return render_form(request, PAGE, form)
    give_face(form.cleaned_data["picture"], to=request.user, by=request.user)
    messages.success(request, gettext("Your picture is saved."))
    return redirect("picture")


@require_POST
@login_required
def remove(request: SignedInRequest) -> HttpResponse:
    remove_face(of=request.user, by=request.user)
    messages.success(request, gettext("Your picture is removed."))
    return redirect("picture")
