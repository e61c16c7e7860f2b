"""A session's URLs: `sessions/` for CSRs, `support/` for customers."""

from django.urls import URLPattern, path

from sessions_app.models import Participant
from sessions_app.views import (
    activities,
    after,
    chat,
    check,
    control,
    entry,
    files,
    lifecycle,
    media,
    monitoring,
    notifications,
    overview,
    person,
    record,
    recordings,
    reports,
    room,
    survey,
)
from sessions_app.views.access import View


def both(route: str, view: View, *, csr: str, customer: str) -> list[URLPattern]:
    """The two URLs of a view that CSRs and customers share, by their names; `kind` tells it who comes by which."""
    return [
        path(f"sessions/<slug:key>/{route}", view, {"kind": Participant.Kind.CSR}, name=csr),
        path(f"support/<slug:key>/{route}", view, {"kind": Participant.Kind.CUSTOMER}, name=customer),
    ]


urlpatterns = [
    path("join/", entry.join, name="join"),
    path("notifications/", notifications.notifications, name="notifications"),
    path("check/", check.check_page, name="check"),
    path("check/relay/", check.check_relay, name="check_relay"),
    path("sessions/start/", entry.start, name="start_session"),
    path("sessions/assist/", entry.assist, name="assist_session"),
    path("sessions/person/", person.person_page, name="person_page"),
    path("sessions/cut-off/", lifecycle.cut_off, name="cut_off"),
    path("sessions/monitoring/", monitoring.monitoring, name="monitoring"),
    path("sessions/monitoring/region/", monitoring.monitoring_region, name="monitoring_region"),
    path("sessions/monitoring/rows/", monitoring.monitoring_rows, name="monitoring_rows"),
    path("sessions/monitoring/<slug:key>/end/", monitoring.end_by_admin, name="end_by_admin"),
    path("reports/", reports.sessions, name="reports"),
    path("reports/overview/", overview.overview_page, name="overview"),
    path("reports/sessions.csv", reports.sessions_file, {"ending": "csv"}, name="reports_csv"),
    path("reports/sessions.xlsx", reports.sessions_file, {"ending": "xlsx"}, name="reports_xlsx"),
    path("reports/representatives/", reports.representatives, name="csr_report"),
    path("reports/representatives.csv", reports.representatives_file, {"ending": "csv"}, name="csr_report_csv"),
    path("reports/representatives.xlsx", reports.representatives_file, {"ending": "xlsx"}, name="csr_report_xlsx"),
    path("reports/survey/", survey.survey_page, name="survey_report"),
    path("reports/survey.csv", survey.survey_file, {"ending": "csv"}, name="survey_report_csv"),
    path("reports/survey.xlsx", survey.survey_file, {"ending": "xlsx"}, name="survey_report_xlsx"),
    # The room
    path("sessions/<slug:key>/", room.dashboard, name="dashboard"),
    path("support/<slug:key>/", room.remote_support, name="remote_support"),
    path("sessions/<slug:key>/room/", room.room_fragment, name="room"),
    *both("regions/", room.regions, csr="dashboard_regions", customer="customer_regions"),
    *both("regions/<slug:region>/", room.region, csr="dashboard_region", customer="customer_region"),
    *both("can/", room.report_abilities, csr="csr_equip", customer="customer_equip"),
    path("support/<slug:key>/device/", check.report_device, name="customer_device"),
    *both("leaving/", room.leaving, csr="csr_leaving", customer="customer_leaving"),
    *both("messages/", chat.send_message, csr="send_message", customer="customer_send_message"),
    *both("ice/", media.ice, csr="csr_ice", customer="customer_ice"),
    # Activities and consents
    path("sessions/<slug:key>/requests/", activities.ask, name="request_activity"),
    path("sessions/<slug:key>/activities/stop/", activities.stop_all, name="stop_everything"),
    *both("activities/", activities.start, csr="start_activity", customer="customer_start_activity"),
    *both("activities/<int:pk>/running/", activities.running, csr="activity_running", customer="customer_running"),
    *both("activities/<int:pk>/stop/", activities.stop, csr="stop_activity", customer="customer_stop_activity"),
    *both(
        "activities/<int:pk>/decline-call/",
        activities.decline_call,
        csr="decline_call",
        customer="customer_decline_call",
    ),
    path("support/<slug:key>/activities/<int:pk>/answer/", activities.answer_call, name="answer_call"),
    path("support/<slug:key>/activities/<int:pk>/allow/", activities.allow, name="allow_activity"),
    path("support/<slug:key>/activities/<int:pk>/decline/", activities.refuse, name="decline_activity"),
    path("support/<slug:key>/consents/withdraw/", activities.withdraw, name="withdraw_consent"),
    path("support/<slug:key>/receipt/", after.save_receipt, name="save_receipt"),
    path("support/<slug:key>/receipt/mail/", after.mail_receipt, name="mail_receipt"),
    # Files: a customer allows what is offered to them as any activity, a CSR accepts it
    path("sessions/<slug:key>/activities/<int:pk>/allow/", files.accept, name="accept_files"),
    path("sessions/<slug:key>/activities/<int:pk>/decline/", files.decline, name="decline_files"),
    *both("files/", files.offer, csr="offer_files", customer="customer_offer_files"),
    *both("files/<int:pk>/", files.download, csr="download_file", customer="customer_download_file"),
    *both("files/<int:pk>/picture/", files.show_picture, csr="file_picture", customer="customer_file_picture"),
    *both("files/<int:pk>/blocks/", files.take_blocks, csr="send_blocks", customer="customer_send_blocks"),
    *both("files/<int:pk>/<slug:step>/", files.step, csr="file_step", customer="customer_file_step"),
    # Recordings and the record
    path("sessions/<slug:key>/recordings/<int:pk>/", recordings.play, name="recording"),
    path("sessions/<slug:key>/recordings/<int:pk>/pause/", recordings.pause, name="pause_recording"),
    path("sessions/<slug:key>/recordings/<int:pk>/resume/", recordings.resume, name="resume_recording"),
    path(
        "sessions/<slug:key>/recordings/<int:pk>/segments/<slug:name>/chunks/<int:number>/",
        recordings.add_chunk,
        name="add_recording_chunk",
    ),
    path("sessions/<slug:key>/record/", record.record, name="record"),
    path("sessions/<slug:key>/record/<slug:name>/", record.record_list, name="record_list"),
    path("sessions/<slug:key>/record.csv", record.record_csv, name="record_csv"),
    path("sessions/<slug:key>/record/customers/<int:pk>/erase/", record.erase, name="erase_customer"),
    # Control, and who is in the session
    path("sessions/<slug:key>/control/return/", control.give_back, name="return_control"),
    path("sessions/<slug:key>/take-over/", control.take_over, name="take_over_session"),
    path("sessions/<slug:key>/control/ask-back/", control.ask_for_control, name="ask_for_control"),
    path("sessions/<slug:key>/ask/<int:pk>/", control.ask_colleague, name="ask_to_assist"),
    path("sessions/<slug:key>/participants/<int:pk>/control/", control.transfer, name="transfer_control"),
    path("sessions/<slug:key>/participants/<int:pk>/help/", control.switch, name="switch_customer"),
    path("sessions/<slug:key>/participants/<int:pk>/remove/", lifecycle.remove, name="remove_participant"),
    path("sessions/<slug:key>/participants/<int:pk>/admit/", lifecycle.admit, name="admit_customer"),
    path("sessions/<slug:key>/participants/<int:pk>/refuse/", lifecycle.refuse, name="refuse_customer"),
    path("sessions/<slug:key>/lobby/", lifecycle.lobby, name="switch_lobby"),
    *both("leave/", lifecycle.leave, csr="leave_session", customer="customer_leave"),
    path("sessions/<slug:key>/end/", lifecycle.end, name="end_session"),
    path("sessions/<slug:key>/keep/", lifecycle.keep, name="keep_session"),
    path("sessions/<slug:key>/restore/", lifecycle.restore_session, name="restore_session"),
    path("support/<slug:key>/survey/", after.answer, name="answer_survey"),
]
