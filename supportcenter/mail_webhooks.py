"""Anymail's views for what providers tell, with what a running site needs besides: a bound, and Amazon's first call."""

import logging
import re
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from anymail.webhooks.base import AnymailCoreWebhookView

logger = logging.getLogger(__name__)
# Events in one call. Each costs a look into the database: the rest of a full mebibyte would keep a thread for long.
MOST_EVENTS = 4000
# Whose second and third part after the service say which host is asked.
TOPIC = re.compile(r"arn:aws[a-z-]*:sns:[a-z]+(?:-[a-z]+)+-\d+:\d{12}:[\w.-]+")


class TooManyEventsError(Exception):
    """More in one call than any provider sends."""


class NotConfirmedError(Exception):
    """Amazon did not let the site confirm that the topic may come; the log says why."""


@cache
def webhook_view(kind: str) -> "type[AnymailCoreWebhookView] | None":
    """The view of anymail's address of that name, bounded. None if there is no such address."""
    # With these come the libraries of all providers, which a site without one does without.
    from anymail.urls import urlpatterns
    from anymail.webhooks.amazon_ses import AmazonSESTrackingWebhookView

    found = next((each.callback.view_class for each in urlpatterns if str(each.pattern) == kind), None)
    if found is None:
        return None
    mixins = (Bounded, ConfirmsTopics) if issubclass(found, AmazonSESTrackingWebhookView) else (Bounded,)
    return type(f"Bounded{found.__name__}", (*mixins, found), {})


class Bounded:
    def parse_events(self, request: Any) -> Any:
        events = super().parse_events(request)  # type: ignore[misc]
        if len(events) > MOST_EVENTS:
            raise TooManyEventsError
        return events


class ConfirmsTopics:
    """A topic of Amazon SNS asks first. Anymail answers by Amazon's interface, if the call has the secret.

    Never by the address in the call. The name of the topic decides which of Amazon's hosts that is.
    """

    def auto_confirm_sns_subscription(self, sns_message: Any) -> None:
        # It needs an optional package, which is there if this is the site's provider.
        from anymail.backends.amazon_ses import BOTO_BASE_ERRORS

        topic = sns_message["TopicArn"]
        if not TOPIC.fullmatch(topic):
            raise ValueError(f"{topic!r} is no name of a topic")
        try:
            super().auto_confirm_sns_subscription(sns_message)  # type: ignore[misc]
        except BOTO_BASE_ERRORS as error:
            advice = "Allow the site's key sns:ConfirmSubscription, then request the confirmation in Amazon's console"
            logger.error("Topic %s is not confirmed: %s. %s", topic, error, advice)  # noqa: TRY400 - no fault of ours
            raise NotConfirmedError from error
