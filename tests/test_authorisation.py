"""Who may open what: every URL of the site, asked by everybody, answers as declared here.

A URL that is not in the table fails the test: anyone who adds one says here who may use it.
"""

import pytest

from tests.everybody import ADMIN, VIEWERS, table, undone, url_of, urls_of_the_site

# 302 leads to the sign-in page or, after a change, back to a page; 404 is what is out of sight; 410 is over.
# Amal and bilal are agents of a queue, in which carol waits as well; she is offered to bilal.
# "/csr" asks with the link that was made for a representative.
DECLARED = """
                                         nobody carol mallory eve bilal amal faris gone dana
correct_invitation                  GET  405    405   405     405 405   405  405   405  405
correct_invitation                  POST 410    410   410     404 403   302  404   403  404
home                                GET  200    200   200     200 200   200  200   200  200
home                                POST 405    405   405     405 405   405  405   405  405
join                                GET  200    200   200     200 200   200  200   200  200
join                                POST 302    302   302     302 302   302  302   302  302
check                               GET  200    200   200     200 200   200  200   200  200
check                               POST 405    405   405     405 405   405  405   405  405
help                                GET  200    200   200     200 200   200  200   200  200
help                                POST 405    405   405     405 405   405  405   405  405
help_topic                          GET  200    200   200     200 200   200  200   200  200
help_topic                          POST 405    405   405     405 405   405  405   405  405
check_relay                         GET  405    405   405     405 405   405  405   405  405
check_relay                         POST 410    410   410     410 410   410  410   410  410
start_session                       GET  302    302   302     403 200   200  200   200  403
start_session                       POST 302    302   302     403 302   409  409   302  403
assist_session                      GET  302    302   302     403 200   200  200   200  403
assist_session                      POST 302    302   302     403 302   302  302   302  403
notifications                       GET  302    302   302     403 200   200  200   200  403
notifications                       POST 302    302   302     403 302   302  302   302  403
push                                GET  302    302   302     403 200   200  200   200  403
push                                POST 302    302   302     403 409   409  409   409  403
push_stop                           GET  405    405   405     405 405   405  405   405  405
push_stop                           POST 302    302   302     200 200   200  200   200  200
push_trial                          GET  405    405   405     405 405   405  405   405  405
push_trial                          POST 302    302   302     403 409   409  409   409  403
person_page                         GET  302    302   302     403 200   200  200   200  403
person_page                         POST 405    405   405     405 405   405  405   405  405
cut_off                             GET  403    403   403     403 200   200  200   200  403
cut_off                             POST 405    405   405     405 405   405  405   405  405
dashboard                           GET  302    302   302     404 200   200  404   200  404
dashboard                           POST 405    405   405     405 405   405  405   405  405
dashboard_region                    GET  302    302   302     404 200   200  404   410  404
dashboard_region                    POST 405    405   405     405 405   405  405   405  405
dashboard_regions                   GET  302    302   302     404 200   200  404   410  404
dashboard_regions                   POST 405    405   405     405 405   405  405   405  405
room                                GET  302    302   302     404 200   200  404   410  404
room                                POST 405    405   405     405 405   405  405   405  405
csr_equip                           GET  405    405   405     405 405   405  405   405  405
csr_equip                           POST 410    410   410     404 204   204  404   410  404
csr_leaving                         GET  405    405   405     405 405   405  405   405  405
csr_leaving                         POST 410    410   410     404 204   204  404   204  404
send_message                        GET  405    405   405     405 405   405  405   405  405
send_message                        POST 410    410   410     404 302   302  404   410  404
edit_message                        GET  405    405   405     405 405   405  405   405  405
edit_message                        POST 410    410   410     404 403   302  404   410  404
delete_message                      GET  405    405   405     405 405   405  405   405  405
delete_message                      POST 410    410   410     404 403   302  404   410  404
react                               GET  405    405   405     405 405   405  405   405  405
react                               POST 410    410   410     404 302   302  404   410  404
note_read                           GET  405    405   405     405 405   405  405   405  405
note_read                           POST 410    410   410     404 204   204  404   410  404
session_replies                     GET  302    302   302     404 200   200  404   410  404
session_replies                     POST 405    405   405     405 405   405  405   405  405
replies                             GET  302    302   302     403 200   200  200   200  403
replies                             POST 405    405   405     405 405   405  405   405  405
add_reply                           GET  302    302   302     403 200   200  200   200  403
add_reply                           POST 302    302   302     403 302   302  302   302  403
change_reply                        GET  302    302   302     403 404   200  404   404  403
change_reply                        POST 302    302   302     403 404   302  404   404  403
delete_reply                        GET  405    405   405     405 405   405  405   405  405
delete_reply                        POST 302    302   302     403 404   302  404   404  403
session_handover                    GET  302    302   302     404 200   200  404   410  404
session_handover                    POST 405    405   405     405 405   405  405   405  405
session_notes                       GET  302    302   302     404 200   200  404   410  404
session_notes                       POST 410    410   410     404 302   302  404   410  404
change_details                      GET  405    405   405     405 405   405  405   405  405
change_details                      POST 410    410   410     404 302   302  404   410  404
close_case                          GET  302    302   302     404 302   302  404   302  404
close_case                          POST 410    410   410     404 409   409  404   410  404
send_transcript                     GET  302    302   302     404 302   302  404   302  404
send_transcript                     POST 410    410   410     404 409   409  404   410  404
send_transcript_from_record         GET  302    302   302     404 302   302  404   302  404
send_transcript_from_record         POST 410    410   410     404 409   409  404   410  404
end_session                         GET  405    405   405     405 405   405  405   405  405
end_session                         POST 410    410   410     404 403   302  404   403  404
keep_session                        GET  405    405   405     405 405   405  405   405  405
keep_session                        POST 410    410   410     404 403   302  404   403  404
restore_session                     GET  405    405   405     405 405   405  405   405  405
restore_session                     POST 410    410   410     404 302   302  404   410  404
leave_session                       GET  405    405   405     405 405   405  405   405  405
leave_session                       POST 410    410   410     404 302   403  404   410  404
return_control                      GET  405    405   405     405 405   405  405   405  405
return_control                      POST 410    410   410     404 403   409  404   403  404
ask_for_control                     GET  405    405   405     405 405   405  405   405  405
ask_for_control                     POST 410    410   410     404 409   409  404   410  404
take_over_session                   GET  405    405   405     405 405   405  405   405  405
take_over_session                   POST 403    403   403     403 403   403  403   403  403
ask_to_assist                       GET  405    405   405     405 405   405  405   405  405
ask_to_assist                       POST 410    410   410     404 403   409  404   403  404
transfer_control                    GET  405    405   405     405 405   405  405   405  405
transfer_control                    POST 410    410   410     404 403   302  404   403  404
switch_customer                     GET  405    405   405     405 405   405  405   405  405
switch_customer                     POST 410    410   410     404 403   302  404   403  404
remove_participant                  GET  405    405   405     405 405   405  405   405  405
remove_participant                  POST 410    410   410     404 403   302  404   403  404
admit_customer                      GET  405    405   405     405 405   405  405   405  405
admit_customer                      POST 410    410   410     404 403   302  404   403  404
refuse_customer                     GET  405    405   405     405 405   405  405   405  405
refuse_customer                     POST 410    410   410     404 403   302  404   403  404
switch_lobby                        GET  405    405   405     405 405   405  405   405  405
switch_lobby                        POST 410    410   410     404 403   302  404   403  404
remote_support                      GET  404    200   404     404 404   404  404   404  404
remote_support                      POST 405    405   405     405 405   405  405   405  405
customer_regions                    GET  404    200   404     404 404   404  404   404  404
customer_regions                    POST 405    405   405     405 405   405  405   405  405
customer_region                     GET  404    200   404     404 404   404  404   404  404
customer_region                     POST 405    405   405     405 405   405  405   405  405
customer_equip                      GET  405    405   405     405 405   405  405   405  405
customer_equip                      POST 404    204   404     404 404   404  404   404  404
customer_device                     GET  405    405   405     405 405   405  405   405  405
customer_device                     POST 404    204   404     404 404   404  404   404  404
customer_leaving                    GET  405    405   405     405 405   405  405   405  405
customer_leaving                    POST 404    204   404     404 404   404  404   404  404
customer_send_message               GET  405    405   405     405 405   405  405   405  405
customer_send_message               POST 404    302   404     404 404   404  404   404  404
customer_edit_message               GET  405    405   405     405 405   405  405   405  405
customer_edit_message               POST 404    302   404     404 404   404  404   404  404
customer_delete_message             GET  405    405   405     405 405   405  405   405  405
customer_delete_message             POST 404    302   404     404 404   404  404   404  404
customer_react                      GET  405    405   405     405 405   405  405   405  405
customer_react                      POST 404    302   404     404 404   404  404   404  404
customer_note_read                  GET  405    405   405     405 405   405  405   405  405
customer_note_read                  POST 404    204   404     404 404   404  404   404  404
customer_leave                      GET  405    405   405     405 405   405  405   405  405
customer_leave                      POST 404    302   404     404 404   404  404   404  404
answer_survey                       GET  404    302   404     404 404   404  404   404  404
answer_survey                       POST 404    409   404     404 404   404  404   404  404
remember_browser                    GET  404    302   404     404 404   404  404   404  404
remember_browser                    POST 404    409   404     404 404   404  404   404  404
mail_receipt                        GET  404    302   404     404 404   404  404   404  404
mail_receipt                        POST 404    409   404     404 404   404  404   404  404
record                              GET  302    302   302     404 200   200  404   200  200
record                              POST 405    405   405     405 405   405  405   405  405
record_list                         GET  302    302   302     404 200   200  404   200  200
record_list                         POST 405    405   405     405 405   405  405   405  405
record_csv                          GET  302    302   302     404 200   200  404   200  200
record_csv                          POST 405    405   405     405 405   405  405   405  405
erase_customer                      GET  405    405   405     405 405   405  405   405  405
erase_customer                      POST 403    403   403     403 403   403  403   403  409
reports                             GET  302    302   302     403 200   200  200   200  200
reports                             POST 405    405   405     405 405   405  405   405  405
reports_csv                         GET  302    302   302     403 200   200  200   200  200
reports_csv                         POST 405    405   405     405 405   405  405   405  405
reports_xlsx                        GET  302    302   302     403 200   200  200   200  200
reports_xlsx                        POST 405    405   405     405 405   405  405   405  405
csr_report                          GET  302    302   302     403 200   200  200   200  200
csr_report                          POST 405    405   405     405 405   405  405   405  405
csr_report_csv                      GET  302    302   302     403 200   200  200   200  200
csr_report_csv                      POST 405    405   405     405 405   405  405   405  405
csr_report_xlsx                     GET  302    302   302     403 200   200  200   200  200
csr_report_xlsx                     POST 405    405   405     405 405   405  405   405  405
survey_report                       GET  302    302   302     403 200   200  200   200  200
survey_report                       POST 405    405   405     405 405   405  405   405  405
survey_report_csv                   GET  302    302   302     403 200   200  200   200  200
survey_report_csv                   POST 405    405   405     405 405   405  405   405  405
survey_report_xlsx                  GET  302    302   302     403 200   200  200   200  200
survey_report_xlsx                  POST 405    405   405     405 405   405  405   405  405
outcomes                            GET  302    302   302     403 200   200  200   200  200
outcomes                            POST 405    405   405     405 405   405  405   405  405
outcomes_csv                        GET  302    302   302     403 200   200  200   200  200
outcomes_csv                        POST 405    405   405     405 405   405  405   405  405
outcomes_xlsx                       GET  302    302   302     403 200   200  200   200  200
outcomes_xlsx                       POST 405    405   405     405 405   405  405   405  405
overview                            GET  302    302   302     403 200   200  200   200  200
overview                            POST 405    405   405     405 405   405  405   405  405
monitoring                          GET  302    302   302     403 403   403  403   403  200
monitoring                          POST 405    405   405     405 405   405  405   405  405
monitoring_region                   GET  403    403   403     403 403   403  403   403  200
monitoring_region                   POST 405    405   405     405 405   405  405   405  405
monitoring_rows                     GET  403    403   403     403 403   403  403   403  200
monitoring_rows                     POST 405    405   405     405 405   405  405   405  405
end_by_admin                        GET  405    405   405     405 405   405  405   405  405
end_by_admin                        POST 403    403   403     403 403   403  403   403  302
csr_ice                             GET  302    302   302     404 200   200  404   410  404
csr_ice                             POST 405    405   405     405 405   405  405   405  405
request_activity                    GET  405    405   405     405 405   405  405   405  405
request_activity                    POST 410    410   410     404 403   302  404   410  404
start_activity                      GET  405    405   405     405 405   405  405   405  405
start_activity                      POST 410    410   410     404 403   302  404   410  404
activity_running                    GET  405    405   405     405 405   405  405   405  405
activity_running                    POST 410    410   410     404 403   302  404   410  404
stop_everything                     GET  405    405   405     405 405   405  405   405  405
stop_everything                     POST 410    410   410     404 403   302  404   410  404
stop_activity                       GET  405    405   405     405 405   405  405   405  405
stop_activity                       POST 410    410   410     404 403   302  404   403  404
recording                           GET  302    302   302     404 200   200  404   200  200
recording                           POST 405    405   405     405 405   405  405   405  405
pause_recording                     GET  405    405   405     405 405   405  405   405  405
pause_recording                     POST 410    410   410     404 403   302  404   403  404
resume_recording                    GET  405    405   405     405 405   405  405   405  405
resume_recording                    POST 410    410   410     404 403   302  404   403  404
add_recording_chunk                 GET  405    405   405     405 405   405  405   405  405
add_recording_chunk                 POST 410    410   410     404 403   422  404   403  404
accept_files                        GET  405    405   405     405 405   405  405   405  405
accept_files                        POST 410    410   410     404 403   302  404   410  404
decline_call                        GET  405    405   405     405 405   405  405   405  405
decline_call                        POST 410    410   410     404 409   409  404   410  404
decline_files                       GET  405    405   405     405 405   405  405   405  405
decline_files                       POST 410    410   410     404 403   302  404   410  404
offer_files                         GET  405    405   405     405 405   405  405   405  405
offer_files                         POST 410    410   410     404 403   302  404   410  404
send_blocks                         GET  405    405   405     405 405   405  405   405  405
send_blocks                         POST 410    410   410     404 422   422  404   422  404
file_step                           GET  405    405   405     405 405   405  405   405  405
file_step                           POST 410    410   410     404 403   302  404   410  404
download_file                       GET  302    302   302     404 200   200  404   200  200
download_file                       POST 405    405   405     405 405   405  405   405  405
file_picture                        GET  302    302   302     404 200   200  404   200  200
file_picture                        POST 405    405   405     405 405   405  405   405  405
customer_offer_files                GET  405    405   405     405 405   405  405   405  405
customer_offer_files                POST 404    422   404     404 404   404  404   404  404
customer_send_blocks                GET  405    405   405     405 405   405  405   405  405
customer_send_blocks                POST 404    422   404     404 404   404  404   404  404
customer_file_step                  GET  405    405   405     405 405   405  405   405  405
customer_file_step                  POST 404    302   404     404 404   404  404   404  404
customer_download_file              GET  404    200   404     404 404   404  404   404  404
customer_download_file              POST 405    405   405     405 405   405  405   405  405
customer_file_picture               GET  404    200   404     404 404   404  404   404  404
customer_file_picture               POST 405    405   405     405 405   405  405   405  405
customer_ice                        GET  404    200   404     404 404   404  404   404  404
customer_ice                        POST 405    405   405     405 405   405  405   405  405
customer_start_activity             GET  405    405   405     405 405   405  405   405  405
customer_start_activity             POST 404    302   404     404 404   404  404   404  404
customer_running                    GET  405    405   405     405 405   405  405   405  405
customer_running                    POST 404    409   404     404 404   404  404   404  404
customer_stop_activity              GET  405    405   405     405 405   405  405   405  405
customer_stop_activity              POST 404    302   404     404 404   404  404   404  404
answer_call                         GET  405    405   405     405 405   405  405   405  405
answer_call                         POST 404    409   404     404 404   404  404   404  404
customer_decline_call               GET  405    405   405     405 405   405  405   405  405
customer_decline_call               POST 404    409   404     404 404   404  404   404  404
allow_activity                      GET  405    405   405     405 405   405  405   405  405
allow_activity                      POST 404    302   404     404 404   404  404   404  404
decline_activity                    GET  405    405   405     405 405   405  405   405  405
decline_activity                    POST 404    302   404     404 404   404  404   404  404
withdraw_consent                    GET  405    405   405     405 405   405  405   405  405
withdraw_consent                    POST 404    302   404     404 404   404  404   404  404
save_receipt                        GET  404    200   404     404 404   404  404   404  404
save_receipt                        POST 405    405   405     405 405   405  405   405  405
mail_transcript                     GET  404    302   404     404 404   404  404   404  404
mail_transcript                     POST 404    409   404     404 404   404  404   404  404
save_transcript                     GET  404    409   404     404 404   404  404   404  404
save_transcript                     POST 405    405   405     405 405   405  405   405  405
join_by_link                        GET  200    200   200     200 200   200  200   200  200
join_by_link                        POST 302    302   302     302 302   302  302   302  302
join_by_link/csr                    GET  200    200   200     403 200   200  200   200  403
join_by_link/csr                    POST 200    200   200     403 302   302  302   302  403
open_invitation                     GET  200    302   200     200 200   200  200   200  200
open_invitation                     POST 302    302   302     302 302   302  302   302  302
open_invitation/csr                 GET  200    200   200     403 200   200  200   200  403
open_invitation/csr                 POST 200    200   200     403 302   302  302   302  403
invitation_opened                   GET  405    405   405     405 405   405  405   405  405
invitation_opened                   POST 204    204   204     204 204   204  204   204  204
invitations                         GET  302    302   302     404 403   200  404   403  404
invitations                         POST 410    410   410     404 403   302  404   403  404
resend_invitation                   GET  405    405   405     405 405   405  405   405  405
resend_invitation                   POST 410    410   410     404 403   302  404   403  404
revoke_invitation                   GET  405    405   405     405 405   405  405   405  405
revoke_invitation                   POST 410    410   410     404 403   302  404   403  404
renew_join_link                     GET  405    405   405     405 405   405  405   405  405
renew_join_link                     POST 410    410   410     404 403   302  404   403  404
join_ways                           GET  302    302   302     404 403   200  404   403  404
join_ways                           POST 405    405   405     405 405   405  405   405  405
join_code                           GET  302    302   302     404 403   200  404   403  404
join_code                           POST 405    405   405     405 405   405  405   405  405
join_sheet                          GET  302    302   302     404 403   200  404   403  404
join_sheet                          POST 405    405   405     405 405   405  405   405  405
colleagues                          GET  302    302   302     404 403   200  404   403  404
colleagues                          POST 405    405   405     405 405   405  405   405  405
switch_join_link                    GET  405    405   405     405 405   405  405   405  405
switch_join_link                    POST 410    410   410     404 403   302  404   403  404
queue_entry                         GET  200    302   200     200 200   200  200   200  200
queue_entry                         POST 302    302   302     302 302   302  302   302  302
queue_button                        GET  200    200   200     200 200   200  200   200  200
queue_button                        POST 405    405   405     405 405   405  405   405  405
leave_message                       GET  200    200   200     200 200   200  200   200  200
leave_message                       POST 200    200   200     200 200   200  200   200  200
waiting                             GET  404    200   404     404 404   404  404   404  404
waiting                             POST 405    405   405     405 405   405  405   405  405
waiting_status                      GET  404    200   404     404 404   404  404   404  404
waiting_status                      POST 405    405   405     405 405   405  405   405  405
leave_queue                         GET  405    405   405     405 405   405  405   405  405
leave_queue                         POST 404    302   404     404 404   404  404   404  404
leave_message_while_waiting         GET  404    200   404     404 404   404  404   404  404
leave_message_while_waiting         POST 404    200   404     404 404   404  404   404  404
leave_message_after                 GET  404    409   404     404 404   404  404   404  404
leave_message_after                 POST 404    409   404     404 404   404  404   404  404
back_to_queue                       GET  405    405   405     405 405   405  405   405  405
back_to_queue                       POST 404    409   404     404 404   404  404   404  404
transfer_session                    GET  302    302   302     404 403   200  404   403  404
transfer_session                    POST 410    410   410     404 403   302  404   403  404
ask_queue                           GET  302    302   302     404 403   200  404   403  404
ask_queue                           POST 410    410   410     404 403   302  404   403  404
cancel_help                         GET  405    405   405     405 405   405  405   405  405
cancel_help                         POST 410    410   410     404 403   302  404   403  404
join_to_help                        GET  405    405   405     405 405   405  405   405  405
join_to_help                        POST 302    302   302     403 302   404  403   403  403
help_not_now                        GET  405    405   405     405 405   405  405   405  405
help_not_now                        POST 302    302   302     403 302   404  403   403  403
inbox                               GET  302    302   302     403 200   200  403   403  403
inbox                               POST 405    405   405     405 405   405  405   405  405
open_inbox                          GET  302    302   302     302 302   302  302   302  302
open_inbox                          POST 405    405   405     405 405   405  405   405  405
inbox_regions                       GET  302    302   302     403 200   200  403   403  403
inbox_regions                       POST 405    405   405     405 405   405  405   405  405
inbox_region                        GET  302    302   302     403 200   200  403   403  403
inbox_region                        POST 405    405   405     405 405   405  405   405  405
set_agent_status                    GET  405    405   405     405 405   405  405   405  405
set_agent_status                    POST 302    302   302     403 302   302  403   403  403
wrap_up                             GET  405    405   405     405 405   405  405   405  405
wrap_up                             POST 302    302   302     403 302   302  403   403  403
accept_offer                        GET  405    405   405     405 405   405  405   405  405
accept_offer                        POST 302    302   302     403 302   404  403   403  403
decline_offer                       GET  405    405   405     405 405   405  405   405  405
decline_offer                       POST 302    302   302     403 302   404  403   403  403
pick_request                        GET  405    405   405     405 405   405  405   405  405
pick_request                        POST 403    403   403     403 302   409  403   403  403
take_back                           GET  405    405   405     405 405   405  405   405  405
take_back                           POST 302    302   302     403 403   403  403   403  403
answer_message                      GET  405    405   405     405 405   405  405   405  405
answer_message                      POST 302    302   302     403 302   409  403   403  403
monitor                             GET  302    302   302     403 403   403  403   403  200
monitor                             POST 405    405   405     405 405   405  405   405  405
monitor_regions                     GET  302    302   302     403 403   403  403   403  200
monitor_regions                     POST 405    405   405     405 405   405  405   405  405
monitor_region                      GET  302    302   302     403 403   403  403   403  200
monitor_region                      POST 405    405   405     405 405   405  405   405  405
live                                GET  302    302   302     403 403   403  403   403  200
live                                POST 405    405   405     405 405   405  405   405  405
live_regions                        GET  302    302   302     403 403   403  403   403  200
live_regions                        POST 405    405   405     405 405   405  405   405  405
live_region                         GET  302    302   302     403 403   403  403   403  200
live_region                         POST 405    405   405     405 405   405  405   405  405
monitor_queue                       GET  302    302   302     403 403   403  403   403  200
monitor_queue                       POST 405    405   405     405 405   405  405   405  405
move_request                        GET  302    302   302     403 403   403  403   403  200
move_request                        POST 302    302   302     403 403   403  403   403  302
request_why                         GET  302    302   302     403 403   403  403   403  200
request_why                         POST 405    405   405     405 405   405  405   405  405
set_agent_away                      GET  405    405   405     405 405   405  405   405  405
set_agent_away                      POST 302    302   302     403 403   403  403   403  302
acd_figures                         GET  302    302   302     403 403   403  403   403  200
acd_figures                         POST 405    405   405     405 405   405  405   405  405
acd_figures_csv                     GET  302    302   302     403 403   403  403   403  200
acd_figures_csv                     POST 405    405   405     405 405   405  405   405  405
acd_figures_xlsx                    GET  302    302   302     403 403   403  403   403  200
acd_figures_xlsx                    POST 405    405   405     405 405   405  405   405  405
audit_log                           GET  302    302   302     403 403   403  403   403  200
audit_log                           POST 405    405   405     405 405   405  405   405  405
audit_log_csv                       GET  302    302   302     403 403   403  403   403  200
audit_log_csv                       POST 405    405   405     405 405   405  405   405  405
report_mail                         GET  302    302   302     403 200   200  200   200  200
report_mail                         POST 302    302   302     403 302   302  302   302  302
stop_report                         GET  405    405   405     405 405   405  405   405  405
stop_report                         POST 302    302   302     404 404   302  404   404  404
stop_report_by_link                 GET  200    200   200     200 200   200  200   200  200
stop_report_by_link                 POST 200    200   200     200 200   200  200   200  200
set_language                        GET  405    405   405     405 405   405  405   405  405
set_language                        POST 302    302   302     302 302   302  302   302  302
theme                               GET  200    200   200     200 200   200  200   200  200
theme                               POST 405    405   405     405 405   405  405   405  405
logo                                GET  200    200   200     200 200   200  200   200  200
logo                                POST 405    405   405     405 405   405  405   405  405
touch_icon                          GET  200    200   200     200 200   200  200   200  200
touch_icon                          POST 405    405   405     405 405   405  405   405  405
installed_icon                      GET  200    200   200     200 200   200  200   200  200
installed_icon                      POST 405    405   405     405 405   405  405   405  405
face                                GET  200    200   200     200 200   200  200   200  200
face                                POST 405    405   405     405 405   405  405   405  405
picture                             GET  302    302   302     200 200   200  200   200  200
picture                             POST 302    302   302     422 422   422  422   422  422
remove_picture                      GET  405    405   405     405 405   405  405   405  405
remove_picture                      POST 302    302   302     302 302   302  302   302  302
sign_ins                            GET  302    302   302     200 200   200  200   200  200
sign_ins                            POST 405    405   405     405 405   405  405   405  405
end_other_sign_ins                  GET  405    405   405     405 405   405  405   405  405
end_other_sign_ins                  POST 302    302   302     302 302   302  302   302  302
end_sign_in                         GET  405    405   405     405 405   405  405   405  405
end_sign_in                         POST 302    302   302     404 404   302  404   404  404
mail_events                         GET  404    404   404     404 404   404  404   404  404
mail_events                         POST 404    404   404     404 404   404  404   404  404
favicon                             GET  200    200   200     200 200   200  200   200  200
favicon                             POST 405    405   405     405 405   405  405   405  405
apple_touch_icon                    GET  200    200   200     200 200   200  200   200  200
apple_touch_icon                    POST 405    405   405     405 405   405  405   405  405
manifest                            GET  200    200   200     200 200   200  200   200  200
manifest                            POST 405    405   405     405 405   405  405   405  405
robots                              GET  200    200   200     200 200   200  200   200  200
robots                              POST 405    405   405     405 405   405  405   405  405
security_txt                        GET  404    404   404     404 404   404  404   404  404
security_txt                        POST 405    405   405     405 405   405  405   405  405
change_password                     GET  302    302   302     302 302   302  302   302  302
change_password                     POST 405    405   405     405 405   405  405   405  405
account_login                       GET  200    200   200     302 302   302  302   302  302
account_login                       POST 200    200   200     302 302   302  302   302  302
account_logout                      GET  302    302   302     200 200   200  200   200  200
account_logout                      POST 302    302   302     302 302   302  302   302  302
sign_on                             GET  405    405   405     405 405   405  405   405  405
sign_on                             POST 404    404   404     404 404   404  404   404  404
sign_on_again                       GET  302    302   302     404 404   404  404   404  404
sign_on_again                       POST 302    302   302     404 404   404  404   404  404
sign_on_callback                    GET  404    404   404     404 404   404  404   404  404
sign_on_callback                    POST 405    405   405     405 405   405  405   405  405
sign_on_back_channel                GET  405    405   405     405 405   405  405   405  405
sign_on_back_channel                POST 404    404   404     404 404   404  404   404  404
sign_on_assertion                   GET  405    405   405     405 405   405  405   405  405
sign_on_assertion                   POST 404    404   404     404 404   404  404   404  404
sign_on_finish                      GET  404    404   404     404 404   404  404   404  404
sign_on_finish                      POST 405    405   405     405 405   405  405   405  405
sign_on_saml_logout                 GET  404    404   404     404 404   404  404   404  404
sign_on_saml_logout                 POST 405    405   405     405 405   405  405   405  405
sign_on_metadata                    GET  404    404   404     404 404   404  404   404  404
sign_on_metadata                    POST 405    405   405     405 405   405  405   405  405
sign_in_link                        GET  200    200   200     200 200   200  200   200  200
sign_in_link                        POST 302    302   302     302 302   302  302   302  302
account_inactive                    GET  200    200   200     200 200   200  200   200  200
account_inactive                    POST 405    405   405     405 405   405  405   405  405
account_signup                      GET  200    200   200     302 302   302  302   302  302
account_signup                      POST 200    200   200     302 302   302  302   302  302
account_reauthenticate              GET  302    302   302     200 200   200  200   200  200
account_reauthenticate              POST 302    302   302     200 200   200  200   200  200
account_change_password             GET  302    302   302     200 200   200  200   200  200
account_change_password             POST 302    302   302     200 200   200  200   200  200
account_set_password                GET  302    302   302     302 302   302  302   302  302
account_set_password                POST 302    302   302     302 302   302  302   302  302
account_reset_password              GET  200    200   200     200 200   200  200   200  200
account_reset_password              POST 200    200   200     200 200   200  200   200  200
account_reset_password_done         GET  200    200   200     200 200   200  200   200  200
account_reset_password_done         POST 405    405   405     405 405   405  405   405  405
account_reset_password_from_key     GET  302    302   302     302 302   302  302   302  302
account_reset_password_from_key     POST 302    302   302     302 302   302  302   302  302
account_reset_password_from_key_done GET  200    200   200     200 200   200  200   200  200
account_reset_password_from_key_done POST 405    405   405     405 405   405  405   405  405
mfa_index                           GET  302    302   302     200 200   200  200   200  200
mfa_index                           POST 302    302   302     405 405   405  405   405  405
mfa_authenticate                    GET  302    302   302     302 302   302  302   302  302
mfa_authenticate                    POST 302    302   302     302 302   302  302   302  302
mfa_reauthenticate                  GET  302    302   302     302 302   302  302   302  302
mfa_reauthenticate                  POST 302    302   302     302 302   302  302   302  302
mfa_activate_totp                   GET  302    302   302     200 200   200  200   200  200
mfa_activate_totp                   POST 302    302   302     200 200   200  200   200  200
mfa_deactivate_totp                 GET  302    302   302     404 404   404  404   404  404
mfa_deactivate_totp                 POST 302    302   302     404 404   404  404   404  404
mfa_view_recovery_codes             GET  302    302   302     404 404   404  404   404  404
mfa_view_recovery_codes             POST 302    302   302     405 405   405  405   405  405
mfa_generate_recovery_codes         GET  302    302   302     200 200   200  200   200  200
mfa_generate_recovery_codes         POST 302    302   302     200 200   200  200   200  200
mfa_download_recovery_codes         GET  302    302   302     404 404   404  404   404  404
mfa_download_recovery_codes         POST 302    302   302     404 404   404  404   404  404
mfa_list_webauthn                   GET  302    302   302     302 302   302  302   302  302
mfa_list_webauthn                   POST 405    405   405     405 405   405  405   405  405
mfa_add_webauthn                    GET  302    302   302     200 200   200  200   200  200
mfa_add_webauthn                    POST 302    302   302     200 200   200  200   200  200
mfa_login_webauthn                  GET  302    302   302     302 302   302  302   302  302
mfa_login_webauthn                  POST 302    302   302     302 302   302  302   302  302
mfa_reauthenticate_webauthn         GET  302    302   302     302 302   302  302   302  302
mfa_reauthenticate_webauthn         POST 302    302   302     302 302   302  302   302  302
mfa_edit_webauthn                   GET  302    302   302     404 404   404  404   404  404
mfa_edit_webauthn                   POST 302    302   302     404 404   404  404   404  404
mfa_remove_webauthn                 GET  302    302   302     404 404   404  404   404  404
mfa_remove_webauthn                 POST 302    302   302     404 404   404  404   404  404
status                              GET  302    302   302     302 302   302  302   302  200
status                              POST 302    302   302     302 302   302  302   302  200
settings                            GET  302    302   302     403 403   403  403   403  200
settings                            POST 302    302   302     403 403   403  403   403  422
settings_rules                      GET  302    302   302     403 403   403  403   403  200
settings_rules                      POST 302    302   302     403 403   403  403   403  422
settings_mail                       GET  302    302   302     403 403   403  403   403  200
settings_mail                       POST 302    302   302     403 403   403  403   403  302
settings_people                     GET  302    302   302     403 403   403  403   403  200
settings_people                     POST 405    405   405     405 405   405  405   405  405
settings_add_person                 GET  302    302   302     403 403   403  403   403  200
settings_add_person                 POST 302    302   302     403 403   403  403   403  422
settings_person                     GET  302    302   302     403 403   403  403   403  200
settings_person                     POST 302    302   302     403 403   403  403   403  422
settings_send_link                  GET  405    405   405     405 405   405  405   405  405
settings_send_link                  POST 302    302   302     403 403   403  403   403  302
settings_teams                      GET  302    302   302     403 403   403  403   403  200
settings_teams                      POST 405    405   405     405 405   405  405   405  405
settings_add_team                   GET  302    302   302     403 403   403  403   403  200
settings_add_team                   POST 302    302   302     403 403   403  403   403  302
settings_team                       GET  302    302   302     403 403   403  403   403  200
settings_team                       POST 302    302   302     403 403   403  403   403  422
settings_delete_team                GET  405    405   405     405 405   405  405   405  405
settings_delete_team                POST 302    302   302     403 403   403  403   403  302
settings_add_member                 GET  405    405   405     405 405   405  405   405  405
settings_add_member                 POST 302    302   302     403 403   403  403   403  302
settings_member                     GET  405    405   405     405 405   405  405   405  405
settings_member                     POST 302    302   302     403 403   403  403   403  302
settings_import_people              GET  302    302   302     403 403   403  403   403  200
settings_import_people              POST 302    302   302     403 403   403  403   403  422
settings_imported_people            GET  302    302   302     403 403   403  403   403  200
settings_imported_people            POST 302    302   302     403 403   403  403   403  422
settings_export_people              GET  302    302   302     403 403   403  403   403  200
settings_export_people              POST 405    405   405     405 405   405  405   405  405
settings_person_enabled             GET  405    405   405     405 405   405  405   405  405
settings_person_enabled             POST 302    302   302     403 403   403  403   403  302
settings_delete_person              GET  405    405   405     405 405   405  405   405  405
settings_delete_person              POST 302    302   302     403 403   403  403   403  409
settings_end_sign_ins               GET  405    405   405     405 405   405  405   405  405
settings_end_sign_ins               POST 302    302   302     403 403   403  403   403  302
settings_reset_factor               GET  405    405   405     405 405   405  405   405  405
settings_reset_factor               POST 302    302   302     403 403   403  403   403  409
settings_queues                     GET  302    302   302     403 403   403  403   403  200
settings_queues                     POST 405    405   405     405 405   405  405   405  405
opening_hours                       GET  302    302   302     403 403   403  403   403  200
opening_hours                       POST 302    302   302     403 403   403  403   403  302
setup                               GET  302    302   302     403 403   403  403   403  200
setup                               POST 302    302   302     403 403   403  403   403  302
mail                                GET  404    404   404     404 404   404  404   404  404
mail                                POST 405    405   405     405 405   405  405   405  405
mail_html                           GET  404    404   404     404 404   404  404   404  404
mail_html                           POST 405    405   405     405 405   405  405   405  405
looks                               GET  200    200   200     200 200   200  200   200  200
looks                               POST 405    405   405     405 405   405  405   405  405
look                                GET  200    200   200     200 200   200  200   200  200
look                                POST 405    405   405     405 405   405  405   405  405
mail                                GET  404    404   404     404 404   404  404   404  404
mail                                POST 405    405   405     405 405   405  405   405  405
mail_html                           GET  404    404   404     404 404   404  404   404  404
mail_html                           POST 405    405   405     405 405   405  405   405  405
"""

