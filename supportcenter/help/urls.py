from django.urls import path

from supportcenter.help import views

urlpatterns = [
    path("help/", views.help_centre, name="help"),
    path("help/<slug:slug>/", views.help_topic, name="help_topic"),
]
