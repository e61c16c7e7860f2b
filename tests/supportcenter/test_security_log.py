"""The security log: one line an entry, whatever a stranger puts into it."""

import logging

from supportcenter import security_log


def test_an_entry_is_one_line_of_named_facts(caplog):
    with caplog.at_level(logging.INFO, "supportcenter.security"):
        security_log.note("signed_in", address="192.0.2.7", user=7, account=None)

    assert caplog.messages == ['signed_in address="192.0.2.7" user=7']


def test_no_value_begins_a_line_or_passes_for_another_fact(caplog):
    security_log.warn("sign_in_failed", account='eve" address="192.0.2.1\nsigned_in user=1\u2028')

    (line,) = caplog.messages
    assert len(line.splitlines()) == 1
    assert '" address="192.0.2.1' not in line


def test_a_value_has_an_end(caplog):
    security_log.warn("sign_in_failed", account="a" * 10_000)

    assert len(caplog.messages[0]) < 300


def test_it_is_complete_whatever_the_level_of_the_log(settings):
    loggers = settings.LOGGING["loggers"]

    assert loggers["supportcenter.security"]["level"] == "INFO"
