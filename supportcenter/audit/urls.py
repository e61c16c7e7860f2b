from django.urls import path

from supportcenter.audit import views

urlpatterns = [
    path("audit/", views.audit_log, name="audit_log"),
    path("audit/file.csv", views.audit_log_file, name="audit_log_csv"),
]