# Only on a site with DEVELOPER_PAGES; the mail pages, moreover, only where mail goes to files, as it does not here.
FOR_DEVELOPERS = {"looks", "look", "mail", "mail_html"}

# What no admin gets by asking: what people make elsewhere, what there is one of, what needs a question with it.
CLOSED_IN_THE_ADMIN = {
    "admin:login": 302,
    "admin:logout": 405,
    "admin:autocomplete": 403,
    "admin:view_on_site": 404,
    "admin:accounts_sitepolicy_changelist": 302,
    "admin:accounts_sitepolicy_add": 403,
    "admin:accounts_sitepolicy_delete": 403,
    "admin:invitations_invitation_add": 403,
    "admin:invitations_invitationwording_preview": 405,
    "admin:jobs_job_add": 403,
    "admin:jobs_job_delete": 403,
    "admin:jobs_job_retry": 405,
    "admin:report_mail_subscription_add": 403,
    "admin:webacd_acdpolicy_changelist": 302,
    "admin:webacd_acdpolicy_add": 403,
    "admin:webacd_acdpolicy_delete": 403,
    "admin:webacd_leftmessage_add": 403,
    # What became of mail is only looked at.
    "admin:mail_delivery_add": 403,
    "admin:mail_delivery_delete": 403,
}

