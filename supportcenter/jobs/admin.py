"""Jobs in Django's admin: those that have failed for good, to be tried again or deleted; the others to be looked at."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from supportcenter.jobs.kinds import words_of
from supportcenter.jobs.models import Job
from supportcenter.jobs.outbox.retry import retry
from supportcenter.json_types import Json

FAILED, WAITING, RECURRING = "", "waiting", "recurring"


class StateFilter(admin.SimpleListFilter):
    """One state at a time, the failed ones first: they alone wait for a person."""

    title, parameter_name = _("state"), "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(FAILED, _("failed")), (WAITING, _("waiting")), (RECURRING, _("recurring"))]

    def choices(self, changelist: Any) -> Any:
        for value, words in self.lookup_choices:
            query = changelist.get_query_string({self.parameter_name: value} if value else {}, [self.parameter_name])
            yield {"selected": (self.value() or FAILED) == value, "query_string": query, "display": words}

    def queryset(self, request: HttpRequest, jobs: QuerySet[Job]) -> QuerySet[Job]:
        if self.value() == RECURRING:
            return jobs.exclude(recurring=None)
        if self.value() == WAITING:
            return jobs.filter(failed_at=None, recurring=None)
        return jobs.exclude(failed_at=None)


@admin.register(Job)
class JobAdmin(admin.ModelAdmin):
    help_topic = "troubleshooting#jobs"
    list_display = ["what", "attempts", "failed_at", "due", "reason"]
    list_filter = [StateFilter]
    ordering = ["-failed_at", "due", "pk"]
    list_per_page = 50
    actions = ["retry_selected"]
    fields = ["what", "kind", "subject", "attempts", "due", "failed_at", "reason", "whole_error"]
    readonly_fields = ["what", "kind", "subject", "attempts", "due", "failed_at", "reason", "whole_error"]
    change_form_template = "admin/jobs/job/change_form.html"

    @admin.display(description=_("what"), ordering="kind")
    def what(self, job: Job) -> str:
        return words_of(job.kind)

    @admin.display(description=_("subject"))
    def subject(self, job: Job) -> str:
        """Numbers of rows. Texts may be someone's address, and are nobody's business here."""
        return ", ".join(f"{name} {_shown(value)}" for name, value in job.payload.items()) or "–"

    @admin.display(description=_("reason"))
    def reason(self, job: Job) -> str:
        return next((line for line in reversed(job.error.splitlines()) if line.strip()), "–")[:300]

    @admin.display(description=_("whole error"))
    def whole_error(self, job: Job) -> SafeString | str:
        if not job.error:
            return "–"
        return format_html('<details><summary>{}</summary><pre dir="ltr">{}</pre></details>', _("Show"), job.error)

    @admin.action(description=_("Retry the selected jobs"), permissions=["retry"])
    def retry_selected(self, request: HttpRequest, jobs: QuerySet[Job]) -> None:
        retried = [job for job in jobs if self._retry(request, job)]
        words = ngettext("%(count)d job is tried again.", "%(count)d jobs are tried again.", len(retried))
        self.message_user(request, words % {"count": len(retried)}, messages.SUCCESS)

    def get_urls(self) -> list[URLPattern]:
        again = self.admin_site.admin_view(self.retry_view)
        return [path("<path:object_id>/retry/", again, name="jobs_job_retry"), *super().get_urls()]

    @method_decorator(require_POST)
    def retry_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        if not self.has_retry_permission(request):
            raise PermissionDenied
        job = self.get_object(request, unquote(object_id))
        if job is None:
            raise Http404
        if self._retry(request, job):
            self.message_user(request, gettext("The job is tried again."), messages.SUCCESS)
        else:
            self.message_user(
                request, gettext("The job has not failed, or has been tried again since."), messages.WARNING
            )
        return redirect(reverse("admin:jobs_job_changelist"))

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **more: Any) -> HttpResponse:
        job = self.get_object(request, unquote(object_id))
        may_retry = bool(job and job.failed_at and self.has_retry_permission(request))
        more["extra_context"] = {**(more.get("extra_context") or {}), "may_retry": may_retry}
        return super().change_view(request, object_id, *args, **more)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """What waits is neither deleted nor hurried from here."""
        return {} if request.GET.get(StateFilter.parameter_name) else super().get_actions(request)

    def has_retry_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("jobs.change_job")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Job | None = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Job | None = None) -> bool:
        return super().has_view_permission(request, obj) or self.has_retry_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Job | None = None) -> bool:
        return (obj is None or obj.failed_at is not None) and super().has_delete_permission(request, obj)

    def _retry(self, request: HttpRequest, job: Job) -> bool:
        was_failed = retry(job)
        if was_failed:
            self.log_change(request, job, gettext("Tried again."))
        return was_failed


def _shown(value: Json) -> str:
    if isinstance(value, list):
        return " ".join(map(_shown, value))
    return "…" if isinstance(value, str | dict) else str(value)
