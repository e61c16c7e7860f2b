"""What is switched off for a CSR in a session beside the site's policy and their privileges: by teams (E69), and more.

Other apps register their sources here. The limits of who is in control are read along with them (`reading_limits`).
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Case, JSONField, OuterRef, When
from django.db.models.expressions import Combinable
from django.utils.translation import gettext

from sessions_app.models import Participant, SupportSession
from sessions_app.models.participant_queryset import ParticipantQuerySet
from supportcenter.accounts.models import Team
from supportcenter.accounts.policy import OFF_FOR_TEAM, Limit
from supportcenter.json_rows import json_rows
from supportcenter.text.bilingual import one_of_both
from supportcenter.text.directions import apart


@dataclass(frozen=True)
class Source:
    """`rows` is, for a row of participants, a JSON list of [English name, Arabic name, capabilities switched off].

    `reason` is a sentence with a place for the `name`, to be translated.
    """

    name: str
    rows: Callable[[], Combinable]
    reason: str


def _of_teams() -> Combinable:
    return json_rows(Team.objects.filter(memberships__user=OuterRef("user")), "name", "name_ar", "switched_off")


_sources = [Source("teams", _of_teams, OFF_FOR_TEAM)]


def register_limits(source: Source) -> None:
    """Have what this source switches off counted in every session."""
    _sources.append(source)


def reading_limits(people: ParticipantQuerySet, session: SupportSession) -> ParticipantQuerySet:
    """With those of the one in control, of whom alone they are asked."""
    if session.primary_id is None:
        return people
    in_control = {"pk": session.primary_id}
    return people.annotate(
        **{
            _attribute(one): Case(When(**in_control, then=one.rows()), default=None, output_field=JSONField())
            for one in _sources
        }
    )


def limits_on(csr: Participant) -> list[Limit]:
    """Of this CSR in this session; a query, unless they were read with them."""
    read = vars(csr)
    if not all(_attribute(one) in read for one in _sources):
        rows = {_attribute(one): one.rows() for one in _sources}
        read = Participant.objects.annotate(**rows).values(*rows).get(pk=csr.pk)
    return [limit for one in _sources for limit in _limits(one, read[_attribute(one)] or [])]


def _limits(source: Source, rows: list[tuple[str, str, list[str]]]) -> list[Limit]:
    named = sorted((one_of_both(name, name_ar), off) for name, name_ar, off in rows if off)
    return [Limit(off, gettext(source.reason) % {"name": apart(name)}) for name, off in named]


def _attribute(source: Source) -> str:
    return f"limits_by_{source.name}"
