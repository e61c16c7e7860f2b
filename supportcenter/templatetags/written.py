import re

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

# Where a line may end within an address or a list.
BREAKS = re.compile(r"(?<=[,?&@/])(?=\w)|(?<=[a-z]\.)(?=[a-z])")

register = template.Library()


@register.filter
def with_code(text: str) -> SafeString:
    """What stands between backticks as code, from left to right in Arabic too."""
    parts = re.split(r"`([^`]+)`", text)
    pieces = ((part if at % 2 == 0 else as_code(part),) for at, part in enumerate(parts))
    return format_html_join("", "{}", pieces)


@register.filter
def as_code(text: str) -> SafeString:
    parts = format_html_join(mark_safe("<wbr>"), "{}", ((part,) for part in BREAKS.split(text)))
    return format_html('<code dir="ltr">{}</code>', parts)
