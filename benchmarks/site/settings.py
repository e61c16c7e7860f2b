from supportcenter.settings import *  # noqa: F403
from supportcenter.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "benchmarks.site"]
WSGI_APPLICATION = "benchmarks.site.wsgi.application"
