from django.urls import path

from invitations.views import links, panel

urlpatterns = [
    path("join/<slug:token>/", links.join_by_link, name="join_by_link"),
    path("invitations/<slug:token>/", links.open_invitation, name="open_invitation"),
    path("invitations/<slug:token>/opened/", links.invitation_opened, name="invitation_opened"),
    path("sessions/<slug:key>/invitations/", panel.invitations, name="invitations"),
    path("sessions/<slug:key>/invitations/<int:pk>/resend/", panel.resend, name="resend_invitation"),
    path("sessions/<slug:key>/invitations/<int:pk>/address/", panel.correct, name="correct_invitation"),
    path("sessions/<slug:key>/invitations/<int:pk>/revoke/", panel.revoke, name="revoke_invitation"),
    path("sessions/<slug:key>/join-link/renew/", panel.renew_link, name="renew_join_link"),
    path("sessions/<slug:key>/join-link/ways/", panel.join_ways, name="join_ways"),
    path("sessions/<slug:key>/join-link/code/", panel.join_code, name="join_code"),
    path("sessions/<slug:key>/join-link/sheet/", panel.join_sheet, name="join_sheet"),
    path("sessions/<slug:key>/colleagues/", panel.colleagues, name="colleagues"),
    path("sessions/<slug:key>/join-link/switch/", panel.switch_link, name="switch_join_link"),
]
