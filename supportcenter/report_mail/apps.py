from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportMailConfig(AppConfig):
    name = "supportcenter.report_mail"
    label = "report_mail"
    verbose_name = _("Reports by mail")
