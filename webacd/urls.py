"""`queues/` and `waiting/` are for customers, `webacd/` for agents and managers."""

from django.urls import path

from webacd.views import again, entry, inbox, live, monitor, settings, statistics, transfer, waiting

urlpatterns = [
    path("queues/<slug:slug>/", entry.queue_entry, name="queue_entry"),
    path("queues/<slug:slug>/button.svg", entry.queue_button, name="queue_button"),
    path("queues/<slug:slug>/message/", entry.leave_message, name="leave_message"),
    path("waiting/<slug:key>/", waiting.waiting, name="waiting"),
    path("waiting/<slug:key>/status/", waiting.waiting_region, name="waiting_status"),
    path("waiting/<slug:key>/leave/", waiting.leave_queue, name="leave_queue"),
    path("waiting/<slug:key>/message/", entry.leave_message_while_waiting, name="leave_message_while_waiting"),
    path("support/<slug:key>/message/", entry.leave_message_after, name="leave_message_after"),
    path("support/<slug:key>/queue/", again.back_to_queue, name="back_to_queue"),
    path("sessions/<slug:key>/transfer/", transfer.transfer_session, name="transfer_session"),
    path("webacd/inbox/", inbox.inbox, name="inbox"),
    path("webacd/inbox/regions/", inbox.inbox_regions, name="inbox_regions"),
    path("webacd/inbox/regions/<slug:region>/", inbox.inbox_region, name="inbox_region"),
    path("webacd/status/", inbox.set_status, name="set_agent_status"),
    path("webacd/wrap-up/", inbox.wrap_up, name="wrap_up"),
    path("webacd/offers/<int:pk>/accept/", inbox.accept_offer, name="accept_offer"),
    path("webacd/offers/<int:pk>/decline/", inbox.decline_offer, name="decline_offer"),
    path("webacd/requests/<int:pk>/pick/", inbox.pick_request, name="pick_request"),
    path("webacd/requests/<int:pk>/take-back/", inbox.take_back, name="take_back"),
    path("webacd/messages/<int:pk>/answer/", inbox.answer_message, name="answer_message"),
    path("webacd/monitor/", monitor.monitor, name="monitor"),
    path("webacd/monitor/regions/", monitor.monitor_regions, name="monitor_regions"),
    path("webacd/monitor/regions/<slug:region>/", monitor.monitor_region, name="monitor_region"),
    path("webacd/monitor/queues/<slug:slug>/", monitor.monitor_queue, name="monitor_queue"),
    path("webacd/requests/<int:pk>/move/", monitor.move_request, name="move_request"),
    path("webacd/requests/<int:pk>/why/", monitor.request_why, name="request_why"),
    path("webacd/agents/<int:pk>/away/", monitor.set_agent_away, name="set_agent_away"),
    path("settings/queues/", settings.queues, name="settings_queues"),
    path("settings/queues/<slug:slug>/", settings.opening_hours, name="opening_hours"),
    path("reports/live/", live.live, name="live"),
    path("reports/live/regions/", live.live_regions, name="live_regions"),
    path("reports/live/regions/<slug:region>/", live.live_region, name="live_region"),
    path("webacd/figures/", statistics.figures, name="acd_figures"),
    path("webacd/figures.csv", statistics.figures_file, {"ending": "csv"}, name="acd_figures_csv"),
    path("webacd/figures.xlsx", statistics.figures_file, {"ending": "xlsx"}, name="acd_figures_xlsx"),
]
