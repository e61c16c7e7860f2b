"""The site's URLs as with DEVELOPER_PAGES."""

from django.urls import path

from supportcenter.urls import urlpatterns as of_everybody
from supportcenter.views.mail import mail, mail_html

urlpatterns = [
    *of_everybody,
    path("developer/mail/", mail, name="mail"),
    path("developer/mail/<slug:name>/", mail_html, name="mail_html"),
]
