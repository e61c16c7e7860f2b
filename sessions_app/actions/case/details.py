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
    session: SupportSession, *, values: Mapping[int, str], tags: Collection[int] | None = None, by: Participant
) -> None:
    """Set tracking fields, by their keys, and tags; fields that are not named stay as they are, and so do tags if None.

    An empty value takes the field's away. Goes on record if anything differs.

    Raises NotInSession, DetailsRefused.
    """
    changed = set_tracking(session, values)
    if (tags is not None and _set_tags(session, tags)) or changed:
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


def _set_tags(session: SupportSession, wanted: Collection[int]) -> bool:
    """Tags that are switched off meanwhile stay where they are, and are given to no other session."""
    had = set(session.tags.values_list("pk", flat=True))
    new = set(wanted) - had
    require(Tag.objects.filter(pk__in=new, is_on=True).count() == len(new), DetailsRefused)
    gone = set(Tag.objects.filter(pk__in=had - set(wanted), is_on=True).values_list("pk", flat=True))
    session.tags.add(*new)
    session.tags.remove(*gone)
    return bool(new or gone)
