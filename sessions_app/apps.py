from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SessionsAppConfig(AppConfig):
    name = "sessions_app"
    verbose_name = _("Support sessions")

    def ready(self) -> None:
        from sessions_app import receivers, slots  # noqa: F401 - connects and fills them
        from sessions_app.rules import notification_kinds, push_news  # noqa: F401 - they register what they have

        post_migrate.connect(_make_indexes, sender=self)
        _register_report()
        _register_shortcut()
        _tell_audit_log()


def _tell_audit_log() -> None:
    from sessions_app.models import ClosingReason, SurveyQuestion, Tag, TrackingField
    from sessions_app.queries.audit_subjects import SESSIONS
    from supportcenter.audit.subjects import register_subjects
    from supportcenter.audit.watched import watch_changes

    register_subjects("session", SESSIONS)
    for model in (ClosingReason, SurveyQuestion, Tag, TrackingField):
        watch_changes(model)


def _register_report() -> None:
    from sessions_app.queries.csr_table import read_representatives
    from sessions_app.rules.permissions import may_read_reports
    from supportcenter.report_mail.reports import MailedReport, register_report

    report = MailedReport(
        "representatives",
        _("Representatives"),
        "csr_report",
        may_read_reports,
        read_representatives,
        shown=(0, 1, 3, 5, 6),
    )
    register_report(report)


def _register_shortcut() -> None:
    from supportcenter.shortcuts import Shortcut, register_shortcut

    register_shortcut(Shortcut(10, _("Start Session"), "start_session"))


def _make_indexes(**_more: Any) -> None:
    from sessions_app.models.name_index import make_name_index
    from sessions_app.models.word_index import make_word_index

    make_name_index()
    make_word_index()
