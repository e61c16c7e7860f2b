"""The status page of the admin: what `manage.py doctor` says, in the reader's language."""

from typing import NamedTuple

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from supportcenter import clock, doctor
from supportcenter.accounts.actions.setup import note_checks_passed
from supportcenter.doctor import Level
from supportcenter.handling import reads_much

# What is wrong comes first.
URGENCY = [Level.FAIL, Level.WARN, Level.OK]


class Sign(NamedTuple):
    """A level for eyes that see no colour: a picture, and a word."""

    look: str
    icon: str
    word: str


@reads_much
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def status(request: HttpRequest) -> HttpResponse:
    """Look again with each view; what sends something, or asks strangers, only when the button is pressed."""
    everything = request.method == "POST"
    found = sorted(doctor.examine(active=everything), key=lambda each: URGENCY.index(each[1].level))
    levels = [finding.level for _, finding in found]
    if everything and Level.FAIL not in levels:
        # Only then: on a disk that is full this page must not fail by writing.
        note_checks_passed()
    context = {
        **admin.site.each_context(request),
        "title": gettext("System status"),
        "help_topic": "doctor",
        "rows": [{"name": gettext(name), "finding": each, "sign": _sign(each.level)} for name, each in found],
        "failures": levels.count(Level.FAIL),
        "warnings": levels.count(Level.WARN),
        "not_looked_at": [] if everything else [gettext(name) for name in doctor.left_out()],
        "not_looked_at_sign": Sign("status__check--unseen", "circle-dashed", gettext("Not checked yet")),
        "looked_at": clock.now(),
    }
    return render(request, "supportcenter/status.html", context)


def _sign(level: Level) -> Sign:
    if level is Level.OK:
        return Sign("status__check--ok", "circle-check", pgettext("state of a part of the site", "OK"))
    if level is Level.WARN:
        return Sign("status__check--warn", "triangle-alert", gettext("Warning"))
    return Sign("status__check--fail", "circle-x", gettext("Failure"))
