"""What became of each message, to be looked at: which kind, for which row, and what the mail server said."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from supportcenter.mail.models import Delivery
from supportcenter.mail.owners import words_of_kind


class KindFilter(admin.SimpleListFilter):
    title, parameter_name = _("kind"), "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return sorted(words_of_kind.items())

    def queryset(self, request: HttpRequest, deliveries: QuerySet[Delivery]) -> QuerySet[Delivery]:
        return deliveries.filter(kind=self.value()) if self.value() else deliveries


@admin.register(Delivery)
class DeliveryAdmin(admin.ModelAdmin):
    help_topic = "mail"
    list_display = ["what", "subject", "state", "reason", "attempts", "created_at", "sent_at", "changed_at"]
    list_filter = ["state", KindFilter, "reason"]
    list_per_page = 50
    ordering = ["-pk"]
    # Counting all of them would take longer than showing a page of them.
    show_full_result_count = False
    fields = readonly_fields = (
        "what", "subject", "state", "reason", "servers_words", "attempts", "created_at", "began_at", "sent_at",
        "changed_at", "give_up_at", "id_of_message", "provider",
    )  # fmt: skip

    @admin.display(description=_("what"), ordering="kind")
    def what(self, delivery: Delivery) -> str:
        return str(words_of_kind.get(delivery.kind, delivery.kind))

    @admin.display(description=_("the mail server’s words"))
    def servers_words(self, delivery: Delivery) -> SafeString | str:
        return format_html('<bdi dir="auto">{}</bdi>', delivery.detail) if delivery.detail else "–"

    @admin.display(description=_("Message-ID"))
    def id_of_message(self, delivery: Delivery) -> SafeString:
        """For a search in the mail server's log."""
        return format_html('<bdi dir="ltr">{}</bdi>', delivery.message_id)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Delivery | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Delivery | None = None) -> bool:
        return False
