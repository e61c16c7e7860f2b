from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from supportcenter.audit.retention import forget_what_is_due
from supportcenter.jobs.outbox.later import run_later
from supportcenter.jobs.workers.runner import handler


@handler("audit.retention", every=timedelta(hours=1), slow=True, words=_("Delete audit entries that are due"))
def keep_no_longer() -> None:
    if forget_what_is_due():
        run_later("audit.retention_goes_on")


# What one run leaves over, at once, between the other jobs.
handler("audit.retention_goes_on", slow=True, words=_("Delete more audit entries that are due"))(keep_no_longer)
