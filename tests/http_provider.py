"""A mail provider for tests: its HTTP interface on a port of this machine, answering as it is told."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class HttpProvider:
    """Keeps what it was asked: path, headers, and the JSON of the body. Answers each time with `status` and `told`."""

    def __init__(self):
        self.asked, self.status, self.told, self.hangs_up = [], 200, {}, False
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_port}/"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self):
        self._server.shutdown()
        self._server.server_close()

    def _handler(provider):  # noqa: N805 - the handler has a self of its own
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                provider.asked.append((self.path, dict(self.headers), json.loads(body)))
                if provider.hangs_up:
                    self.connection.close()
                    return
                answer = json.dumps(provider.told).encode()
                self.send_response(provider.status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_said):
                pass

        return Handler
