from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from supportcenter.one_press import FIELD, new_name

register = template.Library()


@register.simple_tag
def one_press() -> SafeString:
    """The form's one-time name: pressed twice, it makes one thing (supportcenter/one_press.py)."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, new_name())
