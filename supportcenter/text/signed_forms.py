"""A form that a link from another system fills in, with what its signature vouches for (signed_links.py)."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from supportcenter import clock, signed_links
from supportcenter.text.prefill import prefilled

# The field in which the page sends a signed link along, and characters of such a link.
SIGNED, LONGEST_LINK = "signed", 8000


class SignedForm(forms.Form):
    """Call `prefill` before anything else. `_signed_link.html` says in the page what the link has brought.

    `path`: the one that links to this form sign, without slashes around it. `signable`: the names that they may sign,
    whether or not this form has such a field.
    """

    path: str
    signable: re.Pattern[str]

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.link, self.confirmed, self.signed = signed_links.SignedLink(), dict[str, str](), ""

    def prefill(self, given: QueryDict) -> None:
        """By a link from elsewhere: all but ticks, which are the customer's own to set.

        What is signed with a key of ours cannot be changed, and is told as confirmed. The page sends it along.
        """
        texts = [name for name, field in self.fields.items() if not isinstance(field, forms.BooleanField)]
        self.initial = prefilled(self, given, texts)
        came = QueryDict(self.data.get(SIGNED, "")[:LONGEST_LINK]) if self.is_bound else given
        self.link = signed_links.read(
            came, path=self.path, names=self.signable, keys=settings.LINK_SIGNING_KEYS, now=clock.now().timestamp()
        )
        self.confirmed = prefilled(self, _query(self.link.values), texts)
        self.signed = came.urlencode() if self.link.is_signed else ""
        if self.is_bound and self.confirmed:
            self.data = _query({**dict(self.data.items()), **self.confirmed})
        for name in self.confirmed:
            # A list knows no "readonly"; what it does not send is in the link.
            is_list = isinstance(self.fields[name], forms.ChoiceField)
            self.fields[name].widget.attrs["disabled" if is_list else "readonly"] = True

    def refuse(self, name: str, why: object) -> None:
        """What a field has may not be. If the link has vouched for it, it no longer does: it has to be changed."""
        if name in self.confirmed:
            self.confirmed, self.signed = {}, ""
            for field in self.fields.values():
                for word in ("readonly", "disabled"):
                    field.widget.attrs.pop(word, None)
        self.add_error(name, str(why))

    def clean(self) -> dict[str, Any]:
        """What was confirmed when the page came, and is no more: the customer looks at it once more, as their own."""
        if self.link.is_broken:
            raise forms.ValidationError(_("This link has expired or was changed. Please check what is filled in."))
        return self.cleaned_data


def _query(values: Mapping[str, str]) -> QueryDict:
    query = QueryDict(mutable=True)
    query.update(values)
    return query
