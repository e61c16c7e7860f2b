"""Who gets which report by mail: to be looked at, and to be deleted."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from supportcenter.report_mail.models import Subscription
from supportcenter.report_mail.schedule import Rhythm


@admin.register(Subscription)
class SubscriptionAdmin(admin.ModelAdmin):
    help_topic = "reports-by-mail"
    list_display = ["report_title", "user", "rhythm", "hour", "next_due", "sent_at", "obstacle"]
    list_select_related = ["user"]
    list_filter = ["rhythm", "obstacle"]
    list_per_page = 50
    ordering = ["user__username", "report", "pk"]
    fields = readonly_fields = (
        "report_title", "user", "rhythm", "day_of_week", "hour", "attachment", "next_due", "sent_at", "switched_off_at",
        "obstacle",
    )  # fmt: skip

    @admin.display(description=_("report"), ordering="report")
    def report_title(self, subscription: Subscription) -> str:
        return subscription.title

    @admin.display(description=_("weekday"))
    def day_of_week(self, subscription: Subscription) -> str:
        return subscription.get_weekday_display() if subscription.rhythm == Rhythm.WEEKLY else "–"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Subscription | None = None) -> bool:
        return False
