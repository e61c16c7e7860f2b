"""Pages for developers: every screen in every state, with made-up people, in both languages."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from supportcenter.views.looks_samples import LOOKS

PAGE_SCRIPT = re.compile(r'(<script type="module" src=")[^"]*/js/pages/[^"]*("></script>)')


@require_safe
def looks(request: HttpRequest) -> HttpResponse:
    return render(request, "supportcenter/looks.html", {"looks": LOOKS})


@require_safe
def look(request: HttpRequest, name: str) -> HttpResponse:
    if name not in LOOKS:
        raise Http404
    template, sample = LOOKS[name]
    html = render_to_string(template, sample(), request)
    # A made-up session has no socket, and its page's script would keep trying to connect.
    return HttpResponse(PAGE_SCRIPT.sub(rf"\g<1>{static('js/pages/site.js')}\2", html))
