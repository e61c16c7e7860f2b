"""`{% help_link "invite" "by-email" %}`: a `?` that opens a topic of the help centre, or a section of it.

`{% admin_help %}`: that of a page of the administration: a ModelAdmin says `help_topic = "topic#section"`, a page of
ours has it in its context. `{% message_link refusal.code %}`: what a refusal means, in people's words.
"""

from django import template
from django.contrib import admin
from django.template import Context
from django.urls import reverse

from supportcenter.help.topics import topic

register = template.Library()
MESSAGES = "messages"


@register.inclusion_tag("help/_link.html")
def help_link(slug: str, anchor: str = "") -> dict[str, str]:
    return _link(slug, anchor)


@register.inclusion_tag("help/_link.html", takes_context=True)
def admin_help(context: Context) -> dict[str, str]:
    slug, _, anchor = _topic_of_admin(context).partition("#")
    return _link(slug, anchor) if slug else {}


@register.inclusion_tag("help/_message_link.html")
def message_link(code: str) -> dict[str, str]:
    anchor = code.replace("_", "-")
    found = topic(MESSAGES)
    return _link(MESSAGES, anchor) if found and found.heading(anchor) else {}


def _link(slug: str, anchor: str) -> dict[str, str]:
    found = topic(slug)
    assert found, f"There is no topic {slug}"
    name = found.heading(anchor) if anchor else found.title
    assert name, f"{slug} has no section {anchor}"
    return {"url": reverse("help_topic", args=[slug]) + (anchor and f"#{anchor}"), "name": name}


def _topic_of_admin(context: Context) -> str:
    if slug := context.get("help_topic"):
        return str(slug)
    shown = context.get("opts")
    return getattr(admin.site.get_model_admin(shown.model), "help_topic", "") if shown else ""
