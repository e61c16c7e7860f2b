// The service worker behind the notifications: a press on one leads to the page that showed it, or to another one
// beside it; and what is pushed is shown, unless a page of the site on this device tells it already (E65). It hears no
// request and keeps no page.

/**
 * What is used here of a service worker's global scope, which the types of pages do not have.
 * @typedef {{url: string, visibilityState: string, focus: () => Promise<unknown>,
 *   postMessage: (message: object, transfer?: Transferable[]) => void}} Page
 * @typedef {Event & {waitUntil: (work: Promise<unknown>) => void}} Work
 * @typedef {Work & {notification: Notification}} Press
 * @typedef {Work & {data: {json: () => News} | null}} Push
 * @typedef {Work & {newSubscription?: PushSubscription | null}} Change
 * @typedef {{title: string, tag: string, url: string, lang: string, dir: NotificationDirection, silent: boolean,
 *   always: boolean}} News url: within the site. always: a test, which is for seeing it
 * @typedef {{skipWaiting: () => void, addEventListener: <E>(type: string, hear: (event: E) => void) => void,
 *   registration: ServiceWorkerRegistration,
 *   clients: {matchAll: (which: object) => Promise<Page[]>, openWindow: (url: string) => Promise<unknown>}}} Scope
 */
const scope = /** @type {Scope} */ (/** @type {unknown} */ (globalThis));

// Milliseconds for a page to say that it hears what happens. One that sleeps says nothing.
const PATIENCE = 500;
// Safari takes the permission away from who shows nothing, also where a page is in sight.
const ALWAYS_SHOWS = /AppleWebKit/.test(navigator.userAgent) && !/Chrom/.test(navigator.userAgent);

scope.addEventListener("install", () => scope.skipWaiting());

scope.addEventListener("notificationclick", (/** @type {Press} */ event) => {
  event.notification.close();
  event.waitUntil(lead(event.notification.data ?? {}));
});

scope.addEventListener("push", (/** @type {Push} */ event) => {
  const news = event.data?.json();
  if (news) event.waitUntil(tell(news));
});

scope.addEventListener("pushsubscriptionchange", (/** @type {Change} */ event) => {
  event.waitUntil(renew(event.newSubscription));
});

/**
 * @param {{url: string, pages?: string[]}} data where it leads, and the addresses by which the page that is meant may
 *   be known
 */
async function lead({ url, pages: names = [url] }) {
  const page = (await pages()).find((each) => names.includes(each.url));
  // It may have gone on meanwhile, or be closed.
  if (!page) return scope.clients.openWindow(url);
  // The page may have several sessions, and shows the one that is meant.
  page.postMessage({ pressed: url });
  return page.focus();
}

/**
 * A page in sight tells it by itself. One that hears of it out of sight has its notification, of the same tag, and its
 * tone: browsers want one to be shown for each push, so this one takes its place without another sound.
 * @param {News} news
 */
async function tell({ title, tag, url, lang, dir, silent, always }) {
  const hearing = always ? [] : await listeners();
  const isInSight = hearing.some((each) => each.visibilityState === "visible");
  if (isInSight && !ALWAYS_SHOWS) return;
  const isTold = hearing.length > 0 || (await scope.registration.getNotifications({ tag })).length > 0;
  const address = new URL(url, location.origin).href;
  const data = { url: address, pages: [address], isPushed: true };
  // `renotify` is not in the types of pages.
  const options = { tag, lang, dir, data, silent: silent || isTold || null, renotify: !isTold };
  await scope.registration.showNotification(title, options);
  if (isInSight) (await scope.registration.getNotifications({ tag })).forEach((each) => each.close());
}

/** The pages that are awake and hear what happens. */
async function listeners() {
  const asked = await Promise.all((await pages()).map(async (page) => ((await hears(page)) ? [page] : [])));
  return asked.flat();
}

/** @param {Page} page @returns {Promise<boolean>} */
function hears(page) {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data === true);
    setTimeout(resolve, PATIENCE, false);
    page.postMessage({ asks: "hears" }, [port2]);
  });
}

/** The browser has exchanged its subscription, or dropped it. @param {PushSubscription | null} [made] */
async function renew(made) {
  const push = new URL(location.href).searchParams.get("push") ?? "";
  const headers = { Accept: "application/json", "X-Requested-With": "fetch" };
  const known = await fetch(push, { headers });
  // Who has signed out meanwhile subscribes on the next page.
  if (!known.ok || known.redirected) return;
  const { key, token } = await known.json();
  const options = { userVisibleOnly: true, applicationServerKey: key };
  const { endpoint = "", keys } = (made ?? (await scope.registration.pushManager.subscribe(options))).toJSON();
  const body = new URLSearchParams({ endpoint, ...keys, renews: "yes" });
  await fetch(push, { method: "POST", body, headers: { ...headers, "X-CSRFToken": token } });
}

function pages() {
  return scope.clients.matchAll({ type: "window", includeUncontrolled: true });
}
