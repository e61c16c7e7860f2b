"""What a page needs so that its browser takes what is pushed (E65)."""

from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from supportcenter.accounts.push.keys import public_key

register = template.Library()
# Characters: it tells apart the sign-ins of one browser.
MARK = 32


@register.simple_tag(takes_context=True)
def push_attributes(context: dict[str, Any]) -> SafeString:
    """`mark` is another one after each sign-in and in each language: then the browser subscribes again."""
    request = context.get("request")
    sign_in = getattr(getattr(request, "session", None), "session_key", None) or ""
    mark = salted_hmac("web push", f"{sign_in} {get_language()}", algorithm="sha256").hexdigest()[:MARK]
    key = public_key() if settings.WEB_PUSH_HOSTS else ""
    return format_html('data-push="{}" data-push-key="{}" data-push-mark="{}"', reverse("push"), key, mark)
