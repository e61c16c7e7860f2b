from django.shortcuts import render
from django.views.decorators.http import require_safe

from sessions_app.queries import running_sessions
from webacd.queries import open_queues


@require_safe
def home(request):
    """Where everybody begins: a customer joins, a CSR starts, or goes back to what is running."""
    csr = request.user.is_authenticated and request.user.is_csr
    shown = {"running": running_sessions(request.user)} if csr else {"queues": open_queues()}
    return render(request, "supportcenter/home.html", shown)
