"""What mail providers post when something became of a message, as their documentation has it, to the needed fields.

Each function takes the event (`delivered`, `deferred`, `bounced`, `complained`) and the mark or the id of a message.
"""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime
from urllib.parse import urlencode

ADDRESS = "carol@example.com"
WORDS = "550 5.1.1 No such user here"
SIGNING_KEY = "mailgun-signs-with-this"
MANDRILL_KEY = "mandrill-signs-with-this"


def postmark(event, mark):
    facts = {
        "delivered": {"RecordType": "Delivery", "DeliveredAt": "2026-11-29T10:00:00Z", "Details": "250 OK"},
        "deferred": {"RecordType": "Bounce", "Type": "Transient", "Details": "421 4.3.2 Try later"},
        "bounced": {"RecordType": "Bounce", "Type": "HardBounce", "ID": 42, "Details": WORDS},
        "complained": {"RecordType": "SpamComplaint", "Type": "SpamComplaint", "ID": 43},
    }[event]
    return _json({"MessageID": "pm-1", "Email": ADDRESS, "Metadata": {"delivery": mark}, **facts})


def sendgrid(event, mark):
    facts = {
        "delivered": {"event": "delivered", "response": "250 OK"},
        "deferred": {"event": "deferred", "response": "421 4.3.2 Try later", "attempt": "2"},
        "bounced": {"event": "bounce", "type": "bounce", "status": "5.1.1", "reason": WORDS},
        "complained": {"event": "spamreport"},
    }[event]
    whole = {"email": ADDRESS, "timestamp": 1796000000, "sg_event_id": f"sg-{event}", "delivery": mark, **facts}
    return _json([whole])


def mailgun(event, mark):
    facts = {
        "delivered": {"event": "delivered", "delivery-status": {"message": "OK", "code": 250}},
        "deferred": {
            "event": "failed",
            "severity": "temporary",
            "reason": "generic",
            "delivery-status": {"message": "421 4.3.2 Try later"},
        },
        "bounced": {
            "event": "failed",
            "severity": "permanent",
            "reason": "bounce",
            "delivery-status": {"message": WORDS},
        },
        "complained": {"event": "complained"},
    }[event]
    message = {"headers": {"message-id": mark, "to": ADDRESS}}
    data = {"timestamp": 1796000000.1, "recipient": ADDRESS, "message": message, "user-variables": {}, **facts}
    stamp, token = "1796000000", "t" * 50
    signature = hmac.new(SIGNING_KEY.encode(), f"{stamp}{token}".encode(), hashlib.sha256).hexdigest()
    return _json({"signature": {"timestamp": stamp, "token": token, "signature": signature}, "event-data": data})


def mandrill(event, mark, *, url):
    """Signs the address that it was given, to the letter: with user and password, if it was given those."""
    kind = {"delivered": "send", "deferred": "deferral", "bounced": "hard_bounce", "complained": "spam"}[event]
    message = {"_id": "md-1", "email": ADDRESS, "metadata": {"delivery": mark}, "diag": WORDS}
    told = json.dumps([{"event": kind, "_id": "md-1", "ts": 1796000000, "msg": message}])
    signed = f"{url}mandrill_events{told}".encode()
    signature = base64.b64encode(hmac.new(MANDRILL_KEY.encode(), signed, hashlib.sha1).digest()).decode()
    headers = {"HTTP_X_MANDRILL_SIGNATURE": signature}
    return urlencode({"mandrill_events": told}), {"content_type": "application/x-www-form-urlencoded", **headers}


def amazon_ses(event, mark):
    facts = {
        "delivered": {"eventType": "Delivery", "delivery": {"recipients": [ADDRESS], "smtpResponse": "250 OK"}},
        "deferred": {"eventType": "DeliveryDelay", "deliveryDelay": {"delayType": "MailboxFull"}},
        "bounced": {
            "eventType": "Bounce",
            "bounce": {
                "bounceType": "Permanent",
                "bounceSubType": "General",
                "bouncedRecipients": [{"emailAddress": ADDRESS, "diagnosticCode": f"smtp; {WORDS}"}],
            },
        },
        "complained": {
            "eventType": "Complaint",
            "complaint": {"complainedRecipients": [{"emailAddress": ADDRESS}], "complaintFeedbackType": "abuse"},
        },
    }[event]
    headers = [{"name": "X-Metadata", "value": json.dumps({"delivery": mark})}]
    told = {"mail": {"messageId": "ses-1", "destination": [ADDRESS], "headers": headers}, **facts}
    return sns(told)


def sns(told):
    return _of_topic("Notification", Message=json.dumps(told))


def sns_asks_for_confirmation(topic, *, page):
    """What a topic sends first to a new address; `page` is where a person may confirm instead."""
    words = "You have chosen to subscribe to the topic."
    return _of_topic("SubscriptionConfirmation", topic, Token="t" * 64, SubscribeURL=page, Message=words)


def _of_topic(kind, topic="arn:aws:sns:eu-west-1:123456789012:mail", **facts):
    stamp = "2026-11-29T10:00:00.000Z"
    body, _ = _json({"Type": kind, "MessageId": "sns-1", "TopicArn": topic, "Timestamp": stamp, **facts})
    headers = {"HTTP_X_AMZ_SNS_MESSAGE_TYPE": kind, "HTTP_X_AMZ_SNS_MESSAGE_ID": "sns-1"}
    return body, {"content_type": "text/plain; charset=UTF-8", **headers}


def resend(event, mark):
    kind = {
        "delivered": "email.delivered",
        "deferred": "email.delivery_delayed",
        "bounced": "email.bounced",
        "complained": "email.complained",
    }[event]
    headers = [{"name": "X-Metadata", "value": json.dumps({"delivery": mark})}]
    data = {"email_id": "re-1", "to": [ADDRESS], "headers": headers}
    if event == "bounced":
        data["bounce"] = {"message": "The recipient's email provider sent a hard bounce message."}
    return _json({"type": kind, "created_at": "2026-11-29T10:00:00.000Z", "data": data})


def mailjet(event, mark):
    facts = {
        "delivered": {"event": "sent", "smtp_reply": "250 OK"},
        "deferred": {"event": "bounce", "hard_bounce": False, "error": "greylisted"},
        "bounced": {"event": "bounce", "hard_bounce": True, "error_related_to": "recipient", "error": "user unknown"},
        "complained": {"event": "spam", "source": "JMRPP"},
    }[event]
    payload = json.dumps({"delivery": mark})
    return _json([{"time": 1796000000, "MessageID": 19421777835146490, "email": ADDRESS, "Payload": payload, **facts}])


def brevo(event, mark):
    kind = {"delivered": "delivered", "deferred": "deferred", "bounced": "hard_bounce", "complained": "spam"}[event]
    custom = json.dumps({"delivery": mark})
    facts = {"event": kind, "email": ADDRESS, "message-id": "<brevo-1@smtp-relay.mailin.fr>", "X-Mailin-custom": custom}
    if event == "bounced":
        facts["reason"] = WORDS
    return _json({**facts, "ts_epoch": int(datetime(2026, 11, 29, tzinfo=UTC).timestamp() * 1000)})


def _json(body):
    return json.dumps(body), {"content_type": "application/json"}
