// The service worker behind the notifications: a press on one leads to the page that showed it. It hears no request and
// keeps no page.

/**
 * What is used here of a service worker's global scope, which the types of pages do not have.
 * @typedef {{url: string, focus: () => Promise<unknown>}} Page
 * @typedef {Event & {notification: Notification, waitUntil: (work: Promise<unknown>) => void}} Press
 * @typedef {{skipWaiting: () => void, addEventListener: (type: string, hear: (event: Press) => void) => void,
 *   clients: {matchAll: (which: object) => Promise<Page[]>, openWindow: (url: string) => Promise<unknown>}}} Scope
 */
const scope = /** @type {Scope} */ (/** @type {unknown} */ (globalThis));

scope.addEventListener("install", () => scope.skipWaiting());

scope.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(lead(event.notification.data?.url));
});

/** @param {string} url */
async function lead(url) {
  const pages = await scope.clients.matchAll({ type: "window", includeUncontrolled: true });
  const page = pages.find((each) => each.url === url);
  // It may have gone on meanwhile, or be closed.
  return page ? page.focus() : scope.clients.openWindow(url);
}
