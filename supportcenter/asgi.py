"""The front door for any ASGI server. `manage.py serve` is the one that comes with us."""

import django

from supportcenter.environment import settings_in_one_line

settings_in_one_line()
django.setup(set_prefix=False)

from channels.routing import ProtocolTypeRouter  # noqa: E402
from django.conf import settings  # noqa: E402

from supportcenter.live.delivery.hub import hub  # noqa: E402
from supportcenter.routing import websocket_router  # noqa: E402
from supportcenter.serving.guarded import Guarded  # noqa: E402
from supportcenter.serving.health_endpoints import HealthEndpoints  # noqa: E402
from supportcenter.serving.home import at_home  # noqa: E402
from supportcenter.serving.http import PooledHandler  # noqa: E402
from supportcenter.serving.lifespan import lifespan  # noqa: E402
from supportcenter.serving.observed import Observed  # noqa: E402
from supportcenter.serving.proxies import TrustedProxies  # noqa: E402
from supportcenter.serving.static import StaticFiles  # noqa: E402

# Pages connect to this process, which a shell or a command tells what it has done.
hub.serves = True

http = PooledHandler(threads=settings.HTTP_THREADS, body_limit=settings.HTTP_BODY_LIMIT)
websocket = websocket_router()
observed = Observed(
    ProtocolTypeRouter({"http": at_home(StaticFiles(http)), "websocket": at_home(websocket), "lifespan": lifespan}),
    {"http": http.lane, "heavy": http.heavy_lane},
)
application = Guarded(HealthEndpoints(TrustedProxies(observed, settings.TRUSTED_PROXIES)))
