// The service worker behind the notifications: a press on one leads to the page that showed it. It hears no request and
// keeps no page.

const scope = /** @type {any} */ (globalThis);

scope.addEventListener("install", () => scope.skipWaiting());

scope.addEventListener("notificationclick", (/** @type {any} */ event) => {
  event.notification.close();
  event.waitUntil(lead(event.notification.data?.url));
});

/** @param {string} url */
async function lead(url) {
  const pages = await scope.clients.matchAll({ type: "window", includeUncontrolled: true });
  const page = pages.find((/** @type {any} */ each) => each.url === url);
  // It may have gone on meanwhile, or be closed.
  return page ? page.focus() : scope.clients.openWindow(url);
}
