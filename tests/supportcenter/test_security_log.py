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


def warn_often(times, **facts):
    for _ in range(times):
        security_log.warn("sign_in_failed", **facts)


def test_one_address_writes_so_many_lines_and_the_next_says_how_many_were_left_out(monkeypatch, caplog):
    monkeypatch.setattr(security_log, "ABOUT_ONE", (0, 3))
    warn_often(10, address="192.0.2.7")
    assert len(caplog.messages) == 3
    security_log.warn("sign_in_failed", address="192.0.2.8")
    security_log.warn("sign_in_failed", address="192.0.2.8")
    assert caplog.messages[3:] == [
        'sign_in_failed address="192.0.2.8" left_out=7',
        'sign_in_failed address="192.0.2.8"',
    ]


def test_one_kind_of_line_keeps_no_other_out(monkeypatch, caplog):
    monkeypatch.setattr(security_log, "ABOUT_ONE", (0, 1))
    warn_often(2, address="192.0.2.7")
    security_log.warn("foreign_host", address="192.0.2.7")
    assert [line.split()[0] for line in caplog.messages] == ["sign_in_failed", "foreign_host"]


def test_all_addresses_together_write_so_many_lines(monkeypatch, caplog):
    monkeypatch.setattr(security_log, "ABOUT_ALL", (0, 5))
    for number in range(20):
        security_log.warn("sign_in_failed", address=f"192.0.2.{number}")
    assert len(caplog.messages) == 5
