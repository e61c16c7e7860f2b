"""What a database holds of a job: its kind, and the names in its payload. Both outlive the code that wrote them."""

import inspect

from supportcenter.jobs.workers import runner

HELD = {
    "accounts.apply_sign_in_limits": ["above"],
    "accounts.clear_sign_ins": [],
    "accounts.mail_links": ["people"],
    "accounts.mail_reset_link": ["user", "language", "asked_at"],
    "accounts.push": ["device", "what", "subject", "until", "attempt"],
    "accounts.reset_password": ["address", "language", "asked_at"],
    "audit.retention": [],
    "audit.retention_goes_on": [],
    "invitations.deliver": ["invitation", "sending"],
    "invitations.forget_replies": [],
    "live.tell": ["message"],
    "mail.delete_more": [],
    "mail.forget_details": ["of", "subjects"],
    "mail.look_after": [],
    "mail.send": ["delivery"],
    "report_mail.plan": [],
    "report_mail.send": ["subscription", "of"],
    "sessions.absence_over": ["participant"],
    "sessions.account_disabled": ["participant"],
    "sessions.clear_erased_words": [],
    "sessions.find_silent": [],
    "sessions.finish_recording": ["recording"],
    "sessions.index_lines": ["below"],
    "sessions.keep_file": ["file"],
    "sessions.merge_indexes": [],
    "sessions.request_unanswered": ["activity"],
    "sessions.retention": [],
    "sessions.retention_goes_on": [],
    "sessions.tell_refusals": ["session"],
    "sessions.watch_quiet": ["session"],
    "webacd.agent_missing": ["agent"],
    "webacd.agent_vanished": ["agent"],
    "webacd.expire_offers": ["requests"],
    "webacd.help_over": ["request"],
    "webacd.mail_message": ["message"],
    "webacd.retention": [],
    "webacd.retention_goes_on": [],
    "webacd.return_over": ["request"],
    "webacd.route": [],
    "webacd.sweep": [],
    "webacd.tell_positions": [],
    "webacd.transfer_over": ["request"],
    "webacd.wait_over": ["request"],
    "webacd.withdraw_from": ["agent"],
}


def test_jobs_of_earlier_releases_find_their_handlers():
    apps = {kind.partition(".")[0] for kind in HELD}
    handlers = {kind: handler for kind, handler in runner._handlers.items() if kind.partition(".")[0] in apps}

    assert {kind: list(inspect.signature(handler).parameters) for kind, handler in handlers.items()} == HELD
