from django.utils.translation import gettext_lazy as _

from supportcenter.refusals import Conflict, Forbidden, Missing


class NoReports(Forbidden):
    code = "no_reports"
    message = _("Only representatives and managers have reports.")


class NotYourReport(Forbidden):
    code = "not_your_report"
    message = _("You may not read this report.")


class TooManyReports(Conflict):
    code = "too_many_reports"
    message = _("You have reached the limit of reports by mail. Stop one of them first.")


class SubscriptionUnknown(Missing):
    code = "subscription_unknown"
    message = _("This report is no longer sent to you.")
