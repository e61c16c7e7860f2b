// Notifications of the browser. On Android the constructor throws: there they come from a service worker, which must
// not control any page of ours. Whatever the browser says, the page goes on.
import { Emitter } from "../core/emitter.js";

/**
 * pressed: on a notification that this page has shown; where it leads.
 * @typedef {{pressed: string}} NotifierEvents
 * @typedef {{url?: string, isBeside?: boolean, isSilent?: boolean, isAgain?: boolean}} Manner isBeside: a press opens
 *   the address beside the page that showed it. isAgain: in the place of one that has just come, without another word
 */

// As the browser may know the page; the address changes with what it shows.
const CAME_BY = globalThis.location?.href ?? "";

/** @extends {Emitter<NotifierEvents>} */
export class Notifier extends Emitter {
  #worker;
  /** @type {Promise<ServiceWorkerRegistration | null> | undefined} */
  #registration;
  /** @type {Set<string>} */
  #shown = new Set();
  /** @type {Set<Notification>} */
  #constructed = new Set();

  /** @param {string} worker its address; its own folder is its scope, and no page is in it */
  constructor(worker) {
    super();
    this.#worker = worker;
  }

  get permission() {
    return "Notification" in globalThis ? Notification.permission : "missing";
  }

  get canAsk() {
    return this.permission === "default";
  }

  get isAllowed() {
    return this.permission === "granted";
  }

  /** In a press. */
  async ask() {
    await Notification.requestPermission().catch(() => {});
  }

  /** Its worker's; null where there is none. */
  registration() {
    return (this.#registration ??= this.#register());
  }

  /**
   * @param {string} title @param {string} tag a later one with the same tag replaces it
   * @param {Manner} [manner]
   */
  async show(title, tag, { url = location.href, isBeside = false, isSilent, isAgain } = {}) {
    const address = new URL(url, location.href).href;
    const registration = await this.registration();
    this.#shown.add(tag);
    const options = { tag, silent: isSilent ?? null, renotify: !isAgain };
    try {
      if (registration) {
        const data = { url: address, pages: isBeside ? [address] : [location.href, CAME_BY] };
        await registration.showNotification(title, { ...options, data });
      } else this.#construct(title, options, address, isBeside);
    } catch (error) {
      // A tone and a sentence on the page say the same.
      console.warn("notification", error.name);
    }
  }

  /** Who looks at the page needs none of those that it has shown, or that were pushed while it slept. */
  async clear() {
    const tags = new Set(this.#shown);
    this.#shown.clear();
    this.#constructed.forEach((each) => each.close());
    this.#constructed.clear();
    const registration = await this.#registration;
    const shown = (await registration?.getNotifications().catch(() => [])) ?? [];
    shown.filter(({ tag, data }) => tags.has(tag) || data?.isPushed).forEach((each) => each.close());
  }

  /** From now on: as soon as the page is looked at again. */
  clearOnReturn() {
    const look = () => document.hidden || this.clear();
    document.addEventListener("visibilitychange", look);
    addEventListener("focus", look);
  }

  /** @param {string} title @param {NotificationOptions} options @param {string} url @param {boolean} isBeside */
  #construct(title, options, url, isBeside) {
    const notification = new Notification(title, options);
    this.#constructed.add(notification);
    notification.onclick = () => {
      if (isBeside) return open(url, "_blank", "noopener");
      focus();
      this.emit("pressed", url);
    };
  }

  async #register() {
    try {
      const workers = navigator.serviceWorker;
      const registration = await workers.register(this.#worker);
      workers.addEventListener?.("message", ({ data }) => data?.pressed && this.emit("pressed", data.pressed));
      return (registration.active ?? (await activated(registration))) ? registration : null;
    } catch {
      // Private windows and pages without TLS have no service workers.
      return null;
    }
  }
}

/**
 * Whether its worker gets going. `navigator.serviceWorker.ready` would wait for one whose scope has this page.
 * @param {ServiceWorkerRegistration} registration
 */
function activated(registration) {
  const worker = registration.installing ?? registration.waiting;
  if (!worker) return Promise.resolve(false);
  return new Promise((resolve) => {
    const look = () => ["activated", "redundant"].includes(worker.state) && resolve(worker.state === "activated");
    worker.addEventListener("statechange", look);
    look();
  });
}
