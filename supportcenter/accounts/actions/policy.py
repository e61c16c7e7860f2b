"""The site policy as it is changed in the settings of the product."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.utils import construct_change_message
from django.db import transaction
from django.forms import ModelForm

from supportcenter.accounts.actions.pictures import decide_pictures
from supportcenter.accounts.errors import NotAnAdministrator
from supportcenter.accounts.models import SitePolicy, User
from supportcenter.accounts.setup import may_set_up
from supportcenter.refusals import require


@transaction.atomic
def change_policy(form: ModelForm[SitePolicy], *, by: User) -> None:
    """Save what a valid form says, and nothing else of the policy; the log of the administration has it, too.

    Raises NotAnAdministrator.
    """
    require(may_set_up(by), NotAnAdministrator)
    if not form.has_changed():
        return
    # All else is as it is now, not as it was when the page was made.
    form.instance.save(update_fields=[name for name in form.changed_data if name in (form._meta.fields or ())])
    decide_pictures(form, by=by)
    said = construct_change_message(cast("Any", form), [], add=False)
    LogEntry.objects.log_actions(by.pk, [form.instance], CHANGE, said)
