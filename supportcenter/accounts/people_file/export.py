"""All people as a table that can be saved, changed and imported again."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from supportcenter.accounts.models import User
from supportcenter.accounts.people import AT_ONCE
from supportcenter.accounts.people_file.columns import fields_of_people, title_of
from supportcenter.accounts.people_file.resource import PeopleResource, Person
from supportcenter.accounts.person_values import values_of_all
from supportcenter.reporting.tables import Column, Kind, Table


def people_table(by: User) -> Table:
    columns = [
        Column(title_of(name, field), Kind.NUMBER if name == "max_customers" else Kind.TEXT)
        for name, field in fields_of_people().items()
    ]
    return Table("people", _("People"), columns, _rows(PeopleResource(by)))


def _rows(resource: PeopleResource) -> Iterator[list[object]]:
    """In pieces, each of as many statements whatever its size."""
    last = 0
    while some := list(User.objects.select_related("csr_privileges").filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        values = values_of_all(some)
        for user in some:
            yield resource.export_resource(Person(user, values[user.pk]))
        last = some[-1].pk
