from django.urls import re_path

from sessions_app.realtime.check import CheckConsumer
from sessions_app.realtime.consumers import CsrConsumer, CustomerConsumer, MonitoringConsumer, PersonConsumer

websocket_urlpatterns = [
    re_path(r"^ws/check/$", CheckConsumer.as_asgi()),
    re_path(r"^ws/monitoring/$", MonitoringConsumer.as_asgi()),
    re_path(r"^ws/person/$", PersonConsumer.as_asgi()),
    re_path(r"^ws/sessions/(?P<key>[-\w]+)/$", CsrConsumer.as_asgi()),
    re_path(r"^ws/support/(?P<key>[-\w]+)/$", CustomerConsumer.as_asgi()),
]
