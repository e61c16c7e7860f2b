"""What a customer allowed, as a text of his own to keep."""

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sessions_app.queries.activities import consent_ledger
from sessions_app.views.access import customer_door


@never_cache
@require_safe
@customer_door
def save_receipt(request, session, me):
    context = {
        "session": session,
        "me": me,
        "ledger": consent_ledger(me),
        "time_zone": timezone.get_current_timezone_name(),
    }
    text = render_to_string("sessions_app/receipt.txt", context, request)
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="receipt-{session.number}.txt"'
    return response
