#!/usr/bin/env bash
# A subject of 24 Arabic letters, sent by Django and read by Python's own email package.
#
# Guessed: what is read is what was sent, as with a short subject, with an English one, and with a message that the email
#          package has made itself.
# Really:  it begins with a blank that nobody wrote. Django encodes the subject first, as one word of up to 75 characters, and
#          sets it as a plain string; the generator cannot break that word, so it breaks the line before it: "Subject: ", and the
#          word on the next line. policy.default keeps the second blank. From 22 Arabic letters on, every subject has it; English
#          ones have not, however long.
# Matters: what finds a conversation by its subject (a ticket system, a rule, a test) finds short Arabic ones and misses long
#          ones. Strip the subject when reading, or make the message by EmailMessage(policy=policy.SMTP).
# Seen with Django 5.2.19 on Python 3.11.7.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check django==5.2.19
cat > "$folder/look.py" <<'PYTHON'
from email import message_from_bytes, policy
from email.message import EmailMessage as Own

from django.conf import settings
from django.core.mail import EmailMessage

settings.configure()


def by_django(subject):
    return EmailMessage(subject, "Hello", "us@example.com", ["amal@example.com"]).message().as_bytes()


def by_python(subject):
    message = Own(policy=policy.SMTP)
    message["Subject"] = subject
    return message.as_bytes()


SUBJECTS = {"10 Arabic": "دعوة جديدة", "24 Arabic": "دعوة من أمل إلى جلسة دعم", "120 English": "invite " * 17 + "x"}
for name, subject in SUBJECTS.items():
    for make in (by_django, by_python):
        read = message_from_bytes(make(subject), policy=policy.default)["Subject"]
        what = "as sent" if read == subject else "with a blank before it" if read == " " + subject else repr(read)
        print(f"{name} letters, {make.__name__}: {what}")
PYTHON
"$folder/venv/bin/python" "$folder/look.py" | tee "$folder/seen.txt"
diff "$folder/seen.txt" - <<'SEEN'
10 Arabic letters, by_django: as sent
10 Arabic letters, by_python: as sent
24 Arabic letters, by_django: with a blank before it
24 Arabic letters, by_python: as sent
120 English letters, by_django: as sent
120 English letters, by_python: as sent
SEEN
