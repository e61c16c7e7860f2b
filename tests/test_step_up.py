"""Which URLs ask whether a person has shown lately who they are (E70): every URL of the site is declared here.

One that is in no list fails the test. It asks if it changes policy, people, their rights or sign-ins, erases somebody,
or hands out what reports hold. What only reads, such as a record and its file, does not.
"""

from django.urls import URLResolver, get_resolver

from supportcenter.handling import ANY_METHOD, CHANGES
from tests.everybody import ADMIN

ASKED = """
reports_csv reports_xlsx csr_report_csv csr_report_xlsx survey_report_csv survey_report_xlsx outcomes_csv
outcomes_xlsx erase_customer acd_figures_csv acd_figures_xlsx mfa_activate_totp mfa_deactivate_totp
mfa_view_recovery_codes mfa_generate_recovery_codes mfa_download_recovery_codes mfa_add_webauthn mfa_edit_webauthn
mfa_remove_webauthn settings settings_rules settings_add_person settings_person settings_send_link
settings_reset_factor settings_person_enabled settings_delete_person settings_end_sign_ins settings_export_people
settings_import_people settings_imported_people settings_add_team settings_team settings_delete_team
settings_add_member settings_member audit_log_csv
"""

NOT_ASKED = """
home join notifications push push_stop push_trial check check_relay start_session assist_session person_page cut_off
monitoring monitoring_region monitoring_rows end_by_admin reports overview csr_report survey_report outcomes replies
add_reply change_reply delete_reply dashboard remote_support room dashboard_regions customer_regions
dashboard_region customer_region csr_equip customer_equip customer_device csr_leaving customer_leaving send_message
customer_send_message edit_message customer_edit_message delete_message customer_delete_message react customer_react
note_read customer_note_read session_replies session_handover session_notes change_details close_case
send_transcript mail_transcript save_transcript csr_ice customer_ice request_activity stop_everything start_activity
customer_start_activity activity_running customer_running stop_activity customer_stop_activity decline_call
customer_decline_call answer_call allow_activity decline_activity withdraw_consent save_receipt mail_receipt
accept_files decline_files offer_files customer_offer_files download_file customer_download_file file_picture
customer_file_picture send_blocks customer_send_blocks file_step customer_file_step recording pause_recording
resume_recording add_recording_chunk record record_list record_csv send_transcript_from_record return_control
take_over_session ask_for_control ask_to_assist transfer_control switch_customer remove_participant admit_customer
refuse_customer switch_lobby leave_session customer_leave end_session keep_session restore_session remember_browser
answer_survey join_by_link open_invitation invitation_opened invitations resend_invitation correct_invitation
revoke_invitation renew_join_link join_ways join_code join_sheet colleagues switch_join_link queue_entry
queue_button leave_message waiting waiting_status leave_queue leave_message_while_waiting leave_message_after
back_to_queue transfer_session ask_queue cancel_help join_to_help help_not_now inbox open_inbox inbox_regions
inbox_region set_agent_status wrap_up accept_offer decline_offer pick_request take_back answer_message monitor
monitor_regions monitor_region monitor_queue move_request request_why set_agent_away settings_queues opening_hours
live live_regions live_region acd_figures report_mail stop_report stop_report_by_link mail_events set_language theme
logo touch_icon installed_icon face picture remove_picture account_login account_logout account_inactive
account_signup account_reauthenticate account_change_password account_set_password account_reset_password
account_reset_password_from_key_done account_reset_password_from_key account_reset_password_done mfa_index
mfa_authenticate mfa_reauthenticate mfa_list_webauthn mfa_login_webauthn mfa_reauthenticate_webauthn setup
settings_mail settings_people status favicon apple_touch_icon manifest robots security_txt change_password
settings_teams audit_log help help_topic sign_ins end_sign_in end_other_sign_ins sign_on sign_on_again sign_on_callback
sign_on_back_channel sign_on_assertion sign_on_finish sign_on_saml_logout sign_on_metadata sign_in_link
"""

# Django admin asks for these models, before their forms and before what is done to their lists.
ASKED_IN_THE_ADMIN = {
    "accounts_user",
    "accounts_team",
    "accounts_sitepolicy",
    "webacd_acdpolicy",
    "webacd_agent",
    "webacd_queue",
}


def marks(resolver=None, above=()):
    """Every named URL, with the methods before which it asks; pages for developers are only on some sites."""
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            yield from marks(each, (*above, *filter(None, [each.namespace])))
        elif each.name and not str(each.pattern).startswith("developer/"):
            yield ":".join([*above, each.name]), getattr(each.callback, "asks_again", frozenset())


def test_every_url_is_declared():
    found = {name: asks for name, asks in marks() if not name.startswith(ADMIN)}
    declared = dict.fromkeys(NOT_ASKED.split(), frozenset()) | dict.fromkeys(ASKED.split(), ANY_METHOD)
    assert found == declared


def test_admin_asks_before_policy_people_and_rights():
    found = {name.removeprefix(ADMIN): asks for name, asks in marks() if name.startswith(ADMIN) and asks}
    forms = {f"{model}_{page}" for model in ASKED_IN_THE_ADMIN for page in ("add", "change", "delete")}
    lists = {f"{model}_changelist" for model in ASKED_IN_THE_ADMIN}
    assert found == dict.fromkeys(forms | {"auth_user_password_change"}, ANY_METHOD) | dict.fromkeys(lists, CHANGES)
