#!/usr/bin/env bash
# Django hands one message for two addresses to a mail server that knows one of them. What does send() say?
#
# Guessed: it raises SMTPRecipientsRefused, or the count says so: it is how a send() that fails without raising is told.
# Really:  it returns 1, as if both had been taken, raises nothing and logs nothing. smtplib raises only if every address was
#          refused; of some, it returns {address: (code, words)}, and Django's backend throws that away. The reply "550 5.1.1"
#          was on the line and nobody can ask for it. Alone, or in the same list with another that is refused too, the same
#          address raises.
# Matters: "sent" beside an address that the server has refused, and no bounce ever comes, since the refusal was the bounce. One
#          message for each address, or a backend of one's own that looks at what sendmail() returns.
# Seen with Django 5.2.19 and aiosmtpd 1.4.6, on Python 3.11.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check django==5.2.19 aiosmtpd==1.4.6
cat > "$folder/look.py" <<'PYTHON'
import smtplib

from aiosmtpd.controller import Controller
from django.conf import settings
from django.core.mail import EmailMessage, get_connection

settings.configure()


class Server:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("gone"):
            return "550 5.1.1 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        print("taken for", *envelope.rcpt_tos, end="; ")
        return "250 OK"


def send(*addresses):
    mail = get_connection("django.core.mail.backends.smtp.EmailBackend", host="127.0.0.1", port=server.port)
    try:
        print("send() returns", EmailMessage("Hello", "Hello", "us@example.com", addresses, connection=mail).send())
    except smtplib.SMTPException as error:
        print(type(error).__name__)


server = Controller(Server(), hostname="127.0.0.1", port=PORT)
server.start()
send("amal@example.com")
send("amal@example.com", "gone@example.com")
send("gone@example.com", "gone.too@example.com")
with smtplib.SMTP("127.0.0.1", server.port) as bare:
    print(bare.sendmail("us@example.com", ["amal@example.com", "gone@example.com"], "Subject: Hello\n\nHello"))
server.stop()
PYTHON
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
sed -i "s/PORT/$port/" "$folder/look.py"
"$folder/venv/bin/python" "$folder/look.py" | tee "$folder/seen.txt"
diff "$folder/seen.txt" - <<'SEEN'
taken for amal@example.com; send() returns 1
taken for amal@example.com; send() returns 1
SMTPRecipientsRefused
taken for amal@example.com; {'gone@example.com': (550, b'5.1.1 no such user')}
SEEN
