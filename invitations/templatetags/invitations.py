"""`{% invitation_panel %}`: the Invite panel, in the page of whoever controls the session."""

from django import template

from invitations.queries.panel import panel

register = template.Library()


@register.inclusion_tag("invitations/panel/_panel.html", takes_context=True)
def invitation_panel(context):
    """Of the page's `session` and `me`. A page of made-up people brings its own `invite_panel`."""
    shown = context.get("invite_panel") or panel(context["session"], by=context["me"])
    return {**shown, "csrf_token": context.get("csrf_token")}
