"""A mail server that takes everything, in a process of its own, and tells of each message when it is complete."""

import json
import subprocess
import sys
import threading
import time
from email import message_from_bytes

PATIENCE = 150


class MailSink:
    """The measuring side: what has come so far. `time.perf_counter` is one clock for all processes of a machine."""

    def __enter__(self):
        command = [sys.executable, "-m", "benchmarks.load.mail_sink"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.url = f"smtp://127.0.0.1:{int(self._process.stdout.readline())}"
        self.arrivals, self._news = [], threading.Condition()
        threading.Thread(target=self._listen, daemon=True).start()
        return self

    def __exit__(self, *error):
        self._process.kill()
        self._process.wait()

    def wait_for(self, address):
        """The message to this address."""
        return self._wait(lambda: next((one for one in reversed(self.arrivals) if one["to"] == address), None))

    def wait_for_number(self, number):
        """That many addresses have been written to."""
        return self._wait(lambda: len({one["to"] for one in self.arrivals}) >= number)

    def _wait(self, fact):
        with self._news:
            found = self._news.wait_for(fact, PATIENCE)
        assert found, f"{len(self.arrivals)} messages have come, and the one that is waited for has not"
        return found

    def _listen(self):
        for line in self._process.stdout:
            with self._news:
                self.arrivals.append(json.loads(line))
                self._news.notify_all()


def main():
    from aiosmtpd.controller import Controller

    class Sink(Controller):
        async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
            at, content = time.perf_counter(), envelope.content
            came = {"at": at, "to": envelope.rcpt_tos[0], "size": len(content)}
            came["id"] = message_from_bytes(content)["Message-ID"]
            print(json.dumps(came), flush=True)
            return "250 OK"

        def _trigger_server(self):
            self.port = self.server.sockets[0].getsockname()[1]
            print(self.port, flush=True)
            super()._trigger_server()

    sink = Sink(None, hostname="127.0.0.1", port=0)
    sink.handler = sink
    sink.start()
    sys.stdin.read()


if __name__ == "__main__":
    main()
