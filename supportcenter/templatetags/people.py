"""Who is in the session, as templates ask for it."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from django import template
from django.utils.translation import gettext as _

register = template.Library()


class Named(Protocol):
    @property
    def display_name(self) -> str: ...


class InSession(Protocol):
    """A participant of a session, which stands above this package."""

    role: str

    @property
    def is_customer(self) -> bool: ...

    @property
    def is_present(self) -> bool: ...


Someone = TypeVar("Someone", bound=InSession)


@register.filter
def here_as(participants: Iterable[Someone], role: str) -> list[Someone]:
    """Those of `participants` who hold this role and are not gone."""
    return [one for one in participants if one.role == role]


@register.filter
def initial(name: object) -> str:
    """The letter that stands for a person; joined marks and the like are not taken apart."""
    return next((letter for letter in str(name).strip() if letter.isalnum()), "·")


@register.filter
def customers_in(participants: Iterable[Someone]) -> list[Someone]:
    """The customers among `participants` who have not left."""
    return [one for one in participants if one.is_customer and one.is_present]


@register.filter
def names(people: Iterable[Named]) -> str:
    """Amal, Bilal and Carol: each name set apart from its surroundings, whatever its direction."""
    apart = [f"\u2068{one.display_name}\u2069" for one in people]
    if len(apart) < 2:
        return "".join(apart)
    return _("%(some)s and %(last)s") % {"some": _(", ").join(apart[:-1]), "last": apart[-1]}
