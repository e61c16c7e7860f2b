"""Passkeys, as templates ask for them."""

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder

from supportcenter.accounts import passkey_places

register = template.Library()


@register.simple_tag(takes_context=True)
def why_no_passkeys(context: template.Context) -> str:
    return passkey_places.why_no_passkeys(context["request"])


@register.filter
def as_json(value: Any) -> str:
    """What the site asks of a key, for an attribute that a script reads."""
    return json.dumps(value, cls=DjangoJSONEncoder)
