from django.urls import path

from benchmarks.site.realtime.consumers import OpenConsumer

websocket_urlpatterns = [path("ws/open/<slug:stream>/", OpenConsumer.as_asgi())]
