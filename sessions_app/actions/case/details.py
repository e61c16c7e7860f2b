"""What a session is tracked by: the fields that admins define, such as the number of a ticket, and tags."""

from collections.abc import Collection, Mapping

from sessions_app import events
from sessions_app.actions.case.notes import STAFF_OF_THE_SESSION
from sessions_app.actions.locking import session_action
from sessions_app.errors import DetailsRefused
from sessions_app.models import Participant, SupportSession, Tag, TrackingField, TrackingValue
from supportcenter.live.log.eventlog import record
from supportcenter.refusals import require


@session_action(who=STAFF_OF_THE_SESSION, after_end=True)
def change_details(
    session: SupportSession,
    *,
    values: Mapping[int, str],
    give: Collection[int] = (),
    take: Collection[int] = (),
    by: Participant,
) -> None:
    """Set tracking fields, by their keys, `give` tags and `take` tags away; what is not named stays as it is.

    So two people who change different things at a time lose nothing. An empty value takes the field's away. Goes on
    record if anything differs.

    Raises NotInSession, DetailsRefused.
    """
    changed = set_tracking(session, values)
    if _change_tags(session, set(give), set(take)) or changed:
        record(session.stream, events.details_changed(), by=by)


def set_tracking(session: SupportSession, values: Mapping[int, str]) -> bool:
    """Set these fields of a locked session; true if anything differs. Raises DetailsRefused."""
    fields = TrackingField.objects.filter(is_on=True).in_bulk(list(values)) if values else {}
    require(len(fields) == len(values), DetailsRefused)
    known = {each.field_id: each for each in session.tracking.filter(field__in=fields)} if fields else {}
    changed = False
    for key, value in values.items():
        had = known.get(key)
        if value == (had.value if had else ""):
            continue
        require(not value or fields[key].takes(value), DetailsRefused)
        _set_value(session, key, value)
        changed = True
    return changed


def _set_value(session: SupportSession, field: int, value: str) -> None:
    if value:
        TrackingValue.objects.update_or_create(session=session, field_id=field, defaults={"value": value})
    else:
        session.tracking.filter(field=field).delete()


def _change_tags(session: SupportSession, give: set[int], take: set[int]) -> bool:
    had = set(session.tags.values_list("pk", flat=True))
    give, take = give - had, take & had
    require(Tag.objects.filter(pk__in=give, is_on=True).count() == len(give), DetailsRefused)
    session.tags.add(*give)
    session.tags.remove(*take)
    return bool(give or take)
