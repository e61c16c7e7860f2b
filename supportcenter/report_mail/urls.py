from django.urls import path

from supportcenter.report_mail import views

urlpatterns = [
    path("reports/mail/", views.report_mail, name="report_mail"),
    path("reports/mail/<int:pk>/stop/", views.stop_report, name="stop_report"),
    path("reports/mail/stop/<str:signed>/", views.stop_report_by_link, name="stop_report_by_link"),
]