# The pages that hold a socket.
LIVE = {
    "carol": {"remote_support", "waiting", "leave_message_while_waiting"},
    "bilal": {"dashboard", "room", "inbox", "person_page"},
    "amal": {"dashboard", "room", "inbox", "person_page"},
    "dana": {"home", "monitoring", "monitor", "live"},
}

# They say nothing about anyone; but a face says whose it is, and only to those who have been told its address.
FOR_ANYONE = {
    "theme", "logo", "touch_icon", "installed_icon", "face", "queue_button", "favicon", "apple_touch_icon", "manifest",
    "robots",
}  # fmt: skip

# A test for each viewer, so that none walks the whole site for everybody.
AS_EACH = pytest.mark.parametrize("viewer", VIEWERS)
AS_SOME = pytest.mark.parametrize("viewer", ["nobody", "carol", "amal", "dana"])


@pytest.mark.django_db
class TestUrls:
    def test_every_url_is_declared(self):
        exist = {name for name, _captured in urls_of_the_site() if not name.startswith(ADMIN)}
        declared = {url_of(name) for name, *_answers in table(DECLARED)}
        assert exist - FOR_DEVELOPERS == declared - FOR_DEVELOPERS

    @pytest.mark.walk
    @AS_EACH
    def test_every_url_answers_as_declared(self, everybody, viewer):
        wrong = []
        for name, method, *answers in table(DECLARED):
            if url_of(name) in everybody.urls:
                declared, answered = answers[VIEWERS.index(viewer)], str(asked(everybody, method, name, viewer)[0])
                wrong += [(name, method, answered, declared)] if answered != declared else []
        assert wrong == []

    @pytest.mark.walk
    @pytest.mark.parametrize("viewer", LIVE)
    def test_page_that_holds_a_socket_is_never_kept(self, everybody, viewer):
        """Back would show a copy whose socket is dead; and somebody else at this computer could read it."""
        live, kept = set(), []
        for name in everybody.urls:
            with undone():
                answer = everybody.ask("GET", name, viewer)
            if answer.status_code == 200 and not answer.streaming and b"data-socket=" in answer.content:
                live.add(name)
                kept += [] if "no-store" in answer.get("Cache-Control", "") else [name]
        assert live == LIVE[viewer]
        assert kept == []

    @pytest.mark.walk
    @pytest.mark.parametrize("viewer", ["carol", "amal", "dana"])
    def test_no_page_about_people_is_kept(self, everybody, viewer):
        """Not by the browser, whose next reader may be someone else, and not by a proxy on the way."""
        kept = []
        for name in everybody.urls | everybody.admin_urls:
            with undone():
                answer = everybody.ask("GET", name, viewer)
            told = answer.get("Cache-Control", "")
            is_kept = answer.status_code == 200 and "no-store" not in told and not told.startswith("private")
            kept += [(name, told)] if is_kept and name not in FOR_ANYONE else []
        assert kept == []

    @pytest.mark.walk
    @AS_EACH
    def test_get_changes_nothing(self, everybody, viewer):
        names = dict.fromkeys(row[0] for row in table(DECLARED) if url_of(row[0]) in everybody.urls)
        changed = [(name, writes) for name in names if (writes := asked(everybody, "GET", name, viewer)[1])]
        assert changed == []

    @pytest.mark.walk
    @AS_SOME
    def test_head_answers_as_get_does_and_without_a_page(self, everybody, viewer):
        """Those who check links ask so: a page that answers 405 is taken for dead."""
        different = []
        for name in everybody.urls:
            with undone() as writes:
                answers = [everybody.ask(method, name, viewer) for method in ("GET", "HEAD")]
            codes = [answer.status_code for answer in answers]
            different += [(name, codes)] if len(set(codes)) > 1 or writes or _content(answers[1]) else []
        assert different == []

    @pytest.mark.walk
    @AS_SOME
    def test_post_without_its_token_is_refused_and_changes_nothing(self, everybody, viewer):
        let_in = []
        # The mail provider has a secret instead (supportcenter/mail/test_mail_events.py), and an identity provider
        # signs what it sends (supportcenter/accounts/sign_on/).
        of_programs = {"mail_events", "sign_on_assertion", "sign_on_back_channel"}
        for name in everybody.urls.keys() - of_programs:
            status, writes = asked(everybody, "POST", name, viewer, enforce_csrf_checks=True)
            let_in += [(name, status, writes)] if writes or status != 403 else []
        assert let_in == []

    @pytest.mark.walk
    @pytest.mark.parametrize("viewer", ["nobody", "carol", "eve", "amal"])
    def test_admin_is_for_staff(self, everybody, viewer):
        let_in = []
        for name in everybody.admin_urls:
            for method in ("GET", "POST"):
                status, writes = asked(everybody, method, name, viewer)
                let_in += [(method, name, status)] if writes or status not in {302, 403} else []
        assert let_in == []

    @pytest.mark.walk
    def test_admin_pages_open_for_an_admin_and_change_nothing(self, everybody):
        closed = {}
        for name in everybody.admin_urls:
            status, writes = asked(everybody, "GET", name, "dana")
            assert writes == [], name
            closed |= {name: status} if status != 200 else {}
        assert closed == CLOSED_IN_THE_ADMIN


def asked(everybody, method, name, viewer, **options):
    """The status of the answer and the statements that wrote; then all is as before."""
    with undone() as writes:
        answer = everybody.ask(method, name, viewer, **options)
    return answer.status_code, writes


def _content(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content
