from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebAcdConfig(AppConfig):
    name = "webacd"
    verbose_name = _("WebACD")

    def ready(self) -> None:
        from supportcenter.accounts.sign_in import SignIn
        from webacd import person_roles, receivers, slots  # noqa: F401 - they listen to the sessions, and fill pages
        from webacd.rules import push_news  # noqa: F401 - registers it

        # Every page asks whether to draw the way to the inbox.
        SignIn.read_along.append("agent")
        _register_report()
        _register_kind()
        _register_shortcut()
        _watch_settings()


def _watch_settings() -> None:
    from supportcenter.audit.watched import watch_changes, watch_relation
    from webacd.models import AcdPolicy, AwayReason, EntryField, Holiday, OpeningHours, Queue, QueueMembership

    watch_changes(AcdPolicy, is_one_row=True)
    watch_changes(AwayReason)
    watch_changes(Queue)
    watch_relation(Queue, "managers")
    for model in (EntryField, Holiday, OpeningHours, QueueMembership):
        watch_changes(model, of="queue")


def _register_kind() -> None:
    from supportcenter.accounts.notification_kinds import Kind, register_kinds
    from webacd.rules.permissions import is_agent

    register_kinds(Kind("offer", _("A customer is offered to you"), 0, is_agent, at_any_hour=True))


def _register_report() -> None:
    from supportcenter.report_mail.reports import MailedReport, register_report
    from webacd.queries.queue_table import read_queues
    from webacd.rules.permissions import may_watch

    register_report(MailedReport("queues", _("Queues"), "acd_figures", may_watch, read_queues, shown=(1, 2, 3, 4, 6)))


def _register_shortcut() -> None:
    from supportcenter.shortcuts import Shortcut, register_shortcut

    register_shortcut(Shortcut(20, _("WebACD inbox"), "open_inbox"))
