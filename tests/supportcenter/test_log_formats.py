"""The log as text and as JSON: an entry is a line, whatever a stranger puts into it."""

import json
import logging
import subprocess
import sys
from datetime import UTC, datetime
from time import tzset

import pytest

from supportcenter import security_log, trace
from supportcenter.log_formats import Text, as_json
from tests.environment import ROOT, site_environment


@pytest.fixture
def written(caplog):
    """What a formatter makes of all that was logged, as soon as it is logged: it names what runs then."""

    def write(formatter, log):
        lines = []
        handler = logging.Handler()
        handler.emit = lambda record: lines.append(formatter.format(record))
        logger = logging.getLogger("supportcenter")
        logger.addHandler(handler)
        try:
            with caplog.at_level(logging.INFO, "supportcenter"):
                log()
        finally:
            logger.removeHandler(handler)
        return lines

    return write


def warn(message):
    return lambda: logging.getLogger("supportcenter.tests").warning("%s", message)


MOMENT = datetime(2026, 11, 28, 20, 1, 2, 345_000, UTC).timestamp()
FORGED = "wrong\n2026-11-28T20:01:02.345+00:00 WARNING supportcenter.security signed_in\r\u2028\x85\x1b[2K\u202eend"


def test_nothing_in_a_message_begins_a_line_or_moves_a_cursor(written):
    (line,) = written(Text(), warn(FORGED))
    assert len(line.splitlines()) == 1
    assert line.endswith(
        r"wrong\n2026-11-28T20:01:02.345+00:00 WARNING supportcenter.security signed_in\r\u2028\x85\x1b[2K\u202eend"
    )


def fail():
    try:
        raise ValueError(FORGED)
    except ValueError:
        logging.getLogger("supportcenter.tests").exception("It failed")


@pytest.mark.parametrize(("zone", "time"), [("UTC", "T20:01:02.345+00:00"), ("Asia/Riyadh", "T23:01:02.345+03:00")])
def test_time_says_its_offset(monkeypatch, zone, time):
    monkeypatch.setenv("TZ", zone)
    tzset()
    record = logging.makeLogRecord({"msg": "It happened", "created": MOMENT, "levelname": "WARNING", "name": "site"})
    try:
        assert Text().format(record) == f"2026-11-28{time} WARNING site It happened"
    finally:
        monkeypatch.undo()
        tzset()


def test_traceback_is_indented_so_that_no_entry_can_be_made_up_in_it(written):
    (entry,) = written(Text(), fail)
    first, *rest = entry.splitlines()
    assert first.endswith("ERROR supportcenter.tests It failed")
    assert len(rest) > 3
    assert [line for line in rest if not line.startswith("    ")] == []


def test_line_names_its_request_and_its_job(written):
    with trace.of_request("abc-1"), trace.of_job("stage.sign-7"):
        (line,) = written(Text(), warn("hello"))
    assert line.endswith('supportcenter.tests hello request_id="abc-1" job="stage.sign-7"')
    assert written(Text(), warn("hello"))[0].endswith("supportcenter.tests hello")


def test_security_log_keeps_its_form_in_text(written):
    (line,) = written(Text(), lambda: security_log.note("signed_in", address="192.0.2.7", account="amal"))
    assert line.endswith('INFO supportcenter.security signed_in address="192.0.2.7" account="amal"')


def test_json_is_an_object_a_line_with_the_facts_as_fields(written):
    with trace.of_request("abc-1"):
        (line,) = written(as_json(), lambda: security_log.note("signed_in", address="192.0.2.7", tries=2))
    assert "\n" not in line
    entry = json.loads(line)
    assert entry.pop("timestamp").endswith("Z")
    assert entry == {
        "event": "signed_in",
        "level": "info",
        "logger": "supportcenter.security",
        "address": "192.0.2.7",
        "tries": 2,
        "request_id": "abc-1",
    }


def test_json_keeps_what_was_written_and_the_traceback_within_its_line(written):
    (message,), (failure,) = written(as_json(), warn(FORGED)), written(as_json(), fail)
    assert json.loads(message)["event"] == FORGED
    assert "ValueError" in json.loads(failure)["exception"]
    assert len(message.splitlines()) == len(failure.splitlines()) == 1


@pytest.mark.parametrize("offered", ["abc-1", "A" * 64])
def test_number_that_is_one_is_taken(offered):
    assert trace.new_id(offered) == offered


@pytest.mark.parametrize("offered", ["", "A" * 65, "a b", "a\nb", "a\n", 'a"', "é"])
def test_number_that_is_none_is_replaced(offered):
    made = trace.new_id(offered)
    assert trace.ACCEPTABLE.fullmatch(made)
    assert made != trace.new_id(offered)


@pytest.mark.process
def test_nothing_optional_is_imported_until_it_is_set(tmp_path):
    command = [sys.executable, "-W", "ignore", "-c", "import sys, supportcenter.asgi; print(*sys.modules)"]
    told = subprocess.run(
        command, env=site_environment(tmp_path), cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    modules = {*told.stdout.split()}
    assert "supportcenter.serving.observed" in modules
    assert modules & {"prometheus_client", "sentry_sdk", "structlog"} == set()
