"""A line of chat as the tutorial would take it: who is signed in, the session by its key, two rows. Nothing is told."""

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST

from sessions_app.models import ChatMessage, SupportSession
from supportcenter.live.models import Event


@require_POST
@login_required
@transaction.atomic
def send_message(request, key, participant, stream):
    session = get_object_or_404(SupportSession, key=key)
    text = request.POST["text"]
    message = ChatMessage.objects.create(
        session=session, participant_id=participant, client_id=request.POST["client_id"], text=text
    )
    # Numbers of their own, far from those of the session's log.
    Event.objects.create(
        stream_id=stream,
        seq=1_000_000_000 + message.pk,
        follows=0,
        type="chat.said",
        data={"message": message.pk, "text": text},
        actor_key=f"participant.{participant}",
        actor_name=request.user.first_name,
        at=timezone.now(),
    )
    return JsonResponse({"message": message.pk})


urlpatterns = [path("lines/<slug:key>/<int:participant>/<int:stream>/", send_message)]
