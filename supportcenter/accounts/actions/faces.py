"""A person's picture, which they or an admin upload and take away."""

from __future__ import annotations

from django.db import transaction
from django.forms import Form

from supportcenter import security_log
from supportcenter.accounts.actions.picture_rows import delete_unused, stored
from supportcenter.accounts.errors import NotAnAdministrator
from supportcenter.accounts.models import SitePicture, User
from supportcenter.accounts.pictures import Picture
from supportcenter.refusals import require


@transaction.atomic
def give_face(picture: Picture, *, to: User, by: User) -> None:
    """Show this picture wherever the person's initial stood; no one sees an earlier one any longer."""
    require(may_decide_on_face(by, to), NotAnAdministrator)
    _change(to, picture, by=by)


@transaction.atomic
def remove_face(*, of: User, by: User) -> None:
    """Go back to the initial of their name."""
    require(may_decide_on_face(by, of), NotAnAdministrator)
    _change(of, None, by=by)


def decide_face(form: Form, *, of: User, by: User) -> None:
    """Keep, or take away, the picture that somebody has changed in a form that is valid."""
    if "picture_file" not in form.changed_data:
        return
    if picture := form.cleaned_data["picture_file"]:
        give_face(picture, to=of, by=by)
    else:
        remove_face(of=of, by=by)


def may_decide_on_face(by: User, person: User) -> bool:
    """Everyone on their own; on those of others, staff who may change their accounts."""
    return by.is_active and (by.pk == person.pk or (by.is_staff and by.has_perm("accounts.change_user")))


def _change(person: User, picture: Picture | None, *, by: User) -> None:
    former = person.locked().picture_id
    if former == (picture and picture.digest):
        return
    # Both in the order of their keys: of two people who swap pictures, one waits.
    both = SitePicture.objects.filter(pk__in=[former, picture and picture.digest])
    list(both.order_by("pk").select_for_update().values_list("pk"))
    face = stored(picture) if picture else None
    User.objects.filter(pk=person.pk).update(picture=face)
    person.picture = face
    delete_unused(SitePicture.objects.filter(pk=former))
    facts = {"account": person.username, "by": by.username if by.pk != person.pk else None}
    security_log.note("picture_changed" if face else "picture_removed", **facts)
