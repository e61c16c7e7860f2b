from django.urls import re_path

from webacd.realtime.consumers import InboxConsumer, MonitorConsumer, WaitingConsumer

websocket_urlpatterns = [
    re_path(r"^ws/webacd/inbox/$", InboxConsumer.as_asgi()),
    re_path(r"^ws/webacd/monitor/$", MonitorConsumer.as_asgi()),
    re_path(r"^ws/waiting/(?P<key>[-\w]+)/$", WaitingConsumer.as_asgi()),
]
