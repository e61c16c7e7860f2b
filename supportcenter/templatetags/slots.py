from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

from supportcenter import slots

register = template.Library()


@register.simple_tag(takes_context=True)
def slot(context: Context, name: str, filled: list[tuple[str, dict[str, Any]]] | None = None) -> SafeString:
    """`{% slot "room_dialogs" %}`: what apps above draw here, each part as an include with names of its own.

    `as` keeps it for an {% if %}. A view that must know whether there is anything asks `slots.filled` itself and hands
    the answer on: `{% slot "home_cards" filled=cards %}`.
    """
    parts = slots.filled(name, context) if filled is None else filled
    return mark_safe("".join(_drawn(context, *part) for part in parts))  # noqa: S308 - templates have escaped it


def _drawn(context: Context, name: str, names: dict[str, Any]) -> str:
    assert context.template is not None, "A slot is drawn while its page is."
    with context.push(**names):
        return context.template.engine.get_template(name).render(context)
