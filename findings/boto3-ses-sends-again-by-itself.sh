#!/usr/bin/env bash
# Amazon SES takes a message, and its answer is lost. How often has boto3's send_email() handed it over when it raises?
#
# Guessed: once. Sending has no token that tells two requests apart, so only the caller can know whether a second one may go.
# Really:  three times. A line that is cut, a read that times out and a 500 are all repeated by botocore itself within seconds,
#          twice, for every operation alike; the one exception that comes in the end says nothing of the others. Amazon gives
#          each that it took a MessageId of its own, so no mail program knows the copies for one message.
# Matters: a slow moment at Amazon is three invitations in one mailbox, and a job that tries again makes six. Give the client
#          Config(retries={"total_max_attempts": 1}) and leave trying again to what counts the attempts. django-anymail takes it
#          as AMAZON_SES_CLIENT_PARAMS = {"config": {"retries": {"total_max_attempts": 1}}}.
# Seen with boto3 and botocore 1.44.8, on Python 3.11.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check boto3==1.44.8
cat > "$folder/look.py" <<'PYTHON'
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import boto3
from botocore.config import Config


class Amazon(BaseHTTPRequestHandler):
    taken, ends = 0, ""

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        Amazon.taken += 1
        if Amazon.ends == "too late":
            late.wait()
        if Amazon.ends == "a 500":
            self.send_response(500)
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self.close_connection = True

    def log_message(self, *said):
        pass


def send(ends, **more):
    Amazon.taken, Amazon.ends = 0, ends
    late.clear()
    client = boto3.client(
        "sesv2",
        endpoint_url=f"http://127.0.0.1:{server.server_port}",
        region_name="eu-west-1",
        aws_access_key_id="KEYID",
        aws_secret_access_key="KEY",
        config=Config(read_timeout=1, **more),
    )
    body = {"Simple": {"Subject": {"Data": "Hello"}, "Body": {"Text": {"Data": "Hello"}}}}
    try:
        client.send_email(FromEmailAddress="us@example.com", Destination={"ToAddresses": ["a@example.com"]}, Content=body)
    except Exception as error:
        print(f"{ends}: {type(error).__name__} after {Amazon.taken}")
    late.set()


late = threading.Event()
server = ThreadingHTTPServer(("127.0.0.1", 0), Amazon)
threading.Thread(target=server.serve_forever, daemon=True).start()
for ends in ("cut off", "too late", "a 500"):
    send(ends)
send("cut off", retries={"total_max_attempts": 1})
PYTHON
env -i PATH="$PATH" HOME="$folder" "$folder/venv/bin/python" "$folder/look.py" | tee "$folder/seen.txt"
diff "$folder/seen.txt" - <<'SEEN'
cut off: ConnectionClosedError after 3
too late: ReadTimeoutError after 3
a 500: ClientError after 3
cut off: ConnectionClosedError after 1
SEEN
