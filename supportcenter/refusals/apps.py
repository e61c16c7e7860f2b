from django.apps import AppConfig


class RefusalsConfig(AppConfig):
    name = "supportcenter.refusals"
    label = "refusals"
