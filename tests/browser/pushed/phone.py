"""A browser that takes what is pushed. Its push service is the test's; all else is Chromium's own.

The browser of a test reaches no push service, so it gets its address there from the test, and what the site sends there
is handed to its service worker, as that push service would: by the browser's own debugging protocol, decrypted.
"""

import json
from itertools import count

from tests.push_service import Device

SUBSCRIBES = """(() => {
  const { endpoint, p256dh, auth } = %s;
  const subscription = {
    endpoint,
    options: {},
    toJSON: () => ({ endpoint, keys: { p256dh, auth } }),
    unsubscribe: async () => { mine = null; return true; },
  };
  let mine = null;
  // A page without an address has none.
  const manager = globalThis.PushManager?.prototype ?? {};
  manager.getSubscription = async () => mine;
  manager.subscribe = async (options) => {
    window.subscribedWith = options;
    return (mine = subscription);
  };
})()"""
SHOWN = """async () => {
  const shown = await self.registration.getNotifications();
  return shown.map(({ title, tag, lang, dir, silent, renotify }) => ({ title, tag, lang, dir, silent, renotify }));
}"""
# A press of nobody's: the browser opens no window after it, so that the address is kept in its place.
PRESS = """async (tag) => {
  const [notification] = await self.registration.getNotifications({ tag });
  self.opened = null;
  self.clients.openWindow = async (url) => { self.opened = url; };
  self.dispatchEvent(new NotificationEvent("notificationclick", { notification }));
}"""
numbers = count()


class Phone:
    def __init__(self, csr, service):
        self.csr = csr
        self.device = Device(service, f"phone{next(numbers)}")
        self.seen = 0
        csr.context.grant_permissions(["notifications"], origin=csr.site.url)
        csr.context.add_init_script(SUBSCRIBES % json.dumps(self.device.fields))

    def open(self, path="/"):
        """A page of the site; at the first one the browser subscribes."""
        page = self.csr.context.new_page()
        with page.expect_response(lambda answer: self._is_told(answer)):
            page.goto(self.csr.site.url + path)
        return page

    def close(self, page):
        """No page of the site is open there any more."""
        blank = self.csr.context.new_page()
        page.close()
        return blank

    @property
    def worker(self):
        [worker] = self.csr.context.service_workers
        return worker

    def deliver(self, until):
        """Wait until the site has sent something more, and hand it over to the service worker; what it was."""
        assert until(lambda: len(self.device.got) > self.seen)
        news = self.device.got[self.seen]
        self.seen += 1
        self.hand_over(news)
        return news

    def hand_over(self, news):
        page = self.csr.context.pages[-1]
        session = self.csr.context.new_cdp_session(page)
        registrations = {}

        def learn(told):
            registrations.update({each["registrationId"]: each for each in told["registrations"]})

        session.on("ServiceWorker.workerRegistrationUpdated", learn)
        session.send("ServiceWorker.enable")
        page.wait_for_function("() => true")
        [key] = [key for key, each in registrations.items() if not each["isDeleted"]]
        delivered = {"origin": self.csr.site.url, "registrationId": key, "data": json.dumps(news)}
        session.send("ServiceWorker.deliverPushMessage", delivered)
        session.detach()

    @property
    def shown(self):
        return self.worker.evaluate(SHOWN)

    def press(self, tag, until):
        """Press it; the address of the page that is opened."""
        self.worker.evaluate(PRESS, tag)
        assert until(lambda: self.worker.evaluate("() => self.opened"))
        return self.worker.evaluate("() => self.opened")

    def _is_told(self, answer):
        return answer.url.endswith("/notifications/push/") and answer.request.method == "POST"
