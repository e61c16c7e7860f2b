// The service worker behind the notifications: a press on one leads to the page that showed it, or to another one
// beside it. It hears no request and keeps no page.

/**
 * What is used here of a service worker's global scope, which the types of pages do not have.
 * @typedef {{url: string, focus: () => Promise<unknown>, postMessage: (message: object) => void}} Page
 * @typedef {Event & {notification: Notification, waitUntil: (work: Promise<unknown>) => void}} Press
 * @typedef {{skipWaiting: () => void, addEventListener: (type: string, hear: (event: Press) => void) => void,
 *   clients: {matchAll: (which: object) => Promise<Page[]>, openWindow: (url: string) => Promise<unknown>}}} Scope
 */
const scope = /** @type {Scope} */ (/** @type {unknown} */ (globalThis));

scope.addEventListener("install", () => scope.skipWaiting());

scope.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(lead(event.notification.data ?? {}));
});

/**
 * @param {{url: string, pages?: string[]}} data where it leads, and the addresses by which the page that is meant may
 *   be known
 */
async function lead({ url, pages: names = [url] }) {
  const pages = await scope.clients.matchAll({ type: "window", includeUncontrolled: true });
  const page = pages.find((each) => names.includes(each.url));
  // It may have gone on meanwhile, or be closed.
  if (!page) return scope.clients.openWindow(url);
  // The page may have several sessions, and shows the one that is meant.
  page.postMessage({ pressed: url });
  return page.focus();
}
