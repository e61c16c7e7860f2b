"""The pages of the help centre, which everyone may read: customers and colleagues ask before they have signed in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from supportcenter.help import reference
from supportcenter.help.audiences import audiences_of
from supportcenter.help.contents import SECTIONS, TOPICS, section_of
from supportcenter.help.markdown import Heading
from supportcenter.help.search import LONGEST_QUERY, search
from supportcenter.help.topics import Topic, topic

LONGEST_CONTENTS = 24
# The level of its heading.
SECTION = 2


@require_safe
def help_centre(request: HttpRequest) -> HttpResponse:
    """All topics, those for the reader first; or with `find`, what answers the question."""
    asked = request.GET.get("find", "").strip()[:LONGEST_QUERY]
    own = audiences_of(request.user)
    sections = [(section, list(map(topic, section.topics))) for section in SECTIONS]
    context = {
        "asked": asked,
        "results": search(asked, own) if asked else [],
        "own": [each for each in sections if each[0].audience in own],
        "others": [each for each in sections if each[0].audience not in own],
        "longest_query": LONGEST_QUERY,
    }
    return render(request, "help/help.html", context)


@require_safe
def help_topic(request: HttpRequest, slug: str) -> HttpResponse:
    found = topic(slug)
    if not found:
        raise Http404
    section = section_of(slug)
    place = TOPICS.index(slug)
    is_reference = slug == reference.SETTINGS
    context = {
        "topic": found,
        "headings": [*_contents(found), *(reference.headings() if is_reference else ())],
        "reference": reference.tables() if is_reference else "",
        "section": section,
        "beside": list(map(topic, section.topics)),
        "previous": topic(TOPICS[place - 1]) if place else None,
        "next": topic(TOPICS[place + 1]) if place + 1 < len(TOPICS) else None,
        "longest_query": LONGEST_QUERY,
    }
    return render(request, "help/topic.html", context)


def _contents(found: Topic) -> list[Heading]:
    """What the page lists at its beginning: of a long topic the sections alone, without what is below them."""
    is_long = len(found.headings) > LONGEST_CONTENTS
    return [heading for heading in found.headings if not (is_long and heading.level > SECTION)]
