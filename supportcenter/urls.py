from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path

from supportcenter.accounts.admin_doors import asking_again
from supportcenter.accounts.views import picture, sign_ins
from supportcenter.accounts.views.language import set_language
from supportcenter.views import people_file, people_settings, site_settings, team_settings
from supportcenter.views.home import home
from supportcenter.views.logo import face, logo, touch_icon
from supportcenter.views.looks import look, looks
from supportcenter.views.mail import mail, mail_html
from supportcenter.views.mail_events import mail_events
from supportcenter.views.mail_settings import mail_settings
from supportcenter.views.manifest import installed_icon, manifest
from supportcenter.views.setup import setup
from supportcenter.views.status import status
from supportcenter.views.theme import theme
from supportcenter.views.well_known import apple_touch_icon, change_password, favicon, robots, security

handler400 = "supportcenter.refusals.unreadable.bad_request"
handler403 = "supportcenter.refusals.answers.forbidden"
handler500 = "supportcenter.refusals.database_away.server_error"
# allauth asks for this one.
handler429 = "supportcenter.refusals.answers.too_many"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("", include("sessions_app.urls")),
    path("", include("invitations.urls")),
    path("", include("webacd.urls")),
    path("", include("supportcenter.report_mail.urls")),
    path("", include("supportcenter.audit.urls")),
    path("", include("supportcenter.help.urls")),
    path("anymail/<path:kind>", mail_events, name="mail_events"),
    path("language/", set_language, name="set_language"),
    re_path(r"^theme/(?P<accent>[0-9a-fA-F]{6})(?:-(?P<ground>[0-9a-fA-F]{6}))?\.css$", theme, name="theme"),
    re_path(r"^logo/(?P<digest>[0-9a-f]{32})\.png$", logo, name="logo"),
    re_path(r"^icon/(?P<digest>[0-9a-f]{32})\.png$", touch_icon, name="touch_icon"),
    re_path(r"^icon/(?P<digest>[0-9a-f]{32})-(?P<form>192|512|mask)\.png$", installed_icon, name="installed_icon"),
    re_path(r"^face/(?P<digest>[0-9a-f]{32})\.png$", face, name="face"),
    path("accounts/picture/", picture.picture, name="picture"),
    path("accounts/picture/remove/", picture.remove, name="remove_picture"),
    path("accounts/2fa/", include("supportcenter.accounts.factor_urls")),
    path("accounts/sign-ins/", sign_ins.sign_ins, name="sign_ins"),
    path("accounts/sign-ins/others/", sign_ins.end_others, name="end_other_sign_ins"),
    path("accounts/sign-ins/<int:pk>/", sign_ins.end, name="end_sign_in"),
    path("accounts/", include("supportcenter.accounts.urls")),
    path("setup/", setup, name="setup"),
    path("settings/", site_settings.look, name="settings"),
    path("settings/policy/", site_settings.rules, name="settings_rules"),
    path("settings/mail/", mail_settings, name="settings_mail"),
    path("settings/people/", site_settings.people, name="settings_people"),
    path("settings/people/add/", people_settings.add, name="settings_add_person"),
    path("settings/people/export/<str:ending>/", people_file.export, name="settings_export_people"),
    path("settings/people/import/", people_file.upload, name="settings_import_people"),
    path("settings/people/import/<int:pk>/", people_file.preview, name="settings_imported_people"),
    path("settings/people/<int:pk>/", people_settings.change, name="settings_person"),
    path("settings/people/<int:pk>/enabled/", people_settings.enabled, name="settings_person_enabled"),
    path("settings/people/<int:pk>/delete/", people_settings.delete, name="settings_delete_person"),
    path("settings/people/<int:pk>/link/", people_settings.send_link, name="settings_send_link"),
    path("settings/people/<int:pk>/factor/", people_settings.reset_factor, name="settings_reset_factor"),
    path("settings/people/<int:pk>/sign-ins/", people_settings.end_sign_ins, name="settings_end_sign_ins"),
    path("settings/teams/", team_settings.teams, name="settings_teams"),
    path("settings/teams/add/", team_settings.add, name="settings_add_team"),
    path("settings/teams/<int:pk>/", team_settings.change, name="settings_team"),
    path("settings/teams/<int:pk>/delete/", team_settings.delete, name="settings_delete_team"),
    path("settings/teams/<int:pk>/members/", team_settings.add_member, name="settings_add_member"),
    path("settings/teams/<int:pk>/members/<int:person>/", team_settings.place_member, name="settings_member"),
    # Before the admin's own addresses.
    path("admin/status/", admin.site.admin_view(status), name="status"),
    path("admin/", asking_again(admin.site.urls)),
    path("favicon.ico", favicon, name="favicon"),
    path("apple-touch-icon.png", apple_touch_icon, name="apple_touch_icon"),
    path("manifest.webmanifest", manifest, name="manifest"),
    path("robots.txt", robots, name="robots"),
    path(".well-known/security.txt", security, name="security_txt"),
    path(".well-known/change-password", change_password, name="change_password"),
]

# What programs of this machine and its network ask, who know no path: these answer at the root of the port, too.
FOR_PROGRAMS = {"livez", "readyz", "metrics"}

if settings.DEVELOPER_PAGES:
    urlpatterns += [
        path("developer/looks/", looks, name="looks"),
        path("developer/looks/<slug:name>/", look, name="look"),
        path("developer/mail/", mail, name="mail"),
        path("developer/mail/<slug:name>/", mail_html, name="mail_html"),
    ]

if settings.MOUNT:
    # As patterns and not as a script name, so that jobs, sockets and commands make the same addresses as pages.
    inside = list(urlpatterns)
    at_the_root = [each for each in inside if getattr(each, "name", None) in FOR_PROGRAMS]
    urlpatterns = [*at_the_root, path(f"{settings.MOUNT[1:]}/", include(inside))]
