"""Developers' pages: every screen with made-up people in it, to look at, in both languages and every state."""

import re

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from supportcenter.views.looks_samples import LOOKS

PAGE_SCRIPT = re.compile(r'<script type="module" src="[^"]*/js/pages/[^"]*"></script>')


@require_safe
def looks(request):
    return render(request, "supportcenter/looks.html", {"looks": LOOKS})


@require_safe
def look(request, name):
    if name not in LOOKS:
        raise Http404
    template, sample = LOOKS[name]
    html = render_to_string(template, sample(), request)
    # Made-up sessions have no socket: their page's script would look for it again and again.
    return HttpResponse(PAGE_SCRIPT.sub("", html))
